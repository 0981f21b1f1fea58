"""The heat of slices put together again and seen in three planes, which meet where it is strongest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure import export
from tfcore.figure.cuts import AXES, cut, made_of
from tfcore.figure.display import Display
from tfcore.figure.gathered import Gathered, named
from tfcore.pictures import Picture, read
from tfcore.pictures.address import PLANES, Address, parse, stem
from tfcore.pictures.inside import extent
from tfcore.results import Heat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfcore.figure.panel import Item


def meeting(heats: Mapping[int, Heat], of: Address, counts: Mapping[str, int], voxel: Mapping[str, int]) -> list[Item]:
    """Three planes through a voxel (its index along each plane) of a volume whose slices of one plane were explained:
    that plane first, the heat of the others cut out of all slices; ready for a figure of ``layout="planes"``.
    """
    base, items = of.plane, []
    for plane in (base, *(each for each in reversed(PLANES) if each != base)):
        address = replace(of, plane=plane, index=voxel[plane]).path
        own = heats.get(voxel[base]) if plane == base else cut(heats, counts, base, plane, voxel[plane])
        items.append((seen(own, next(iter(heats.values())), address, base), read(address)))
    return items


def seen(own: Heat | None, some: Heat, address: Path, base: str) -> Heat:
    """The heat of a plane; of one that none reaches, what says so: as if ``some`` were cut through empty slices."""
    if own is not None:
        return replace(own, path=str(address))
    made = {"cut": f"{base} slices", "slices": "0", "of": made_of({parse(some.path).index or 0: some})}
    return replace(some, path=str(address), map=np.zeros_like(some.map), degenerate=True, made=made)


def strongest(heats: Mapping[int, Heat], base: str, counts: Mapping[str, int]) -> dict[str, int]:
    """The voxel where heat (of either sign) is strongest."""
    index = max(heats, key=lambda number: float(np.abs(heats[number].map).max()))
    heat = heats[index]
    row, column = np.unravel_index(int(np.abs(heat.map).argmax()), heat.map.shape)
    high, wide = heat.map.shape
    place = {
        AXES[base][0]: heat.box.x + (column + 0.5) * heat.box.width / wide,
        AXES[base][1]: heat.box.y + (row + 0.5) * heat.box.height / high,
    }
    found = {base: index}
    for axis, at in place.items():
        count = counts[PLANES[axis]]
        found[PLANES[axis]] = count - 1 - min(max(int(at), 0), count - 1)
    return found


def check_slice(path: Path) -> None:
    """A sentence for what is no slice of a plane; to be said before its heat is computed."""
    address = parse(path)
    if not address.plane or address.index is None:
        raise HeatlensError(f"{path} is no slice of a plane; for --format planes write #axial=* behind its file.")


class HeatPlanes(Gathered[Heat]):
    """A figure for each volume, plane, method and layer."""

    def __init__(self, out: Path, overwrite: bool = False, display: Display | None = None, dpi: int = 300) -> None:
        super().__init__(out, overwrite, "_planes.png")
        self._display, self._dpi = display, dpi

    def add(self, picture: Picture, heat: Heat, below: Path = Path()) -> None:
        """Take one slice's heat; a sentence for what is no slice of a plane."""
        check_slice(picture.path)
        address = parse(picture.path)
        assert address.index is not None
        of = replace(address, index=None, plane="").path
        name = [stem(of), address.plane, *named(heat)]
        count = extent(address.file, address.series, planes=True)[address.plane]
        key = (of, address.plane, heat.method, heat.layer)
        self.lay(key, name, below, address.index, count, f"{address.plane} slices", heat, heat)

    def size(self, one: Heat) -> int:
        return one.map.nbytes + one.native.nbytes

    def write(self, slices: dict[int, Heat], path: Path) -> None:
        of = parse(next(iter(slices.values())).path)
        counts = extent(of.file, of.series, planes=True)
        items = meeting(slices, of, counts, strongest(slices, of.plane, counts))
        export(items, path, self._display, self._dpi, layout="planes", overwrite=self.overwrite)
