"""Pictures and models that travel with the work, to workers that do not see the folders they lie in."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tfcore.cohort.plan import looked_at
from tfcore.data.dataset import Dataset, Sample
from tfcore.errors import HeatlensError
from tfcore.files import at_home, sent_here, sent_no_more
from tfcore.models.card import Card
from tfcore.models.reference import beside

Files = Mapping[str, bytes]
# Of what a setting names.
_MOST = 1024**3


def packed(paths: Iterable[str]) -> dict[str, bytes]:
    """The content of files, and of all that lies in folders, by name; what cannot be read is told of by its worker."""
    found = {}
    for file in _files(paths):
        if ".." in file.parts:
            raise HeatlensError(f"{file} cannot be shipped; name it without '..'.")
        found[str(file)] = file.read_bytes()
    return found


def _files(paths: Iterable[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        yield from (file for file in (sorted(path.rglob("*")) if path.is_dir() else [path]) if file.is_file())


def packed_named(names: Iterable[str]) -> dict[str, bytes]:
    """What settings name besides, as far as it is looked at."""
    found: dict[str, bytes] = {}
    for name in names:
        files = list(_files(looked_at(name)))
        if (size := sum(file.stat().st_size for file in files)) > _MOST:
            raise HeatlensError(
                f"{name} holds {size / 1024**3:.1f} GB, and 1 GB travels at most; share it with the workers, without "
                "--ship."
            )
        found |= packed(map(str, files))
    return found


def packed_models(sources: Iterable[str]) -> dict[str, bytes]:
    """Models with their cards and references."""
    return packed(str(each) for source in sources for each in (source, *Card.places(source), beside(Path(source))))


class Samples:
    """A data set that is not seen there, of which each part takes along the files that it needs."""

    def __init__(self, data: Dataset) -> None:
        self._by_address = {sample.address: sample for sample in data}

    def files_of(self, sources: Iterable[Sequence[str]]) -> list[str]:
        """Those that samples lie in, with their masks."""
        some = (self._by_address[source[0]] for source in sources)
        files = (file for each in some for file in (each.path, each.mask, *each.more_masks) if file is not None)
        return list(dict.fromkeys(map(str, files)))


class Room:
    """A folder of a worker where files lie below the names that they have at home.

    Some stay (``kept``), those of a part come with it; what is made of them is fetched file by file.
    """

    def __init__(self, home: str, results: Sequence[str], kept: Files) -> None:
        self._folder = TemporaryDirectory(prefix="heatlens-")
        # In front of absolute names, and of others.
        place = os.path.realpath(self._folder.name)
        self._place, self._absolute, self._other = place, f"{place}/a", f"{place}/r/"
        sent_here(self._absolute, "", "/")
        sent_here(self._other, "", home)
        self._results, self._kept = results, kept
        self.put(kept)

    def put(self, files: Files) -> None:
        """What was made before and not fetched goes."""
        self.clear(self.made(()))
        for name, content in files.items():
            file = Path(self._here(name))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def clear(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._kept:
                Path(self._here(name)).unlink(missing_ok=True)

    def made(self, files: Container[str]) -> list[str]:
        """Names of files besides those that came."""
        there = (at_home(str(each)) for each in sorted(Path(self._place).rglob("*")) if each.is_file())
        return [name for name in there if name not in files and name not in self._kept]

    def taken(self, name: str) -> bytes:
        """A file that is wanted once."""
        file = Path(self._here(name))
        content = file.read_bytes()
        file.unlink()
        return content

    def leave(self) -> None:
        """Nothing stays."""
        self._folder.cleanup()
        for place in (self._absolute, self._other):
            sent_no_more(place)

    def data(self, data: Dataset) -> Dataset:
        """A data set, with its files as they would lie here."""
        return replace(data, root=self._moved(data.root), samples=tuple(map(self._sample, data)))

    def __contains__(self, name: str) -> bool:
        """Whether a file or folder of that name came."""
        return Path(self._here(name)).exists()

    def inward(self, value: Any, names: Container[str]) -> Any:
        """What is asked, with those names, and paths below the folders of results, as they are here."""
        if isinstance(value, Path):
            return self._moved(value) if any(value.is_relative_to(one) for one in self._results) else value
        if isinstance(value, str):
            return self._here(name) if value and (name := str(Path(value))) in names else value
        return _each(value, lambda one: self.inward(one, names))

    def outward(self, value: Any) -> Any:
        """What was found, with the names of home."""
        if isinstance(value, str):
            return at_home(value)
        if isinstance(value, Path):
            return Path(at_home(str(value)))
        return _each(value, self.outward)

    def _sample(self, sample: Sample) -> Sample:
        mask, more = sample.mask and self._moved(sample.mask), tuple(map(self._moved, sample.more_masks))
        return replace(sample, path=self._moved(sample.path), mask=mask, more_masks=more)

    def _moved(self, path: Path) -> Path:
        return Path(self._here(str(path)))

    def _here(self, name: str) -> str:
        return f"{self._absolute if Path(name).is_absolute() else self._other}{name}"


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, Mapping):
        return {change(name): change(one) for name, one in value.items()}
    return [change(one) for one in value] if isinstance(value, list | tuple) else value
