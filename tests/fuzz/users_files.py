"""A folder as a user may have it: pictures with odd names, links, and files where results would like to go."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import random
from pathlib import Path

import resources

# Names a file can have; bytes that are no Unicode among them.
NAMES = (
    *("P1.png", "p1.png", "P1.jpg", "P1.PNG", "P1-2.png", "scan.v2.png", "=1+1.png", "+a.png", "@b.png", "-c.png"),
    *("a b.png", "ä😀.png", "ä.png", "new\nline.png", "tab\t.png", "..png", "$x^{.png", "'q'.png", "esc\x1b[2J.png"),
    *("bad\udcff.png", "x" * 251 + ".png", "x" * 200 + ".png", "masks.png", "%s.png", "con.png", "back\\slash.png"),
)
# What results are called, and what a user has by that name.
WANTED = (
    *("P1.png", "P1.json", "P1.npz", "P1.pdf", "P1.svg", "P1.tiff", "labels.csv", "summary.csv", "results.csv"),
    *("evaluation.json", "audit.json", "copies.png", "across-splits.png", "uncertainty.csv", "coverage.csv"),
    *("coverage.png", "report.html", "settings.json", "x.csv", "images.partial.csv", "P1-2.json"),
)
_CONTENTS = (
    b"",
    b"path,label\na.png,glioma\n",
    b'{"shapes": [], "heatlens": "mentioned"}',
    b"%PDF-1.4 not ours",
    b"PK\x03\x04 not ours",
    b"II*\0\x08\0\0\0",
    b"{",
    b"<?xml version='1.0'?><svg/>",
    b"method,layer,metric\n1,2,3\n",
)


@functools.cache
def picture() -> bytes:
    """A picture of the demo."""
    return (resources.path("demo") / "P0132.png").read_bytes()


def fill(random: random.Random, folder: Path) -> list[Path]:
    """Pictures and other files of a user's below a folder; the pictures come back."""
    places = [folder, folder / "sub", folder / "sub" / "deeper"]
    places[-1].mkdir(parents=True, exist_ok=True)
    pictures = []
    for name in random.sample(NAMES, random.randint(1, 4)):
        path = random.choice(places) / name
        path.write_bytes(picture() if random.random() < 0.85 else random.choice(_CONTENTS))
        pictures.append(path)
    for name in random.sample(WANTED, random.randint(2, 12)):
        path = random.choice([folder, *places]) / name
        if os.path.lexists(path):
            continue
        match random.random():
            case share if share < 0.1:
                path.mkdir()
            case share if share < 0.2:
                path.symlink_to(random.choice([*pictures, folder / "nothing"]))
            case _:
                path.write_bytes(picture() if path.suffix == ".png" else random.choice(_CONTENTS))
    return pictures


def put_in_the_way(random: random.Random, user: Path, out: Path, pictures: list[Path]) -> None:
    """Files of the user's by names that results for these pictures would have, in both folders."""
    for picture in pictures:
        for base in (out / picture.relative_to(user), out / picture.name, picture):
            path = base.with_name(f"{picture.stem}.{random.choice(['png', 'json', 'npz', 'pdf', 'svg', 'tiff'])}")
            if random.random() < 0.3 and len(path.name) < 200 and not os.path.lexists(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(random.choice(_CONTENTS))


def link_folders(random: random.Random, user: Path, out: Path, elsewhere: Path) -> None:
    """Sometimes a link that leads out of the results, round in circles, or from one folder to another."""
    elsewhere.mkdir(exist_ok=True)
    (elsewhere / "P1.png").write_bytes(picture())
    links = {
        out / "sub": elsewhere,
        user / "circle": user,
        user / "there": elsewhere,
        user / "loop.png": user / "loop.png",
    }
    for link, target in random.sample(list(links.items()), random.randint(0, 2)):
        if link.parent.is_dir() and not os.path.lexists(link):
            link.symlink_to(target)


def phantoms(folder: Path) -> Path:
    """A small data set in class folders, with masks in a table."""
    from tfcore.data.phantom import write

    write(folder, n=4, size=32)
    return folder


def state(folder: Path) -> dict[str, str]:
    """Everything below a folder: what each file holds and where each link leads."""
    found = {}
    for here, folders, files in os.walk(folder):
        for path in (Path(here, name) for name in (*folders, *files)):
            if path.is_symlink():
                found[str(path)] = f"link to {path.readlink()}"
            elif path.is_file():
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def valid(text: str) -> None:
    """Fail unless the text is a JSON document, or one a line."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError:
        for line in text.splitlines():
            json.loads(line, parse_constant=refuse)
