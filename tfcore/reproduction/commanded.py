"""The record beside tables, pages and arrays: the command that makes them, and the hashes of what it read.

A place is told from the folder of the record (``{here}``), so that all of it may move together; what the command writes
goes to ``{out}``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.figure import inside
from tfcore.figure.provenance import packages
from tfcore.files import sha256, write_whole, written_from
from tfcore.marks import PROGRAM, is_own, version
from tfcore.models.card import Card
from tfcore.pictures.address import file_of
from tfcore.plain import json_text
from tfcore.registry import Kind, find

# What a record is called beside other files; a table of its own has TABLE.json.
ENDING = ".recipe.json"
HERE, OUT = "{here}", "{out}"
# What comes before a place in an argument: --model=FILE, marker=FOLDER.
_BEFORE = re.compile(r"(?:--[\w-]+=)?(?:[\w ]+=)?")
# Of larger folders not every byte is read again to be hashed: names and sizes stand for the rest.
_MOST_HASHED = 2 * 2**30
# Flags that name what is written, besides --out.
_WRITTEN = {"--masks", "--figures"}
# Flags that make no other files: alone, and with something behind them.
_OF_THE_RUN = ("--json", "--overwrite", "--trust", "--ship", "--workers", "--cluster")
_ALONE = _OF_THE_RUN.index("--workers")


@dataclass(frozen=True)
class Commanded:
    """A command, the files it made, and what it read."""

    path: Path
    arguments: tuple[str, ...]
    files: tuple[str, ...]
    # From the folder of the record to where the command was given, where it names files from there.
    folder: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {
            PROGRAM: self.versions[PROGRAM],
            "packages": {name: said for name, said in self.versions.items() if name != PROGRAM},
            "command": self.arguments,
            **({"folder": self.folder} if self.folder else {}),
            "files": self.files,
            "read": self.hashes,
        }

    @classmethod
    def read(cls, path: Path) -> Commanded | None:
        """The record in this file; None where it is none, such as that of a figure."""
        try:
            found = json.loads(path.read_bytes() if path.suffix == ".json" else inside.taken_from(path))
            # A DICOM file holds no names, and has the one it has.
            command, files, read = found["command"], found.get("files", [path.name]), found["read"]
            texts = [*command, *files, found.get("folder", ""), *read, *read.values()]
            if not all(isinstance(text, str) for text in texts) or any(".." in Path(name).parts for name in files):
                return None
            versions = {PROGRAM: found[PROGRAM], **found["packages"]}
            return cls(path, tuple(command), tuple(files), found.get("folder", ""), read, versions)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    @classmethod
    def of(cls, made: Path) -> Commanded | None:
        """Of a file that a command made, of the folder with such files, or of the record itself."""
        if made.is_dir():
            beside = sorted(made.glob(f"*{ENDING}"))
            if len(beside) > 1:
                raise HeatlensError(f"{made} holds the records {', '.join(one.name for one in beside)}; name one.")
            return cls.read(beside[0]) if beside else None
        if made.suffix == ".json" and (found := cls.read(made)):
            return found
        # The record of a figure stands for the figure.
        alike = made.parent.iterdir() if made.suffix == ".json" and made.is_file() else ()
        wanted = {os.path.realpath(one) for one in (made, *alike) if one.stem == made.stem}
        beside, above = [made.with_suffix(".json"), made.with_suffix(ENDING)], made.parent.parent
        # Masks and figures of a table lie in a folder beside it.
        folders = *made.parent.glob(f"*{ENDING}"), *above.glob(f"*{ENDING}"), *above.glob("*.json")
        for path in (*beside, *folders):
            found = cls.read(path) if path.is_file() else None
            if found and not wanted.isdisjoint(os.path.realpath(path.parent / name) for name in found.files):
                return found
        if (found := cls.read(made)) is None:
            return None
        # It names files from the folder that all of them lie in.
        deep = next((len(Path(name).parts) for name in found.files if made.match(name)), 1)
        return replace(found, path=made.absolute().parents[deep - 1] / made.name)

    def given(self, out: Path) -> list[str]:
        """The arguments as they are given now, with the files made in ``out``."""
        here = os.path.realpath(self.path.parent)

        def placed(text: str) -> str:
            before, sign, rest = text.partition(HERE)
            if sign:
                return before + os.path.normpath(here + rest)
            before, sign, rest = text.partition(OUT)
            return before + str(out) + rest if sign else text

        return list(map(placed, self.arguments))

    def lost(self) -> str:
        """What is named without its folder and does not lie here; only where the record beside the files is lost."""
        here = Path(self.path.parent)
        names = (text.partition(HERE)[2] for text in self.arguments if HERE in text and self.path.suffix != ".json")
        return next((name.lstrip("/") for name in names if not file_of(here / name.lstrip("/")).exists()), "")

    def recipe(self) -> str:
        """What its files say themselves: all but the places where files lay, and how the work was shared out, so that
        the same file has the same bytes elsewhere.
        """

        def bare(text: str) -> str:
            before, place = _split(text)
            names = {os.path.normpath(one.removeprefix(f"{HERE}/")) for one in self.hashes}
            at = place.removeprefix(f"{HERE}/")
            known = place.startswith(HERE) or os.path.normpath(Path(self.folder, file_of(Path(at)))) in names
            return f"{before}{HERE}/{Path(at).name}" if known else text

        told, spare = [], False
        for text in self.arguments:
            name = text.partition("=")[0]
            if not spare and name not in _OF_THE_RUN:
                told.append(bare(text))
            spare = not spare and name in _OF_THE_RUN[_ALONE:] and "=" not in text
        read = {Path(name).name: hash for name, hash in self.hashes.items()}
        return json_text(replace(self, arguments=tuple(told), hashes=read, folder="").as_dict())

    def put_into(self, folder: Path, like: Path | None = None) -> None:
        """Let the files below a folder carry the recipe, or those that do in the folder that it is ``like``."""
        recipe = self.recipe()
        for name in self.files:
            if (folder / name).is_file() and not (
                like and (like / name).is_file() and not inside.taken_from(like / name)
            ):
                inside.put_into(folder / name, recipe)

    @staticmethod
    def now() -> dict[str, str]:
        """The versions that are running."""
        return {PROGRAM: version(), **packages()}

    def changed(self) -> Iterator[str]:
        """Sentences about what was read and is not as it was."""
        for name, then in self.hashes.items():
            place = Path(os.path.normpath(self.path.parent / name))
            if not place.exists():
                yield f"{name} is not where it was."
            elif _hash(place) != then:
                yield f"{place.name} is not what it was then (its hash differs)."


def arguments(
    command: str,
    given: str,
    flags: Mapping[str, Any],
    asked: Mapping[Kind, Sequence[str]] = MappingProxyType({}),
    params: Mapping[str, Any] = MappingProxyType({}),
) -> list[str] | None:
    """What the command line would be told for what was asked elsewhere; None where it cannot tell two settings apart.

    ``asked`` are methods and metrics; ``params`` what was set of each, and under no name what holds for all.
    """
    told = [command, given] if given else [command]
    for name, value in flags.items():
        several = [f"{key}={meant}" for key, meant in value.items()] if isinstance(value, Mapping) else value
        for one in several if isinstance(several, list) else [several]:
            if one is not None and one is not False and one != "":
                told += [f"--{name}"] if one is True else [f"--{name}", str(one)]
    specs = [find(kind, name) for kind, names in asked.items() for name in names]
    settled = [(spec, spec.parse(dict(params.get(spec.name, {})))) for spec in specs]
    stated = dict(params.get("", {}))
    for spec, some in settled:
        stated |= {each.name: some[each.name] for each in spec.params if some[each.name] != each.default}
    # One flag is for all that take it.
    if any(some[name] != value for _, some in settled for name, value in stated.items() if name in some):
        return None
    for name, value in stated.items():
        said = ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        told += [f"--{name.replace('_', '-')}", {"True": "yes", "False": "no"}.get(said, said)]
    return told


def keep_beside(arguments: Sequence[str], out: Path, files: Iterable[Path], overwrite: bool = False) -> Path | None:
    """Keep the record of a command in its folder, or beside its table: ``COMMAND.recipe.json``, ``TABLE.json``."""
    path = out / f"{arguments[0]}{ENDING}" if out.is_dir() else out.with_suffix(".json")
    return keep(out.with_suffix(ENDING) if path == out else path, arguments, out, files, overwrite)


def keep(
    path: Path, arguments: Sequence[str], out: Path, files: Iterable[Path], overwrite: bool = False
) -> Path | None:
    """Write the record of a command beside the files that it made below its folder; None where it made none."""
    folder = Path(os.path.realpath(path.parent))
    below = [Path(os.path.realpath(file)) for file in files]
    made = sorted(file.relative_to(folder).as_posix() for file in below if file.is_relative_to(folder))
    if not made or (path.exists() and not is_own(path)):
        return None
    told, hashes, from_here = [], dict[str, str](), False
    for flag, text in pairwise(["", *arguments]):
        before, place = _split(text)
        if Path(place) == out:
            told.append(f"{before}{OUT}{'' if out.is_dir() else f'/{out.name}'}")
            continue
        absolute, file = Path(place).is_absolute(), file_of(Path(place))
        # "a=" names nothing, and not the folder that the command runs in.
        if place and file.exists():
            from_here |= not absolute
            for one in () if {flag, before.rstrip("=")} & _WRITTEN else (file, *_cards(file)):
                hashes[written_from(folder, Path(os.path.abspath(one)))] = _hash(one)  # noqa: PTH100
        found = written_from(folder, place) if absolute else place
        told.append(text if found == place else f"{before}{HERE}/{found}")
    cwd = written_from(folder, Path.cwd()) if from_here else ""
    record = Commanded(path, tuple(told), tuple(made), cwd, hashes, Commanded.now())
    record.put_into(folder)
    return write_whole(path, f"{json_text(record.as_dict(), indent=1)}\n", overwrite)


def _split(text: str) -> tuple[str, str]:
    found = _BEFORE.match(text)
    end = found.end() if found else 0
    return text[:end], text[end:]


def _cards(file: Path) -> list[Path]:
    """What lies beside a model's file and belongs to it."""
    if file.suffix not in (".keras", ".h5", ".hdf5", ".onnx") and not (file / "saved_model.pb").is_file():
        return []
    return [one for one in Card.places(file) if one.is_file()]


def _hash(place: Path) -> str:
    if not place.is_dir():
        return sha256(place)
    total, found = 0, hashlib.sha256()
    for file in sorted(one for one in place.rglob("*") if one.is_file() and not one.name.endswith(ENDING)):
        size = file.stat().st_size
        total += size
        content = sha256(file) if total <= _MOST_HASHED else str(size)
        found.update(f"{file.relative_to(place).as_posix()}\0{content}\n".encode("utf-8", "backslashreplace"))
    return found.hexdigest()
