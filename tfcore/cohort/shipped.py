"""Pictures and models that travel with the work, to workers that do not see the folders they lie in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tfcore.data.dataset import Dataset, Sample
from tfcore.engine.protocol import Job
from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.models.reference import beside

Files = Mapping[str, bytes]


def packed(paths: Iterable[str]) -> dict[str, bytes]:
    """The content of files, and of all that lies in folders, by name; what cannot be read is told of by its worker."""
    found = {}
    for path in map(Path, paths):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if ".." in file.parts:
                raise HeatlensError(f"{file} cannot be shipped; name it without '..'.")
            if file.is_file():
                found[str(file)] = file.read_bytes()
    return found


def packed_models(sources: Iterable[str]) -> dict[str, bytes]:
    """Models with their cards and references."""
    return packed(str(each) for source in sources for each in (source, *Card.places(source), beside(Path(source))))


class Samples:
    """A data set that is not seen there, of which each part takes along what it needs."""

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self._by_address = {sample.address: sample for sample in data}

    def part(self, job: Job) -> tuple[Job, list[str]]:
        """The job with its samples in the place of the name of all, and the files that these lie in."""
        some = self._data.with_samples(self._by_address[source[0]] for source in job.arguments["sources"])
        asked = {**job.arguments, "arguments": {**job.arguments["arguments"], "data": some}}
        files = (file for each in some for file in (each.path, each.mask, *each.more_masks) if file is not None)
        return replace(job, arguments=asked), list(dict.fromkeys(map(str, files)))


class Room:
    """A folder of a worker where files lie below the names that they have at home."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="heatlens-")
        # In front of absolute names, and of others.
        self._absolute, self._other = f"{self._folder.name}/a", f"{self._folder.name}/r/"

    def put(self, files: Files) -> None:
        for name, content in files.items():
            file = Path(self._here(name))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def clear(self, files: Files) -> None:
        for name in files:
            Path(self._here(name)).unlink(missing_ok=True)

    def inward(self, value: Any, names: set[str]) -> Any:
        """What is asked, with those names as they are here."""
        if isinstance(value, str):
            return self._here(value) if value in names else value
        if isinstance(value, Dataset):
            return replace(value, root=self._moved(value.root), samples=tuple(map(self._sample, value)))
        return _each(value, lambda one: self.inward(one, names))

    def outward(self, value: Any) -> Any:
        """What was found, with the names of home."""
        if isinstance(value, str):
            return value.replace(self._absolute, "").replace(self._other, "")
        if isinstance(value, Path):
            return Path(self.outward(str(value)))
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
