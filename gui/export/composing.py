"""What the user chose for a figure, and the figure that follows from it. No widgets: runs in the drawing thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from gui.canvas.painting import qimage
from tfcore.figure import Display, export, unseen
from tfcore.figure.dicom_kinds import MASK_AT
from tfcore.figure.panel import COLUMNS, WIDTH_MM, panel
from tfcore.figure.provenance import check_names
from tfcore.figure.save import check_size, pixels
from tfcore.figure.volumes import SUFFIX, HeatVolumes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.figure.dicom.gathered import HeatMaps, HeatMasks
    from tfcore.figure.panel import Item

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

    def write(
        self, items: Sequence[Item], path: Path, replace: bool = False, raw: bool = False, table: bool = False
    ) -> Path:
        """The path of the figure, written with its record beside it; ``replace``: the user wants a file replaced,
        ``raw``: the maps themselves as well, ``table``: and what the titles say.
        """
        if not self.recorded(path):
            return self._laid_over(items, path, replace, raw, table)
        if replace:
            # Asked was for the figure alone: a record of somebody else's is not replaced with it.
            check_names([path], items)
        settings = (self.display, self.dpi, self.columns, self.title, self.width_mm)
        also = [renamed(path, ending) for ending, wanted in ((".npz", raw), (".csv", table)) if wanted]
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
        """What puts the heat or the masks of slices together, with a record of each."""
        kind, how = self._unseen(suffix)
        made: HeatMaps | HeatMasks | HeatVolumes = HeatVolumes(folder)
        if kind != unseen.VOLUME:
            from tfcore.figure.dicom.gathered import HeatMaps, HeatMasks

            made = HeatMaps(folder, display=self.display, **how) if kind == unseen.HEAT else HeatMasks(folder, **how)
        made.told = unseen.Records(kind, self.display, **how)
        return made

    def _unseen(self, suffix: str) -> tuple[str, dict[str, Any]]:
        """What is written by that ending where it is no figure, and how."""
        if suffix.lower().endswith(SUFFIX):
            return unseen.VOLUME, {}
        identity = {"keep_identity": self.dicom.keep_identity}
        return (
            (unseen.HEAT, identity) if self.dicom.kind == "heat" else (unseen.MASKS, {"at": self.dicom.at} | identity)
        )

    def _laid_over(self, items: Sequence[Item], path: Path, replace: bool, raw: bool, table: bool) -> Path:
        """A file for each heatmap; the path of the first."""
        from tfcore.figure.arrays import save_arrays

        for number, (heat, picture) in enumerate(items, 1):
            file = path if number == 1 else renamed(path, f"-{number}{parted(path.name)[1]}")
            kind, how = self._unseen(file.name)
            unseen.write(kind, [(heat, picture)], file, self.display, replace, **how)
        if raw:
            save_arrays(items, renamed(path, ".npz"), replace)
        if table:
            unseen.write_told([[heat for heat, _ in items]], renamed(path, "-predictions.csv"), replace)
        return path

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
