"""Command lines: every command with drawn arguments, run among the files of a user.

Whatever is asked: the user's files stay as they are, nothing is written outside of what was named for it, the exit
code is one of those promised, and words come as lines that begin with the program's name.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.case import Case
from tests.fuzz.users_files import fill, link_folders, phantoms, put_in_the_way, state, valid
from tfcore import cli
from tfcore.pictures import find
from tfcore.registry import catalogue

ABSURD = (
    *("-1", "0", "nan", "inf", "-inf", "1e400", "100000000000000000000", "10^20", "", " ", "0x10", "½", "١", "True"),
    *("None", "[1]", "-0.0", "1e-400", "a" * 300, "\udcff", "=1+1", "1;2", "../..", "9" * 5000),
)
_QUICK = ("grad-cam", "gradient", "grad-cam++", "gradient-x-input", "lrp-epsilon", "hires-cam", "layer-cam")


def case(random: random.Random, folder: Path) -> Case:
    """A command line and the files it is run among."""
    user, out = folder / "user", folder / "out"
    user.mkdir(parents=True, exist_ok=True)
    pictures = fill(random, user)
    if random.random() < 0.5:
        out.mkdir()
        fill(random, out)
        put_in_the_way(random, user, out, pictures)
    link_folders(random, user, out, folder / "elsewhere")
    command = random.choices(list(_COMMANDS), [weight for weight, _ in _COMMANDS.values()])[0]
    arguments, writes = _COMMANDS[command][1](random, folder, user, out, pictures)
    arguments = [command, *arguments]
    return Case(" ".join(map(repr, arguments)), lambda: _checked(arguments, folder, writes))


def _checked(arguments: list[str], folder: Path, writes: Path | None) -> None:
    before = state(folder)
    stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="strict", write_through=True)
    stderr = io.StringIO()
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        code = cli.main(arguments, lambda _: 0)
    said = stderr.getvalue()
    printed = stdout.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    assert code in (cli.DONE, cli.WRONG, cli.CANCELLED), f"exit code {code}: {said}"
    assert "Traceback" not in said, said
    if code == cli.WRONG:
        assert said.strip(), "a refusal says why"
        lines = said.splitlines()
        told = [line for line in lines if not line.startswith("heatlens: ")]
        assert not told, f"lines of no one: {told}"
        assert len(lines) == 1 or arguments[0] in _OF_PICTURES, said
    if "--json" in arguments and printed:
        valid(printed)
    _check_files(arguments, before, state(folder), writes)


def _check_files(arguments: list[str], before: dict[str, str], after: dict[str, str], writes: Path | None) -> None:
    lost = [path for path in before if path not in after or before[path] != after[path]]
    if "--overwrite" in arguments and writes is not None:
        # What may be replaced then are files in the folder for results, never the pictures that were read.
        named = [argument for argument in arguments[1:] if os.sep in argument and argument != str(writes)]
        read = {os.path.realpath(path) for path in find(named)} - {os.path.realpath(writes)}
        lost = [path for path in lost if not _inside(path, writes) or path in read]
    assert not lost, f"changed: {lost}"
    added = [path for path in after if path not in before]
    astray = [path for path in added if writes is None or not _inside(path, writes)]
    assert not astray, f"written elsewhere: {astray}"
    assert not [path for path in added if ".heatlens-" in path], "a temporary file was left"


def _inside(path: str, place: Path) -> bool:
    return Path(os.path.realpath(Path(path).parent), Path(path).name).is_relative_to(os.path.realpath(place))


# --- what is drawn ---

Drawn = tuple[list[str], Path | None]


def _maybe(random: random.Random, share: float, *arguments: str) -> list[str]:
    return list(arguments) if random.random() < share else []


def _flag(random: random.Random, name: str, *sensible: str) -> list[str]:
    """A flag with a value, mostly a sensible one; as two words or as one."""
    value = random.choice(sensible) if sensible and random.random() < 0.7 else random.choice(ABSURD)
    return [f"{name}={value}"] if random.random() < 0.5 else [name, value]


def _named(random: random.Random, user: Path, pictures: list[Path]) -> list[str]:
    """Pictures and folders as they may be given: also twice, by a way round, and missing."""
    one = random.choice(pictures)
    ways = [
        str(user),
        str(one),
        f"{one.parent}/../{one.parent.name}/{one.name}",
        f"{user}/sub/..",
        f"{user}/nothing.png",
    ]
    return random.sample(ways, random.randint(1, 2))


def _out(random: random.Random, user: Path, out: Path) -> Path:
    """Where results shall go: a folder of its own, the user's, one beside, or no folder at all."""
    return random.choices([out, user, out / "a" / "b", user / "sub", user / "labels.csv"], [6, 3, 1, 2, 1])[0]


def _explain(random: random.Random, folder: Path, user: Path, out: Path, pictures: list[Path]) -> Drawn:
    place = _out(random, user, out)
    formats = ",".join(random.sample(["png", "npz", "pdf", "svg", "tiff"], random.choice([1, 1, 1, 2])))
    arguments = [*_named(random, user, pictures), "--model", "demo", "--out", str(place), "--format", formats]
    spec = random.choice(catalogue("method"))
    asked = spec.name if random.random() < 0.1 else random.choice(_QUICK)
    arguments += ["--method", asked, *_maybe(random, 0.3, "--json"), *_maybe(random, 0.2, "--overwrite")]
    if random.random() < 0.3:
        flags = [f"--{param.name.replace('_', '-')}" for param in spec.params if not param.in_code]
        arguments += _flag(
            random, random.choice(["--dpi", "--opacity", "--like", "--target", "--layer", "--low", *flags])
        )
    else:
        arguments += ["--dpi", "30"]
    return arguments, place


def _predict(random: random.Random, folder: Path, user: Path, out: Path, pictures: list[Path]) -> Drawn:
    arguments = [*_named(random, user, pictures), "--model", "demo", *_maybe(random, 0.4, "--json")]
    if random.random() < 0.3:
        return arguments, None
    place = random.choice([out / "x.csv", out / "new.csv", user / "labels.csv", *pictures, user, user / "P1.npz"])
    overwrite = [] if place in pictures else _maybe(random, 0.2, "--overwrite")
    return [*arguments, "--out", str(place), *overwrite], place


def _uncertainty(random: random.Random, folder: Path, user: Path, out: Path, pictures: list[Path]) -> Drawn:
    arguments = [*_named(random, user, pictures), "--model", "demo"]
    arguments += _flag(random, "--passes", "1", "2", "3") if random.random() < 0.5 else ["--passes", "2"]
    arguments += _flag(random, "--insert-dropout", "0.2", "0.5")
    arguments += _flag(random, "--seed", "0", "7") if random.random() < 0.3 else []
    arguments += _maybe(random, 0.2, "--labels", str(user / "labels.csv"))
    if random.random() < 0.4:
        return [*arguments, "--json"], None
    place = _out(random, user, out)
    return [*arguments, "--out", str(place), *_maybe(random, 0.2, "--overwrite")], place


def _evaluate(random: random.Random, folder: Path, user: Path, out: Path, pictures: list[Path]) -> Drawn:
    data = phantoms(folder / "phantoms")
    place = random.choice([out, user, data, user / "sub"])
    source = random.choices([data / "phantoms.csv", data, user, user / "labels.csv"], [6, 1, 1, 1])[0]
    arguments = [str(source), "--model", "demo", "--out", str(place), "--methods", random.choice(_QUICK)]
    arguments += ["--metrics", random.choice(["iou", "pointing-game", "average-drop", "iou,increase"])]
    arguments += _flag(random, "--limit", "1", "3", "99") if random.random() < 0.4 else []
    arguments += _flag(random, random.choice(["--seed", "--target", "--tolerance"])) if random.random() < 0.3 else []
    return [*arguments, *_maybe(random, 0.4, "--json"), *_maybe(random, 0.2, "--overwrite")], place


def _audit(random: random.Random, folder: Path, user: Path, out: Path, pictures: list[Path]) -> Drawn:
    data = phantoms(folder / "phantoms")
    arguments = [str(random.choice([data, user, data / "phantoms.csv", user / "labels.csv"]))]
    arguments += _flag(random, "--read", "label=label", "every=2", "least=0.5") if random.random() < 0.2 else []
    arguments += _maybe(random, 0.4, "--json")
    if random.random() < 0.3:
        return arguments, None
    place = _out(random, user, out)
    return [*arguments, "--out", str(place), *_maybe(random, 0.2, "--overwrite")], place


def _train(random: random.Random, folder: Path, user: Path, out: Path, pictures: list[Path]) -> Drawn:
    """Never one that would be trained: the folder is the user's, or a value is out of all bounds."""
    place = random.choice([user, user / "sub", out])
    flags = ("--lr", "--batch", "--dropout", "--size", "--patience", "--memory", "--seed", "--folds", "--epochs")
    absurd = random.choice(["-1", "nan", "100000000000000000000", "inf", "10^20", "", "½"])
    return [str(user), "--out", str(place), f"{random.choice(flags)}={absurd}", *_maybe(random, 0.2, "--json")], place


def _card(random: random.Random, folder: Path, user: Path, out: Path, pictures: list[Path]) -> Drawn:
    model = random.choice(["demo", str(random.choice(pictures)), str(user / "settings.json"), str(user), "zoo:none"])
    return [model, *_flag(random, "--classes", "a,b,c,d"), *_maybe(random, 0.5, "--json")], None


def _phantom(random: random.Random, folder: Path, user: Path, out: Path, pictures: list[Path]) -> Drawn:
    place = random.choice([user, folder / "new", user / "labels.csv", out])
    flag = _flag(random, random.choice(["--seed", "--size"]), "32", "40") if random.random() < 0.5 else ["--size", "32"]
    return [
        str(place),
        "--n",
        random.choice(["4", "5", "0", "-3", "nan"]),
        *flag,
        *_maybe(random, 0.4, "--json"),
    ], place


def _weights(random: random.Random, folder: Path, user: Path, out: Path, pictures: list[Path]) -> Drawn:
    action = random.choice(["list", "add", "check"])
    return [action, *_maybe(random, 0.7, str(random.choice([*pictures, user / "P1.npz", user])))], None


def _listing(random: random.Random, *_: object) -> Drawn:
    return [*_maybe(random, 0.5, "--json"), *_maybe(random, 0.2, random.choice(ABSURD))], None


# They name each picture that is left out before.
_OF_PICTURES = ("explain", "predict", "uncertainty", "evaluate", "audit")
_COMMANDS: dict[str, tuple[int, Callable[..., Drawn]]] = {
    "explain": (8, _explain),
    "predict": (4, _predict),
    "uncertainty": (4, _uncertainty),
    "evaluate": (4, _evaluate),
    "audit": (3, _audit),
    "train": (2, _train),
    "card": (2, _card),
    "phantom": (1, _phantom),
    "weights": (1, _weights),
    **dict.fromkeys(("methods", "metrics", "models", "recipes"), (1, _listing)),
}
