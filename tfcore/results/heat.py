"""What a heatmap is: one picture explained, its spread under dropout, its way down through the layers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tfcore.results.rows import Rows

if TYPE_CHECKING:
    import numpy as np

    from tfcore.results.mask import Mask
    from tfcore.results.prediction import Belief, Insert, Sureness
    from tfcore.results.shift import Shift
    from tfcore.results.verdict import Verdict


@dataclass(frozen=True)
class Box:
    """The part of a picture that the network's input covers, in picture pixels (it may reach outside: padding)."""

    x: float
    y: float
    width: float
    height: float


def placed(stage: str, layer: str) -> str:
    """A layer with the stage that it ends, if it ends one.

    >>> placed("stage4", "conv2d_10"), placed("", "conv2d_9")
    ('stage4 (conv2d_10)', 'conv2d_9')
    """
    return f"{stage} ({layer})" if stage not in ("", layer) else layer


@dataclass(frozen=True)
class Outline:
    """A line on a picture, from (column, row) to (column, row), and what is said of it."""

    points: tuple[tuple[float, float], ...]
    words: str = ""


# Of results that no picture was named for.
NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True)
class Heat:
    """One picture explained: what the canvas, the bars and the export need."""

    path: str
    model: str
    method: str
    layer: str
    params: dict[str, Any]
    classes: tuple[str, ...]
    probabilities: np.ndarray
    logits: np.ndarray
    target: int
    # The raw map at the network's input size, and at the layer's own.
    map: np.ndarray
    native: np.ndarray
    signed: bool
    degenerate: bool
    box: Box
    seconds: float
    hashes: dict[str, str]
    # Of the probabilities, in nats; NaN for plain numbers.
    entropy: float = math.nan
    note: str = ""
    # Where the network's weights come from (tfcore.results.WEIGHTS).
    weights: str = "file"
    # The part of the picture that the target is explained for, as box=…, point=… or mask=…; empty for all of it.
    region: str = ""
    # The stage that the layer ends; empty where it ends none.
    stage: str = ""
    # What many passes with dropout on say of the picture, where they stand in place of the single prediction.
    sureness: Sureness | None = None
    # What single methods report beside the map: a completeness gap, relevance at the output, at the input, absorbed.
    facts: dict[str, Any] = field(default_factory=dict)
    # How the map was made where it is not the method's own: which map, of which method, from how many passes …
    made: dict[str, Any] = field(default_factory=dict)
    # Whether it deserves belief, where that was asked for.
    verdict: Verdict | None = None
    # Of a network that answers for every pixel: the share of the picture that each class covers (C,).
    shares: np.ndarray | None = None
    # The class that lies around all others; none where labels may overlap.
    around: int | None = 0
    # How far the answer may be believed, by the model's card.
    belief: Belief | None = None
    # How far it lies from the training pictures, where that is known.
    shift: Shift | None = None
    # What it draws, where that is seen with the heat.
    mask: Mask | None = None
    # Regions, distances and angles on the picture, where its figure shows them.
    regions: tuple[Outline, ...] = ()
    # What it is coloured in whatever was picked for heat, where it is no heat.
    colours: str = ""
    # Which image of a batch of how many it was: the last digits hang on it.
    batch: tuple[int, int] = (0, 1)
    # Methods with their layers that came out of the same pass, none where it came alone: so do they.
    beside: tuple[tuple[str, str], ...] = ()
    # How the model's card says that pictures are prepared.
    fed: dict[str, str] = field(default_factory=dict)

    @property
    def unfinished(self) -> bool:
        """Whether it is an estimate that was ended before all was asked."""
        return bool(self.facts.get("unfinished"))

    @property
    def found(self) -> str:
        """What is to be said of it in words, once it is whole."""
        return "" if self.unfinished else str(self.facts.get("said", ""))

    @property
    def place(self) -> str:
        """The layer by the name it has everywhere: ``stage4 (conv2d_10)``; of several joined, how many; of attention
        the block and the head.
        """
        if self.params.get("block"):
            return ", ".join(f"{name} {self.params[name]}" for name in ("block", "head") if self.params.get(name))
        joined = self.layer.count("+") + 1
        return f"{joined} layers joined" if joined > 1 else placed(self.stage, self.layer)


@dataclass(frozen=True, eq=False)
class HeatSpread(Rows):
    """A method's heatmaps of N images (or of one, see :class:`Rows`) over T passes with dropout on, for a class that
    stays the same: their mean, their spread, and how alike the passes are.
    """

    method: str
    layer: str
    params: dict[str, Any]
    classes: tuple[str, ...]
    # (N,): the class explained.
    targets: np.ndarray
    # (N, H, W): mean and standard deviation (1/T) of the raw maps at the size of the input.
    mean: np.ndarray
    sd: np.ndarray
    # (N, h, w): mean of the raw maps at the size of the layer.
    native: np.ndarray
    signed: bool
    # (N,): mean Spearman rank correlation between two passes; 1 is the same order everywhere, NaN undefined.
    agreement: np.ndarray
    # (N,): passes whose map was the same value everywhere: it has no ranks and is left out of ``agreement``.
    flat: np.ndarray
    passes: int
    seed: int
    insert: Insert
    left_inactive: tuple[str, ...]
    model: str
    seconds: float
    path: str = ""
    box: Box = NOWHERE
    hashes: dict[str, str] = field(default_factory=dict)
    weights: str = "file"

    @property
    def inserted(self) -> bool:
        """Whether dropout was put into a network for these passes."""
        return self.insert is not None


@dataclass(frozen=True)
class LayerStrip:
    """One picture layer by layer, a heat for each: of relevance on its way down from the output to the pixels, of
    other methods from the input to the output.
    """

    path: str
    method: str
    target: int
    classes: tuple[str, ...]
    # Σ of the relevance the outputs begin with; 0 of other methods.
    total: float
    heats: tuple[Heat, ...]
    # Per heat the sum of its relevance; empty of other methods.
    sums: tuple[float, ...]
