"""Files that are there whole or not at all, and never in the place of a file that somebody else wrote."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.marks import is_own

_REASONS = {
    errno.ENOSPC: "the disk is full; free some space and try again",
    errno.EDQUOT: "your share of the disk is used up; free some space and try again",
    errno.EACCES: "it may not be written there; choose another folder",
    errno.EPERM: "it may not be written there; choose another folder",
    errno.EROFS: "the disk is read-only; choose another folder",
    errno.ENOTDIR: "a part of its path is a file, not a folder; choose another folder",
    errno.EISDIR: "a folder of that name is in the way; choose another name",
    errno.EEXIST: "a file is in the way of its folder; choose another folder",
    errno.ENOENT: "its folder cannot be made; choose another folder",
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one",
    errno.ELOOP: "links lead round in circles there; choose another folder",
}
_TEMPORARY = re.compile(r"\.heatlens-[a-z0-9_]{8}(\..*)?", re.DOTALL)
_DAY = 24 * 3600
# Folders that were looked through for what a killed run has left.
_swept: set[Path] = set()
# Folders whose files name others as if they lay in another folder.
_as_in: dict[str, str] = {}
# Folders with files that were sent here: what stands in the folder's place in their names at home, and where those are
# found from.
_away: dict[str, tuple[str, str]] = {}


class NoRoom(HeatlensError):
    """Nothing more can be written there, so there is no sense in going on."""


def why(error: OSError) -> str:
    """The reason a file operation failed and what to do, as the end of a sentence."""
    return _REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())


def not_written(path: Path, error: OSError) -> HeatlensError:
    """The sentence about a file that could not be written."""
    kind = NoRoom if error.errno in (errno.ENOSPC, errno.EDQUOT) else HeatlensError
    return kind(f"{path} was not written: {why(error)}.")


def check_free(path: str | Path, overwrite: bool = False, heading: bytes = b"") -> None:
    """Say, before any work is done, why the file could not be written.

    Only what Heatlens wrote itself is replaced (``heading``: a table with that first line), unless ``overwrite``;
    folders and devices never are.
    """
    path = Path(path)
    try:
        state = path.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise not_written(path, error) from error
    except ValueError as error:
        raise HeatlensError(f"{str(path)!r} is not a name a file can have; check it.") from error
    if stat.S_ISDIR(state.st_mode):
        raise not_written(path, OSError(errno.EISDIR, ""))
    file = stat.S_ISREG(state.st_mode)
    if not file and not stat.S_ISLNK(state.st_mode):
        raise HeatlensError(f"{path} was not written: it is a device or a pipe, not a file; choose another name.")
    if not overwrite and not (file and is_own(path, heading)):
        raise HeatlensError(
            f"{path} exists and was not written by Heatlens; choose another name or folder, or let it be replaced "
            "(--overwrite)."
        )


@contextmanager
def written_whole(path: str | Path, overwrite: bool = False, heading: bytes = b"") -> Iterator[Path]:
    """A temporary name beside ``path`` to write to; it takes the real name only when the block ends well.

    A file that Heatlens did not write keeps its name (see :func:`check_free`), also one that comes meanwhile.

    >>> with written_whole("notes.txt") as temporary:                                      # doctest: +SKIP
    ...     temporary.write_text("a,b")
    """
    with written_together([path], overwrite, heading) as (temporary,):
        yield temporary


def write_whole(path: str | Path, content: str | bytes, overwrite: bool = False) -> Path:
    """Write such a file in one go; where it lies. Bytes of a name that are no text are spelt out in a text."""
    with written_whole(path, overwrite) as temporary:
        temporary.write_bytes(content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content)
    return Path(path)


def make_folder(folder: Path) -> None:
    """Make the folder where it is not there yet, or say why not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HeatlensError(f"{folder} cannot be made: {why(error)}.") from error


def free_folder(wanted: Path) -> Path:
    """This name, or with the next number behind it that nobody uses: ``run``, ``run-2``, ``run-3``."""
    numbered = re.fullmatch(r"(.+)-(\d+)", wanted.name)
    name, number = (numbered[1], int(numbered[2])) if numbered else (wanted.name, 1)
    free = wanted
    while os.path.exists(free):  # noqa: PTH110
        number += 1
        free = wanted.with_name(f"{name}-{number}")
    return free


@contextmanager
def written_together(
    paths: Sequence[str | Path], overwrite: bool = False, heading: bytes = b""
) -> Iterator[tuple[Path, ...]]:
    """The same for several files: all of them are written, or none."""
    wanted = [Path(path) for path in paths]
    temporaries: list[Path] = []
    current = wanted[0]
    try:
        for current in wanted:
            check_free(current, overwrite, heading)
            temporaries.append(temporary_beside(current))
        yield tuple(temporaries)
        for current in wanted:
            check_free(current, overwrite, heading)
        for current, temporary in zip(wanted, temporaries, strict=True):
            take_name(temporary, current, overwrite, heading)
    except OSError as error:
        raise not_written(current, error) from error
    finally:
        for temporary in temporaries:
            temporary.unlink(missing_ok=True)


def temporary_beside(path: Path) -> Path:
    """A new empty file in the folder of ``path``, by a name that tells whose it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    # The ending stays, since writers choose their format by it.
    handle, name = tempfile.mkstemp(prefix=".heatlens-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    return Path(name)


def take_name(temporary: Path, path: Path, overwrite: bool = False, heading: bytes = b"") -> None:
    """Give a finished file its name. What came there meanwhile and is not Heatlens's own stays."""
    temporary.chmod(0o666 & ~_umask())
    try:
        _name_anew(temporary, path)
    except FileExistsError:
        check_free(path, overwrite, heading)
        temporary.replace(path)


def _name_anew(temporary: Path, path: Path) -> None:
    """Unlike renaming, this fails where the name is taken."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # Some disks know no second names for a file; there the name is taken by an empty file first.
        path.open("xb").close()
        try:
            temporary.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise
    else:
        temporary.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed have left there, after a day in which nobody wrote to it."""
    if folder in _swept:
        return
    _swept.add(folder)
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if (
                _TEMPORARY.fullmatch(entry.name)
                and entry.is_file(follow_symlinks=False)
                and entry.stat(follow_symlinks=False).st_mtime < time.time() - _DAY
            ):
                with suppress(OSError):
                    Path(entry.path).unlink()


@cache
def _umask() -> int:
    # It can only be read by setting it: once, and never to less than others would see of a file made meanwhile.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def sha256(path: str | Path) -> str:
    """The hash by which a result names its input file; of a folder that of all files in it and of their names."""
    if Path(path).is_dir():
        files = sorted(each for each in Path(path).rglob("*") if each.is_file())
        told = "".join(f"{each.relative_to(path).as_posix()} {sha256(each)}\n" for each in files)
        return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def written_as_in(folder: Path, other: Path) -> Iterator[None]:
    """What is written below ``folder`` meanwhile names files as if it lay in ``other``, to be compared with that."""
    place = os.path.realpath(folder)
    _as_in[place] = os.path.realpath(other)
    try:
        yield
    finally:
        del _as_in[place]


@contextmanager
def written_as_it_lies() -> Iterator[None]:
    """Meanwhile files are named as they are found, whatever they are to be compared with."""
    kept = dict(_as_in)
    _as_in.clear()
    try:
        yield
    finally:
        _as_in.update(kept)


def sent_here(place: str, named: str, found_from: str) -> None:
    """What lies below ``place`` was sent from elsewhere, and is called in all that is written as it is there."""
    _away[place] = named, found_from


def sent_no_more(place: str) -> None:
    """Nothing of it lies there any longer."""
    _away.pop(place, None)


def at_home(text: str) -> str:
    """A text with files that were sent here by the names that they have at home."""
    for place, (named, _) in _away.items():
        text = text.replace(place, named)
    return text


def sent(name: str | Path) -> Path:
    """The file or folder of that name, or what was sent here in its place."""
    for place in _away:
        there = f"{place}{name}"
        # What is absolute lies below one of them, all else below another; an address is of the file before its #.
        meant = Path(name).is_absolute() != place.endswith("/")
        if meant and any(Path(file).exists() for file in (there, there.partition("#")[0])):
            return Path(there)
    return Path(name)


def as_in(path: str | Path) -> Path:
    """The place that a file is written to, as it is to be named (see :func:`written_as_in`)."""
    for place, other in (*_as_in.items(), *((place, folder) for place, (_, folder) in _away.items())):
        if Path(path).is_relative_to(place):
            return Path(other, Path(path).relative_to(place))
    return Path(path)


def written_from(folder: Path | None, path: str | Path) -> str:
    """A file as it is found from a folder, so that both may move together; as it is where it lies on another drive.

    >>> written_from(Path("/study/figures"), "/study/scans/P1.png"), written_from(Path("/study"), "demo")
    ('../scans/P1.png', 'demo')
    """
    # What is not absolute is the name of a model at hand, or a file as it was given on the command line.
    if folder is None or not (Path(path).is_absolute() or (Path(path).suffix and os.path.exists(path))):  # noqa: PTH110
        return str(path)
    # Links are followed to the folders, where steps up lead elsewhere than they seem to, and not to the file.
    beside, file = as_in(os.path.realpath(folder)), as_in(Path(os.path.realpath(Path(path).parent), Path(path).name))
    try:
        return os.path.relpath(file, beside)
    except ValueError:
        return str(path)
