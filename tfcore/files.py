"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tfcore.errors import HeatlensError

_REASONS = {
    errno.ENOSPC: "the disk is full; free some space and try again",
    errno.EACCES: "it may not be written there; choose another folder",
    errno.EPERM: "it may not be written there; choose another folder",
    errno.EROFS: "the disk is read-only; choose another folder",
    errno.ENOTDIR: "a part of its path is a file, not a folder; choose another folder",
    errno.EISDIR: "a folder of that name is in the way; choose another name",
    errno.EEXIST: "a file is in the way of its folder; choose another folder",
    errno.ENOENT: "its folder cannot be made; choose another folder",
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one",
}


def why(error: OSError) -> str:
    """The reason a file operation failed and what to do, as the end of a sentence."""
    return _REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())


@contextmanager
def written_whole(path: str | Path) -> Iterator[Path]:
    """A temporary name beside ``path`` to write to; it takes the real name only when the block ends well.

    >>> with written_whole("table.csv") as temporary:                                      # doctest: +SKIP
    ...     temporary.write_text("a,b")
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The ending stays, since writers choose their format by it.
        handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise HeatlensError(f"{path} was not written: {why(error)}.") from error
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise HeatlensError(f"{path} was not written: {why(error)}.") from error
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sha256(path: str | Path) -> str:
    """The hash by which a result names its input file."""
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
