"""What holds for one frame: its own groups before the shared ones before the file's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tfcore.pictures.look import Look, Sigmoid, Table
from tfcore.pictures.sides import of_directions

_UNITS = {"HU", "OD", "Z_EFF", "ED", "MGML"}


class Frame:
    """Facts about frame ``number`` of a file."""

    def __init__(self, data: Any, number: int) -> None:
        self._data = data
        shared = data.get("SharedFunctionalGroupsSequence") or [{}]
        own = data.get("PerFrameFunctionalGroupsSequence") or []
        self._groups = [own[number] if number < len(own) else {}, shared[0]]

    def get(self, keyword: str, sequence: str) -> Any:
        """A value of one of the functional groups, or the file's own."""
        for group in self._groups:
            items = group.get(sequence)
            if items and keyword in items[0]:
                return items[0].get(keyword)
        return self._data.get(keyword)

    def numbers(self, keyword: str, sequence: str) -> list[float]:
        """Its values, or none where one of them is no number."""
        found = self.get(keyword, sequence)
        try:
            values = [] if found is None else [float(each) for each in (found if _several(found) else [found])]
        except (TypeError, ValueError):
            return []
        return values if all(map(math.isfinite, values)) else []

    # --- where it lies ---

    @property
    def spacing(self) -> tuple[tuple[float, float] | None, str]:
        """Millimetres between rows and between columns, and a note where the file says what cannot be."""
        for keyword in ("PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing"):
            found = self.numbers(keyword, "PixelMeasuresSequence")
            if len(found) == 2:
                if min(found) > 0:
                    return (found[0], found[1]), ""
                return None, f"the pixel spacing {found[0]:g} × {found[1]:g} mm cannot be and is not used"
        return None, ""

    @property
    def sides(self) -> str:
        """Which sides of the patient are at the edges; the standard's first two axes run to the left and the back."""
        ways = self.numbers("ImageOrientationPatient", "PlaneOrientationSequence")
        flip = np.array([-1, -1, 1])
        return of_directions(ways[:3] * flip, ways[3:] * flip) if len(ways) == 6 else ""

    # --- what its values mean ---

    def values(self, stored: np.ndarray) -> np.ndarray:
        """Stored values after the modality's table, or its slope and intercept: exact integers where they are."""
        if (item := self._table("ModalityLUTSequence", "PixelValueTransformationSequence")) is not None:
            table, first, _ = item
            places = np.clip(stored.astype(np.int64) - first, 0, len(table) - 1)
            return np.asarray(table[places])
        slope, intercept = (
            (self.numbers(keyword, "PixelValueTransformationSequence") or [usual])[0]
            for keyword, usual in (("RescaleSlope", 1.0), ("RescaleIntercept", 0.0))
        )
        # A slope of 0 would make every value the same; it is what writers put who have none.
        slope = slope or 1.0
        if (slope, intercept) == (1, 0):
            return stored
        if stored.dtype.kind == "f" or slope % 1 or intercept % 1:
            return stored * slope + intercept
        edges = [int(edge) * int(slope) + int(intercept) for edge in (stored.min(), stored.max())]
        kind = next(
            (kind for kind in (np.int16, np.int32) if all(abs(edge) < np.iinfo(kind).max for edge in edges)), None
        )
        if kind is None:
            return stored * slope + intercept
        return (stored.astype(np.int64) * int(slope) + int(intercept)).astype(kind)

    @property
    def unit(self) -> str:
        """That of the values, where it is one of the standard's."""
        said = str(self.get("RescaleType", "PixelValueTransformationSequence") or "").strip().upper()
        if said in _UNITS:
            return said.replace("MGML", "mg/ml")
        rescaled = bool(self.numbers("RescaleSlope", "PixelValueTransformationSequence"))
        return "HU" if self._data.get("Modality") == "CT" and not said and rescaled else ""

    def look(self) -> tuple[tuple[float, float] | None, Look | None]:
        """The values shown black and white by the table or else the first window, and the way between them."""
        if (item := self._table("VOILUTSequence", "FrameVOILUTSequence")) is not None:
            table, first, bits = item
            levels = np.clip(table * (255 / (2**bits - 1)), 0, 255)
            return (float(first), float(first + max(len(table) - 1, 1))), Table(levels, first)
        centres = self.numbers("WindowCenter", "FrameVOILUTSequence")
        widths = self.numbers("WindowWidth", "FrameVOILUTSequence")
        if not centres or not widths:
            return None, None
        centre, width = centres[0], widths[0]
        look = None
        match str(self.get("VOILUTFunction", "FrameVOILUTSequence") or "LINEAR").strip():
            case "SIGMOID":
                low, high, look = centre - width, centre + width, Sigmoid(centre, width)
            case "LINEAR_EXACT":
                low, high = centre - width / 2, centre + width / 2
            case _:
                # The standard's −½ and −1; a width of 1 is a step.
                half = max((width - 1) / 2, 1e-3)
                low, high = centre - 0.5 - half, centre - 0.5 + half
        # Numbers so large that there is nothing between them are no window, and neither is one of no width.
        if width <= 0 or not low < high or not math.isfinite(high - low):
            return None, None
        return (low, high), look

    def _table(self, keyword: str, group: str) -> tuple[np.ndarray, int, int] | None:
        """A lookup table: its entries, the value of the first, and the bits of an entry."""
        items = self.get(keyword, group)
        if not items or "LUTData" not in items[0] or "LUTDescriptor" not in items[0]:
            return None
        length, first, bits = (int(each) for each in items[0].LUTDescriptor)
        length, packed = length or 2**16, items[0].LUTData
        # Signed, but written as if it were not.
        if first >= 2**15 and (self._data.get("PixelRepresentation") or self.numbers("RescaleIntercept", "")):
            first -= 2**16
        if isinstance(packed, bytes):
            order = "<" if self._data.original_encoding[1] else ">"
            table = np.frombuffer(packed, "u1" if len(packed) < 2 * length else f"{order}u2")
        else:
            table = np.array(packed, np.int64)
        table = table[:length].astype(np.int32)
        return (table, first, max(1, min(bits, 16))) if table.size else None


def _several(value: Any) -> bool:
    return not isinstance(value, str) and hasattr(value, "__iter__")
