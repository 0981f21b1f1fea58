"""Heat of slices as they come, put together to one DICOM file for each series, method and layer."""

from __future__ import annotations

from pathlib import Path

from tfcore.figure.dicom.derived import SUFFIX
from tfcore.figure.dicom.maps import Mapped, parametric_map, segmentation, threshold
from tfcore.figure.dicom_kinds import MASK_AT
from tfcore.figure.display import Display
from tfcore.figure.gathered import Gathered, named
from tfcore.pictures import Picture
from tfcore.pictures.address import Address, parse, stem
from tfcore.results import Heat


class _Series(Gathered[Mapped]):
    def __init__(self, out: Path, overwrite: bool, keep_identity: bool, suffix: str) -> None:
        super().__init__(out, overwrite, suffix)
        self.keep_identity = keep_identity

    def add(self, picture: Picture, heat: Heat, below: Path = Path()) -> None:
        """Take one slice's heat; a sentence for what is no DICOM picture."""
        one = Mapped.of(heat, picture)
        stack = one.stack
        series, alone = stack.place
        address = Address(parse(picture.path).file, series=series, index=alone)
        name = [stem(address.path), *named(heat)]
        key = (stack.file, stack.place, heat.method, heat.layer)
        self.lay(key, name, below, stack.index, len(stack.slices), "slices", one, heat)

    def size(self, one: Mapped) -> int:
        return one.values.nbytes


class HeatMaps(_Series):
    """Parametric Maps."""

    def __init__(
        self, out: Path, overwrite: bool = False, keep_identity: bool = False, display: Display | None = None
    ) -> None:
        super().__init__(out, overwrite, keep_identity, SUFFIX)
        self._display = display

    def write(self, slices: dict[int, Mapped], path: Path) -> None:
        parametric_map(list(slices.values()), path, self._display, self.keep_identity, self.overwrite)


class HeatMasks(_Series):
    """Segmentations."""

    def __init__(
        self,
        out: Path,
        overwrite: bool = False,
        keep_identity: bool = False,
        at: str = MASK_AT.default,
        kind: str = "binary",
    ) -> None:
        threshold(at)
        super().__init__(out, overwrite, keep_identity, f"_mask{SUFFIX}")
        self._at, self._kind = at, kind

    def write(self, slices: dict[int, Mapped], path: Path) -> None:
        segmentation(list(slices.values()), path, self._at, self._kind, self.keep_identity, self.overwrite)
