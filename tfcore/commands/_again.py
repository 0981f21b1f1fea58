"""What a command made, kept with the command; and the command given once more, to compare."""

from __future__ import annotations

import argparse
import importlib
import io
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager, nullcontext, redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.errors import HeatlensError
from tfcore.files import make_folder, written_as_in

if TYPE_CHECKING:
    from tfcore.reproduction.commanded import Commanded
    from tfcore.results import Reproduced

# Where commands write; the first names the record.
_PLACES = ("out", "masks", "figures")
# What a run that was ended goes on from; another run may not have it.
_HALFWAY = "parts"
# These have records of another kind, or change more than the files they make.
_NOT = ("figure", "reproduce", "train", "card", "phantom", "weights", "stop")


@contextmanager
def kept(given: argparse.Namespace, arguments: Sequence[str]) -> Iterator[None]:
    """Keep the command beside the files that it makes while the block runs, where these have no record of their own."""
    if getattr(given, "out", None) is None or given.command in _NOT:
        yield
        return
    before = dict(_files(given))
    yield
    made = [file for file, state in _files(given) if before.get(file) != state]
    own = {file.with_suffix(".json") for file in made}
    if given.command == "explain":
        # The record beside a figure tells of its arrays too.
        made = [file for file in made if file.with_suffix(".json") not in made and file not in own]
    made = [file for file in made if not _is_of_figure(file)]
    if not made:
        return
    from tfcore.reproduction.commanded import keep_beside

    keep_beside(arguments, given.out, made, getattr(given, "overwrite", False))


def _files(given: argparse.Namespace) -> Iterator[tuple[Path, tuple[int, int]]]:
    """The files where the command writes, and by what one sees that they are new."""
    for place in (getattr(given, name, None) for name in _PLACES):
        for file in [] if place is None else sorted(place.rglob("*")) if place.is_dir() else [place]:
            within = () if file == place else file.relative_to(place).parts[:-1]
            if file.is_file() and _HALFWAY not in within and not file.name.startswith("."):
                state = file.stat()
                yield file, (state.st_ino, state.st_mtime_ns)


def _is_of_figure(file: Path) -> bool:
    """Whether it is the record of a figure, which tells of the day and is not compared."""
    if file.suffix != ".json":
        return False
    with suppress(OSError, ValueError):
        found = json.loads(file.read_bytes())
        return isinstance(found, dict) and {"figure", "display", "items"} <= found.keys()
    return False


def reproduce(
    made: str | Path, out: str | Path, model: str | None = None, pictures: str | Path | None = None, **how: Any
) -> Reproduced:
    """A figure, a table, a page or arrays, or the record of any, made once more in the folder ``out``.

    Files are looked for where the record says; ``model`` and ``pictures`` (a folder) name where they lie now. What has
    changed since, in files, programs, numbers or pixels, is said. ``load`` opens the models of figures in place of
    ``load_model``; ``overwrite`` lets files of others be replaced, ``trust`` lets a model run code of its own.
    """
    from tfcore.reproduction.again import reproduce as figure
    from tfcore.reproduction.commanded import Commanded

    if told := Commanded.of(Path(made)):
        how.pop("load", None)
        return _given_again(told, Path(out), model, pictures, **how)
    how.pop("trust", None)
    return figure(made, out, model, pictures, **how)


def _given_again(
    told: Commanded,
    out: Path,
    model: str | None,
    pictures: str | Path | None,
    overwrite: bool = False,
    trust: bool = False,
) -> Reproduced:
    from tfcore.reproduction.apart import apart, moved
    from tfcore.results import Reproduced

    make_folder(out)
    out = Path(os.path.realpath(out))
    if out == Path(os.path.realpath(told.path.parent)):
        raise HeatlensError(
            f"{out} holds what is to be made again; choose another folder, so that the two can be compared."
        )
    if model is None and pictures is None and (lost := told.lost()):
        raise HeatlensError(f"{told.path} names {lost} without its folder; say where it lies (--pictures, --model).")
    given = _parsed(told, out)
    if model is not None:
        given.model = [model] if isinstance(given.model, list) else model
    for name, value in vars(given).items() if pictures is not None else ():
        setattr(given, name, _moved(value, Path(str(pictures))))
    given.overwrite = overwrite
    if hasattr(given, "trust"):
        given.trust = trust
    there = told.path.parent / told.folder
    compared = written_as_in(out, told.path.parent)
    with chdir(there) if told.folder else nullcontext(), redirect_stdout(io.StringIO()), compared:
        given.run(given)
    # They say what the first ones say.
    told.put_into(out, like=told.path.parent)
    pairs = [(told.path.parent / name, out / name) for name in told.files]
    same, differences = apart(pairs)
    changed = [] if pictures is not None or model is not None else list(told.changed())
    versions = [] if same else moved(told.versions, told.now())
    return Reproduced(tuple(new for _, new in pairs if new.is_file()), same, (*changed, *versions, *differences))


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """A command as its own parser reads it."""
    command = importlib.import_module(f"tfcore.commands.{arguments[0]}")
    top = argparse.ArgumentParser(prog="heatlens", exit_on_error=False)
    command.add(top.add_subparsers(dest="command"))
    return top.parse_args(arguments)


def _parsed(told: Commanded, out: Path) -> argparse.Namespace:
    """The command as its own parser reads it; only what makes files and changes no others."""
    arguments = told.given(out)
    name = arguments[0] if arguments else ""
    wrong = f"{told.path} holds the command {name!r}, which is not one that makes tables or figures."
    if name in _NOT or not name.isidentifier():
        raise HeatlensError(wrong)
    try:
        given = parsed(arguments)
    except (ImportError, AttributeError, argparse.ArgumentError, SystemExit) as error:
        raise HeatlensError(wrong) from error
    here = Path(os.path.realpath(told.path.parent))
    for place in _PLACES:
        found = getattr(given, place, None)
        if found is not None and not (real := Path(os.path.realpath(here / told.folder / found))).is_relative_to(out):
            setattr(given, place, out / (real.relative_to(here) if real.is_relative_to(here) else real.name))
    if getattr(given, "out", None) is None:
        raise HeatlensError(wrong)
    if hasattr(given, "report_only"):
        # The card of the model is not what is made again.
        given.report_only, given.remove = True, False
    return given


def _moved(value: Any, folder: Path) -> Any:
    """A picture or a folder of them that is not where it was, where it lies now."""
    from tfcore.pictures.address import file_of, parts, written

    if isinstance(value, list):
        return [_moved(one, folder) for one in value]
    if not isinstance(value, str | Path) or not Path(value).is_absolute() or file_of(Path(value)).exists():
        return value
    now, (_, places) = folder / Path(value).name, parts(value)
    return type(value)(now if file_of(now).exists() else written(folder, places))
