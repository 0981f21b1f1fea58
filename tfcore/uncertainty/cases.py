"""Slices of a volume put together again: what the passes draw of the whole, and how sure the network is of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tfcore.pictures.address import file_of, parts
from tfcore.pictures.between import between
from tfcore.results import Structures, Sureness


@dataclass(frozen=True, eq=False)
class Case:
    """A volume, or as much of it as was asked about."""

    path: Path
    slices: int
    # In millilitres.
    structures: Structures
    # Means over all pixels.
    entropy: float
    mutual_information: float

    @property
    def words(self) -> str:
        """How much of what there is, and on what the passes agree."""
        drawn = self.structures
        sizes = [f"{name} {drawn.size(index)}" for index, name in enumerate(drawn.names) if drawn.drawn[index]]
        return f"{', '.join(sizes) or 'nothing drawn'} in {self.slices} slices. {drawn.words}"


class Cases:
    """Takes slices as they come, those of one volume after each other, and gives each volume when it is whole."""

    def __init__(self) -> None:
        self._case: Case | None = None

    def take(self, found: Sureness) -> Iterator[Case]:
        """One more slice; the volume before it, if it begins another one."""
        path = file_of(found.path)
        apart = between(found.path) if found.structures is not None and parts(found.path)[1] else None
        if self._case is not None and (apart is None or path != self._case.path):
            yield from self.end()
        if found.structures is None or apart is None:
            return
        own = Case(
            path,
            1,
            found.structures.of_volume(apart),
            float(found.entropy.mean()),
            float(found.mutual_information.mean()),
        )
        self._case = own if self._case is None else _joined(self._case, own)

    @property
    def so_far(self) -> Case | None:
        """The volume of the last slice, as far as it was taken."""
        return self._case

    def end(self) -> Iterator[Case]:
        """The last volume."""
        case, self._case = self._case, None
        if case is not None and case.slices > 1:
            yield case


def _joined(one: Case, other: Case) -> Case:
    slices = one.slices + 1
    return replace(
        one,
        slices=slices,
        structures=one.structures + other.structures,
        entropy=one.entropy + (other.entropy - one.entropy) / slices,
        mutual_information=one.mutual_information + (other.mutual_information - one.mutual_information) / slices,
    )
