"""What is made of the same answers as figures and is none: volumes, maps and masks for other viewers, tables.

A figure tells itself what it shows; beside each of these lies a record of its own, by which it is made again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.figure.answers import answering, write_predictions
from tfcore.figure.display import Display
from tfcore.figure.inside import put_into
from tfcore.figure.provenance import line, recipe_of, recorded, with_members
from tfcore.figure.record import record_of
from tfcore.files import write_whole, written_as_it_lies, written_from
from tfcore.plain import json_text, plain

if TYPE_CHECKING:
    from tfcore.figure.panel import Item
    from tfcore.results import Heat, Mask

# Heat of slices as a volume, as DICOM and as a mask in DICOM; the table of what titles say.
VOLUME, HEAT, MASKS, PREDICTIONS = "volume", "heat", "masks", "predictions"
# Of no heat: the table of probabilities and labels, the numbers of classes in every pixel.
ANSWERS, CLASSES = "answers", "classes"


class Records:
    """Keeps the records of files of one kind, whose lines come one by one."""

    line = staticmethod(line)

    def __init__(self, kind: str, display: Display | None = None, **how: Any) -> None:
        self._kind, self._display, self._how = kind, display or Display(), how

    def keep(self, lines: Sequence[Mapping[str, Any]], path: Path) -> Path:
        """Write the record beside the file."""
        record = recorded(lines, self._display, file=path.name, kind=self._kind, how=self._how)
        put_into(path, json_text(recipe_of(record)))
        return write_whole(record_of(path), f"{json_text(record, indent=1)}\n")


def write(
    kind: str, items: Sequence[Item], path: Path, display: Display | None = None, overwrite: bool = False, **how: Any
) -> Path:
    """Write such a file of heat, and its record."""
    if kind == VOLUME:
        from tfcore.figure.volumes import HeatVolumes

        HeatVolumes(path.parent, overwrite).whole(items, path)
    else:
        from tfcore.figure.dicom import Mapped, parametric_map, segmentation

        slices = [Mapped.of(heat, picture) for heat, picture in items]
        if kind == HEAT:
            parametric_map(slices, path, display, overwrite=overwrite, **how)
        else:
            segmentation(slices, path, overwrite=overwrite, **how)
    with written_as_it_lies():
        lines = [line(heat, path.parent) for heat, _ in items]
    Records(kind, display, **how).keep(lines, path)
    return path


def write_told(figures: Sequence[Sequence[Heat]], path: Path, overwrite: bool = False) -> Path:
    """Write the table of what the titles of figures say."""
    write_predictions(figures, path, overwrite)
    Records(PREDICTIONS).keep([line(heat, path.parent) for heat in answering(figures)], path)
    return path


def unmapped(
    picture: str | Path, sha256: str, model: str, model_hash: str, folder: Path, mask: Mask | None = None
) -> dict[str, Any]:
    """The line of an answer without heat: of a picture, or of every pixel of it."""
    found: dict[str, Any] = plain(
        {
            "picture": {"path": written_from(folder, picture), "sha256": sha256},
            "model": {"source": written_from(folder, model), "hashes": {"model": model_hash}},
            "method": "",
            "params": {},
            "target": {"index": 0},
            "probabilities": [],
            "mask": mask and with_members(mask.as_dict(), lambda model: written_from(folder, model)),
        }
    )
    return found
