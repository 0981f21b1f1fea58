"""What is told of a network: its facts, its layers, its dropout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tfcore.registry import ALL_STAGES, INPUT
from tfcore.results.heat import placed

# Where a network's weights come from: all from a file, from a Keras model at hand, a pretrained base below a classifier
# that nobody has trained, or nowhere.
WEIGHTS = ("file", "given", "random classifier", "random")


def untrained(weights: str) -> str:
    """What has to be said beside the answers of a network with such weights; nothing where it may have learnt.

    >>> untrained("random"), untrained("file")
    ('random weights', '')
    """
    return {"random": "random weights", "random classifier": "random classifier"}.get(weights, "")


@dataclass(frozen=True)
class LayerInfo:
    """A feature map that can be explained: where it is, what it is, how large it is, which stage it ends."""

    path: str
    kind: str
    shape: tuple[int | None, ...]
    stage: str = ""

    @property
    def place(self) -> str:
        """Its name for readers: ``stage4 (conv2d_10)``."""
        return placed(self.stage, self.path)


@dataclass(frozen=True)
class ModelInfo:
    """What the window shows of an opened model."""

    name: str
    source: str
    classes: tuple[str, ...]
    input_shape: tuple[int | None, ...]
    parameters: int
    layers: tuple[LayerInfo, ...]
    default_layer: str
    card: dict[str, Any]
    # Names of card fields that nobody stated.
    guessed: tuple[str, ...]
    task: str = "classification"
    # What the network answers with, and what of it is explained.
    answers: str = ""
    # Whether only the card can say what the network's values mean.
    outputs_open: bool = False
    # One of WEIGHTS.
    weights: str = "file"
    # Of a model that can only be asked: what it is; and which of its outputs could be asked.
    box: str = ""
    heads: tuple[str, ...] = ()
    # Of a network that segments: the classes of its masks, first what lies around all others; and whether they are
    # there from a probability on.
    mask_classes: tuple[str, ...] = ()
    thresholded: bool = False

    def layer_path(self, name: str | None) -> str | None:
        """The path of a layer named by path or stage, if there is one; ``aggregate`` and ``input`` always are."""
        paths = {layer.stage: layer.path for layer in self.layers} | {layer.path: layer.path for layer in self.layers}
        return {**paths, ALL_STAGES: ALL_STAGES, INPUT: INPUT, "": None}.get(name or "")


@dataclass(frozen=True)
class DropoutLayers:
    """Which layers of a network many passes switch on, and which other random layers they leave alone."""

    active: tuple[str, ...]
    left_inactive: tuple[str, ...]
