"""What filters stand for: which of them fire where an expert marked something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

# From this IoU on a filter is a detector (Bau et al. 2017).
DETECTS = 0.04


class Detector(NamedTuple):
    """A filter and the concept that it covers best; ``chance`` is what it reaches with concepts of other pictures."""

    layer: str
    filter: int
    concept: str
    iou: float
    iou_mean: float
    chance: float

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from all others, whatever numbers are not known."""
        return self.layer, self.filter


class Fires(NamedTuple):
    """A picture that a filter fires in: as it is seen (H, W, 3), where it fires, and where its concept is (H, W)."""

    picture: str
    image: np.ndarray
    mask: np.ndarray
    concept: np.ndarray


@dataclass(frozen=True, eq=False)
class Dissected:
    """K filters of a layer held against C concepts over N pictures; rows of dead filters are NaN."""

    layer: str
    # (K,): the quantile of each filter's activation, and how far off it can be (0 where all values were at hand).
    thresholds: np.ndarray
    error: np.ndarray
    # (K,): filters whose threshold is their lowest activation.
    dead: np.ndarray
    # (K, C): pooled over the pictures, of masks as they are and of those that were cleaned; of the latter also the
    # mean over the pictures that hold the concept, and the pooled IoU with the concepts of other pictures.
    iou_raw: np.ndarray
    iou: np.ndarray
    iou_mean: np.ndarray
    iou_shuffled: np.ndarray
    # (K, few): the pictures, by number, that each filter fires most strongly in, the strongest first.
    strongest: np.ndarray
    # Makes the masks anew, since those of a large data set fill a disk.
    _packed: Callable[[], tuple[np.ndarray, tuple[int, ...]]] | None = field(default=None, repr=False)

    @property
    def masks(self) -> np.ndarray:
        """(N, K, H, W) bool: where each filter fires, made when they are asked for."""
        import numpy as np

        if self._packed is None:
            raise ValueError("masks are made where the model is")
        packed, shape = self._packed()
        return np.unpackbits(packed, axis=-1, count=shape[-1] * shape[-2]).reshape(shape).astype(bool)

    def __getstate__(self) -> dict[str, Any]:
        # The model behind the masks stays where it is.
        return {**self.__dict__, "_packed": None}


class Dissection(dict[str, Dissected]):
    """Layers by the name they were asked by, in the order of the network."""

    def __init__(
        self,
        layers: Mapping[str, Dissected],
        concepts: tuple[str, ...],
        pictures: tuple[str, ...] = (),
        unread: tuple[str, ...] = (),
        facts: Mapping[str, Any] | None = None,
        shown: Callable[[Dissection, Sequence[Detector], int], dict[Detector, list[Fires]]] | None = None,
    ) -> None:
        super().__init__(layers)
        self.concepts = concepts
        # Their addresses, in the order in which they were seen.
        self.pictures = pictures
        # A sentence for each that could not be used.
        self.unread = unread
        self.facts = dict(facts or {})
        self._shown = shown
        # (h, w, 3) uint8: the best filters over the picture that each fires most strongly in.
        self.thumbnails: dict[tuple[str, int], np.ndarray] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        made = dict(self), self.concepts, self.pictures, self.unread, self.facts
        # What makes pictures anew stays where the model is.
        return Dissection, made, {"_shown": None, "thumbnails": self.thumbnails}

    def shown(self, detectors: Sequence[Detector], few: int = 5) -> dict[Detector, list[Fires]]:
        """The pictures that each of these filters fires most strongly in, made when they are asked for."""
        if self._shown is None:
            raise ValueError("pictures are shown where the model is")
        return self._shown(self, detectors, few)

    @property
    def held(self) -> tuple[str, ...]:
        """The concepts that any picture holds."""
        return tuple(name for name in self.concepts if self.facts.get("holding", {}).get(name, 1))

    def best(self) -> list[Detector]:
        """Every living filter with its best concept, the surest first."""
        found = [
            self._best(name, layer, index)
            for name, layer in self.items()
            for index in range(len(layer.dead))
            if not layer.dead[index]
        ]
        return sorted(found, key=lambda one: -one.iou)

    def _best(self, name: str, layer: Dissected, index: int) -> Detector:
        import numpy as np

        concept = int(np.nan_to_num(layer.iou[index], nan=-1.0).argmax())
        numbers = (layer.iou, layer.iou_mean, layer.iou_shuffled)
        return Detector(name, index, self.concepts[concept], *(float(each[index, concept]) for each in numbers))

    def summary(self, least: float = DETECTS) -> list[dict[str, Any]]:
        """Per layer how many filters there are, live, and detect each concept; ``by chance``: with shuffled ones, which
        there are none of where all pictures are of one patient.
        """
        import numpy as np

        rows = []
        for name, layer in self.items():
            detects, chance = (each >= least for each in (layer.iou, layer.iou_shuffled))
            rows.append(
                {
                    "layer": name,
                    "filters": len(layer.dead),
                    "dead": int(layer.dead.sum()),
                    "detectors": int(detects.any(1).sum()),
                    "by chance": None if np.isnan(layer.iou_shuffled[~layer.dead]).all() else int(chance.any(1).sum()),
                    **{concept: int(detects[:, self.concepts.index(concept)].sum()) for concept in self.held},
                }
            )
        return rows


@dataclass(frozen=True, eq=False)
class FilterMasks:
    """Where each of K filters fires in one picture."""

    path: str
    layer: str
    # (K, ⌈hw/8⌉) uint8: masks on the grid of the network's input, eight places a byte, and the size of that grid.
    packed: np.ndarray
    grid: tuple[int, int]
    # For each row and column of the picture the place of the grid that covers it; −1 where the network does not look.
    rows: np.ndarray
    columns: np.ndarray

    def mask(self, index: int) -> np.ndarray:
        """(H, W) bool: where a filter fires, on the picture's own pixels."""
        import numpy as np

        on_grid = np.unpackbits(self.packed[index], count=self.grid[0] * self.grid[1]).reshape(self.grid).astype(bool)
        there = (self.rows >= 0)[:, None] & (self.columns >= 0)
        found: np.ndarray = on_grid[np.ix_(self.rows, self.columns)] & there
        return found

    def at(self, x: float, y: float) -> list[int]:
        """The filters that fire at a place of the picture."""
        row, column = int(y), int(x)
        if not (0 <= row < len(self.rows) and 0 <= column < len(self.columns)):
            return []
        place = int(self.rows[row]) * self.grid[1] + int(self.columns[column])
        if self.rows[row] < 0 or self.columns[column] < 0:
            return []
        bits = self.packed[:, place // 8] >> (7 - place % 8) & 1
        found: list[int] = bits.nonzero()[0].tolist()
        return found
