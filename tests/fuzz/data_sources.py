"""Data sets as they lie about: what each writes is true of its pictures, or must be left out."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from tests.fuzz.data_parts import (
    CLASSES,
    PATIENTS,
    SIDE,
    Made,
    as_json,
    damaged,
    odd_file,
    pixels,
    respelt,
    saved,
    wild,
)
from tests.fuzz.data_stacks import videos, volumes

__all__ = ["coco", "folders", "table", "videos", "volumes"]


def folders(draw: random.Random, root: Path) -> Made:
    """Class, split or patient folders, with links, loops and strange files between them."""
    splits = draw.choice([("",), ("",), ("train", "Test"), ("train", "val", "test")])
    nested = draw.random() < 0.5
    serial, pictures = 0, []
    for part in splits:
        for label, name in enumerate(CLASSES):
            shown = respelt(draw, name).strip() if draw.random() < 0.2 else name
            for patient, person in enumerate(PATIENTS[: draw.randrange(1, 4)]):
                for _ in range(draw.randrange(1, 3)):
                    serial += 1
                    ending = draw.choice([".png", ".PNG", ".jpg"])
                    file = draw.choice(
                        [f"{serial}{ending}", f"scan{part}{ending}", f"é{serial}.png", f"a\n{serial}.png"]
                    )
                    path = root / part / shown / (person if nested else "") / file
                    if not path.exists():
                        pictures.append(saved(path, pixels(label, patient, serial)))
    for _ in range(draw.randrange(4)):
        odd_file(draw, draw.choice([root, *(picture.parent for picture in pictures)]))
    for _ in range(draw.randrange(3)):
        # Into another class, another patient or the whole: a link says nothing about what it leads to.
        target = draw.choice([draw.choice(pictures), draw.choice(pictures).parent, root])
        link = draw.choice(pictures).parent / f"link{draw.randrange(99)}{target.suffix}"
        if not link.exists() and not link.is_symlink():
            link.symlink_to(target)
    return Made(root, {} if draw.random() < 0.8 or "train" in splits else {"kind": draw.choice(KINDS)})


KINDS = ("class folders", "patient folders", "pictures", "table", "coco", "videos", "brats", "split folders", "tablet")


def table(draw: random.Random, root: Path) -> Made:
    """A table with columns and rows as bad as they come; what it says of a picture is true, or said twice."""
    separator = draw.choice([",", ",", ";", "\t", "|"])
    rows: list[list[str]] = []
    torn: set[Path] = set()
    named: set[Path] = set()
    bare = draw.random() < 0.3
    below = draw.random() < 0.3
    for serial in range(draw.randrange(2, 14)):
        label, patient = draw.randrange(len(CLASSES)), draw.randrange(len(PATIENTS))
        # What lies beside the table is named exactly by a name alone, so there it must be what is meant.
        place = draw.choice(
            [PATIENTS[patient], CLASSES[label], PATIENTS[patient] * bare, f"{CLASSES[label]}/{PATIENTS[patient]}"]
        )
        file = draw.choice(["scan.png", f"{serial}.png", f"{serial}.PNG", f"é{serial}.png"])
        path = root / place / file
        if path in named:
            continue
        # What is missing stays so: no later row puts another picture there.
        named.add(path)
        said = [CLASSES[label], PATIENTS[patient], draw.choice(["train", "Testing", "dev", ""])]
        if draw.random() < 0.75:
            saved(path, pixels(label, patient, serial))
        if draw.random() < 0.2:
            said = [respelt(draw, text) for text in said[:2]] + said[2:]
        name = file if bare else f"{place}/{file}" if place else file
        name = draw.choice([name, name, name, _other(draw, name)])
        rows.append([name, *said])
        if draw.random() < 0.1 and path.exists():
            rows.append([name, CLASSES[(label + 1) % len(CLASSES)], *said[1:]])
            # In folders of classes, a name alone may mean two files.
            torn |= set() if bare else {path}
        elif draw.random() < 0.1:
            rows.append([name, *said])
    header = ["path", "label", "patient", "split"]
    if draw.random() < 0.2:
        extra = draw.choice(["Label", "label ", "path", "other", "", "patient"])
        header.append(extra)
        column = {"label": 1, "path": 0, "patient": 2}.get(extra.strip().lower())
        for row in rows:
            row.append(row[column] if column is not None and draw.random() < 0.8 else "")
    if draw.random() < 0.2:
        order = draw.sample(range(len(header)), len(header))
        header, rows = [header[at] for at in order], [[row[at] for at in order] for row in rows]
    lines = [header, *rows]
    if draw.random() < 0.15:
        lines.insert(draw.randrange(1, len(lines) + 1), draw.choice(_ODD_ROWS))
    text = draw.choice(["\n", "\r\n"]).join(separator.join(_quoted(cell, separator) for cell in row) for row in lines)
    data = text.encode(draw.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]), "replace")
    loose = draw.random() < 0.25
    path = root / ("lists/labels.csv" if below else draw.choice(["labels.csv", "labels.tsv", "L.CSV"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(damaged(draw, data) if loose else data)
    options: dict[str, Any] = {"root": root} if below else {}
    if draw.random() < 0.1:
        options |= draw.choice([{"label": "label"}, {"label": "nothing"}, {"mask": "split"}, {"least": 0.5}])
    return Made(
        draw.choice([path, path, root]) if not options and not below else path, options, torn, loose, listed=True
    )


_ODD_ROWS = [
    ["a\0b.png", "glioma", "P1", ""],
    ["x" * 5000 + ".png", "glioma", "P1", ""],
    ["d/" * 3000 + "x.png", "glioma", "P1", ""],
    ["/nowhere/at/all/P1.png", "glioma", "P1", ""],
    ["../../../../nowhere/P1.png", "glioma", "P1", ""],
    ["only one cell"],
    ["", "glioma", "P1", ""],
    ["y" * 200_000, "glioma", "P1", ""],
    ["a\nb.png", "gli\noma", "P1", ""],
    ["nan", "nan", "nan", "nan"],
    [".", "glioma", "P1", ""],
    ["~root/x.png", "glioma", "P1", "holdout"],
]


def _other(draw: random.Random, name: str) -> str:
    return draw.choice(
        [
            respelt(draw, name),
            name.replace("/", "\\"),
            f"./{name}",
            name.removesuffix(".png"),
            f"elsewhere/{name}",
            f"{PATIENTS[0]}/../{name}",
        ]
    )


def _quoted(cell: str, separator: str) -> str:
    return f'"{cell}"' if separator in cell or "\n" in cell else cell


def coco(draw: random.Random, root: Path) -> Made:
    """A COCO file in which values were changed here and there."""
    images, notes = [], []
    flat = draw.random() < 0.3
    for serial in range(draw.randrange(1, 8)):
        label, patient = draw.randrange(len(CLASSES)), draw.randrange(len(PATIENTS))
        name = draw.choice(["scan.png", f"{serial}.png"])
        path = root / PATIENTS[patient] / name
        if draw.random() < 0.8 and not path.exists():
            saved(path, pixels(label, patient, serial))
        elif path.exists():
            continue
        images.append({"id": serial, "file_name": name if flat else f"{PATIENTS[patient]}/{name}"})
        outline = draw.choice(
            [
                [[2, 2, 12, 2, 12, 12, 2, 12]],
                {"size": [SIDE, SIDE], "counts": [30, 5, SIDE * SIDE - 35]},
                [],
                None,
                [[2, 2, 12, 2, 12, 12], [1e5, -1e5, 3, 3, 9, 9]],
            ]
        )
        if draw.random() < 0.8:
            note = {"id": serial, "image_id": serial, "category_id": label, "segmentation": outline}
            notes.append(note | {"bbox": [1, 1, 12, 12]})
    stored: dict[str, Any] = {
        "categories": [{"id": place, "name": name} for place, name in enumerate(CLASSES)],
        "images": images,
        "annotations": notes,
    }
    loose = False
    for _ in range(draw.choice([0, 1, 1, 2, 4])):
        loose |= _changed(draw, stored)
    data = as_json(stored).encode()
    if draw.random() < 0.1:
        loose, data = True, damaged(draw, data)
    path = root / "annotations.json"
    path.write_bytes(data)
    return Made(draw.choice([path, root]), loose=loose, listed=True)


def _changed(draw: random.Random, stored: dict[str, Any]) -> bool:
    """Put something wild somewhere; whether the file may now say what is not true."""
    part = draw.choice(list(stored))
    if draw.random() < 0.05:
        stored[part] = wild(draw)
        return True
    if not isinstance(stored[part], list) or not stored[part]:
        return False
    at = draw.randrange(len(stored[part]))
    entry = stored[part][at]
    if not isinstance(entry, dict) or draw.random() < 0.1:
        stored[part][at] = wild(draw)
        return False
    if draw.random() < 0.15:
        stored[part].append(dict(entry))
        return False
    key = draw.choice(list(entry))
    inner = entry[key]
    if isinstance(inner, list) and inner and draw.random() < 0.5:
        inner[draw.randrange(len(inner))] = wild(draw)
    elif isinstance(inner, dict) and inner and draw.random() < 0.7:
        inner[draw.choice(list(inner))] = draw.choice([wild(draw), [1.5, 2.5], "abc", "0" * 40, [SIDE * SIDE]])
    else:
        entry[key] = draw.choice([wild(draw), [1, 2, 3], [1, 2, 3, 4, 5], ["1", "2", "3", "4"], [0, 0, -5, -5]])
    # Another id is another statement: what it says need not be true of the picture any more.
    return key in ("id", "image_id", "category_id", "name", "file_name")
