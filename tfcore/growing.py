"""Tables whose rows are on disk as soon as they are known, so that what ends a run early costs none of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.files import check_free, not_written, take_name, temporary_beside


class Growing:
    """A text file for rows; every :meth:`write` is a whole one, and a row that does not fit leaves no piece of it."""

    def __init__(self, path: Path, temporary: Path) -> None:
        self._path = path
        self._stream = temporary.open("wb", buffering=0)
        self._whole = 0
        self.rows = 0

    def write(self, text: str) -> None:
        # File names that are not Unicode become the escapes they are written as in Python and JSON.
        rest = memoryview(text.encode("utf-8", "backslashreplace"))
        end = self._whole + len(rest)
        try:
            while rest:
                rest = rest[self._stream.write(rest) :]
        except BaseException as error:
            self._stream.truncate(self._whole)
            if isinstance(error, OSError):
                raise not_written(self._path, error) from error
            raise
        self._whole = end
        self.rows += 1

    def flush(self) -> None:
        """Nothing waits to be written."""

    def close(self) -> None:
        self._stream.close()


@contextmanager
def growing(path: str | Path, overwrite: bool = False, heading: bytes = b"", headings: int = 1) -> Iterator[Growing]:
    """A file that is written row by row under a temporary name, and takes its own when the block ends well.

    When it does not, the rows so far take the name; if a table of an earlier run has it, that one stays and they are
    called ``NAME.partial.csv``. A note on the exception says where they are. ``headings`` rows are no rows of data.
    """
    path = Path(path)
    check_free(path, overwrite, heading)
    with _said(path):
        temporary = temporary_beside(path)
    rows = Growing(path, temporary)
    try:
        try:
            yield rows
        finally:
            rows.close()
        with _said(path):
            take_name(temporary, path, overwrite, heading)
    except BaseException as error:
        if (count := rows.rows - headings) > 0:
            kept = _kept(temporary, path, heading)
            error.add_note(f"The {f'first {count} rows are' if count > 1 else 'first row is'} in {kept}.")
            if kept == temporary:
                raise
        temporary.unlink(missing_ok=True)
        raise


def partial(path: Path) -> Path:
    """What the result of an interrupted run is called where its own name is taken by that of an earlier one."""
    return path.with_name(f"{path.stem}.partial{path.suffix}")


def _kept(temporary: Path, path: Path, heading: bytes) -> Path:
    for name in (path, partial(path)):
        if name == path and path.is_symlink() | path.exists():
            continue
        try:
            take_name(temporary, name, heading=heading)
        except (OSError, HeatlensError):
            continue
        return name
    return temporary


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_written(path, error) from error
