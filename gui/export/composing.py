"""What the user chose for a figure, and the figure that follows from it. No widgets: runs in the drawing thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from gui.canvas.painting import qimage
from tfcore.figure import Display, export
from tfcore.figure.dicom_kinds import MASK_AT
from tfcore.figure.panel import COLUMNS, WIDTH_MM, panel
from tfcore.figure.provenance import check_names
from tfcore.figure.save import check_size, pixels
from tfcore.figure.volumes import SUFFIX, HeatVolumes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.figure.dicom.gathered import HeatMaps, HeatMasks
    from tfcore.figure.panel import Item
    from tfcore.pictures import Picture
    from tfcore.results import Heat

_DICOM = ".dcm"
# Pictures in a preview need no more pixels on a side than this.
_PREVIEW_LONGEST = 1024
_MM_PER_INCH = 25.4


def parted(name: str) -> tuple[str, str]:
    """A file's name without its ending, and the ending; that of a packed volume has two parts.

    >>> parted("scan.nii.gz"), parted("fig.1.png")
    (('scan', '.nii.gz'), ('fig.1', '.png'))
    """
    ending = SUFFIX if name.lower().endswith(SUFFIX) else Path(name).suffix
    return name[: len(name) - len(ending)], ending


def renamed(path: Path, more: str) -> Path:
    """The same name with another ending, or something more before it."""
    return path.with_name(parted(path.name)[0] + more)


@dataclass(frozen=True)
class Dicom:
    """What a DICOM file is to hold, and whether it is of the patient of its picture."""

    kind: str = "panel"
    at: str = MASK_AT.default
    keep_identity: bool = False


@dataclass(frozen=True)
class Choices:
    """Everything a figure panel depends on besides its heatmaps."""

    columns: tuple[str, ...] = COLUMNS
    title: bool = True
    width_mm: float = WIDTH_MM
    dpi: int = 300
    display: Display = field(default_factory=Display)
    layout: str = "rows"
    dicom: Dicom = field(default_factory=Dicom)

    def panel(self, items: Sequence[Item], longest: int = 4096) -> Figure:
        return panel(items, self.display, self.columns, self.title, self.width_mm, longest=longest, layout=self.layout)

    def write(self, items: Sequence[Item], path: Path, replace: bool = False, raw: bool = False) -> Path:
        """The path of the figure, written with its record beside it; ``replace``: the user wants a file replaced,
        ``raw``: the maps themselves as well.
        """
        if not self.recorded(path):
            return self._laid_over(items, path, replace, raw)
        if replace:
            # Asked was for the figure alone: a record of somebody else's is not replaced with it.
            check_names([path], items)
        settings = (self.display, self.dpi, self.columns, self.title, self.width_mm)
        also = [renamed(path, ".npz")] if raw else []
        return export(
            items,
            path,
            *settings,
            layout=self.layout,
            also=also,
            overwrite=replace,
            keep_identity=self.dicom.keep_identity,
        )

    def recorded(self, path: Path) -> bool:
        """Whether a figure is written there, with its record: not heat or a mask, which a viewer draws."""
        ending = parted(path.name.lower())[1] or path.name
        return ending != SUFFIX and (ending != _DICOM or self.dicom.kind == "panel")

    def gathered(self, folder: Path, suffix: str) -> HeatMaps | HeatMasks | HeatVolumes:
        """What puts the heat or the masks of slices together."""
        if suffix == SUFFIX:
            return HeatVolumes(folder)
        from tfcore.figure.dicom.gathered import HeatMaps, HeatMasks

        dicom = self.dicom
        if dicom.kind == "heat":
            return HeatMaps(folder, keep_identity=dicom.keep_identity, display=self.display)
        return HeatMasks(folder, keep_identity=dicom.keep_identity, at=dicom.at)

    def _laid_over(self, items: Sequence[Item], path: Path, replace: bool, raw: bool) -> Path:
        """A file for each heatmap; the path of the first."""
        from tfcore.figure.arrays import save_arrays

        for number, (heat, picture) in enumerate(items, 1):
            file = path if number == 1 else renamed(path, f"-{number}{parted(path.name)[1]}")
            if file.name.lower().endswith(SUFFIX):
                HeatVolumes(file.parent, replace).alone(picture, heat, file)
            else:
                self._as_dicom(heat, picture, file, replace)
        if raw:
            save_arrays(items, renamed(path, ".npz"), replace)
        return path

    def _as_dicom(self, heat: Heat, picture: Picture, file: Path, replace: bool) -> None:
        from tfcore.figure.dicom import Mapped, parametric_map, segmentation

        slices, dicom = [Mapped.of(heat, picture)], self.dicom
        if dicom.kind == "heat":
            parametric_map(slices, file, self.display, dicom.keep_identity, replace)
        else:
            segmentation(slices, file, dicom.at, keep_identity=dicom.keep_identity, overwrite=replace)

    def image(self, items: Sequence[Item]) -> QImage:
        """The panel with the pixels its file would have."""
        figure = self.panel(items)
        check_size(figure, self.dpi)
        return qimage(pixels(figure, self.dpi))


@dataclass(frozen=True)
class Preview:
    """A panel drawn for the screen, and how large it will be on paper."""

    image: QImage
    width_mm: float
    height_mm: float


def preview(items: Sequence[Item], choices: Choices, width: int) -> Preview:
    """The panel, so many pixels wide."""
    figure = choices.panel(items, _PREVIEW_LONGEST)
    inches = figure.get_size_inches()
    return Preview(qimage(pixels(figure, width / inches[0])), *(float(side) * _MM_PER_INCH for side in inches))
