"""The words the window and the engine exchange.

The window submits a :class:`Job`; events come back, each naming the job it belongs to. Every job carries the image
it is about and the generation of the request, so a late answer can never land on another picture.
"""

from __future__ import annotations

import importlib
import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from tfcore.registry import INPUT

if TYPE_CHECKING:
    import numpy as np

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Job:
    """One thing to do: ``kind`` names a function of ``tfcore.engine.jobs``, ``arguments`` are its keywords."""

    kind: str
    arguments: dict[str, Any]
    image: str | None = None
    generation: int = 0
    title: str = ""
    # Higher goes first; work prepared ahead of need uses negative numbers.
    priority: int = 0
    id: int = field(default_factory=lambda: next(_numbers))


# --- commands: window → engine ---


@dataclass(frozen=True)
class Submit:
    job: Job


@dataclass(frozen=True)
class Cancel:
    id: int


@dataclass(frozen=True)
class Stop:
    pass


# --- events: engine → window ---


@dataclass(frozen=True)
class Ready:
    """The engine has TensorFlow and waits for work."""

    device: str
    devices: tuple[str, ...]
    versions: dict[str, str]
    pid: int


@dataclass(frozen=True)
class Starting:
    """An engine is being started; ``reason`` says why, when it is not the first."""

    reason: str = ""


@dataclass(frozen=True)
class Lost:
    """The engine cannot be kept running and will not be started again by itself."""

    sentence: str


@dataclass(frozen=True)
class Started:
    job: Job


@dataclass(frozen=True)
class Progress:
    job: Job
    done: int
    total: int
    text: str = ""


@dataclass(frozen=True)
class Partial:
    """A piece of the result, ahead of its end (one row of a table, one picture of many)."""

    job: Job
    value: Any


@dataclass(frozen=True)
class Result:
    job: Job
    value: Any
    seconds: float


@dataclass(frozen=True)
class Failed:
    """The job ended without a result. ``sentence`` is for the user, ``log`` names the file with the details.

    ``error`` is the kind of complaint, for the few that the window answers with a question (``"NeedsTrust"``).
    """

    job: Job
    sentence: str
    log: str = ""
    error: str = ""


@dataclass(frozen=True)
class Dropped:
    """The job was cancelled before or while it ran."""

    job: Job


@dataclass(frozen=True)
class Log:
    level: str
    text: str


Event = Ready | Starting | Lost | Started | Progress | Partial | Result | Failed | Dropped | Log


# --- what results hold ---


# The layer name that stands for all stages joined.
ALL_STAGES = "aggregate"


@dataclass(frozen=True)
class LayerInfo:
    """A feature map that can be explained: where it is, what it is, how large it is, which stage it ends."""

    path: str
    kind: str
    shape: tuple[int | None, ...]
    stage: str = ""


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

    def layer_path(self, name: str | None) -> str | None:
        """The path of a layer named by path or stage, if there is one; ``aggregate`` and ``input`` always are."""
        paths = {layer.stage: layer.path for layer in self.layers} | {layer.path: layer.path for layer in self.layers}
        return {**paths, ALL_STAGES: ALL_STAGES, INPUT: INPUT, "": None}.get(name or "")


@dataclass(frozen=True)
class Box:
    """The part of a picture that the network's input covers, in picture pixels (it may reach outside: padding)."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Prediction:
    """What the network says of one picture, without a heatmap."""

    path: str
    classes: tuple[str, ...]
    # The network's own answer (C,): probabilities, but for a network that ends in plain numbers.
    probabilities: np.ndarray
    # In nats; NaN for plain numbers.
    entropy: float = math.nan


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
    # What single methods report beside the map: a completeness gap, relevance at the output, at the input, absorbed.
    facts: dict[str, Any] = field(default_factory=dict)
    # How the map was made where it is not the method's own: which map, of which method, from how many passes …
    made: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sureness:
    """How sure the network is of one picture: many passes with dropout on (METHODS.md §7). Entropies are in nats."""

    path: str
    model: str
    classes: tuple[str, ...]
    # Per class (C,); for a network that answers per pixel every array has (H, W) before its classes.
    mean: np.ndarray
    variance: np.ndarray
    entropy: np.ndarray
    mutual_information: np.ndarray
    # Share of the passes that decide for each class.
    votes: np.ndarray
    # Probability below which 5 % and 95 % of the passes lie (C, 2), and all passes (T, C); None per pixel.
    intervals: np.ndarray | None
    samples: np.ndarray | None
    # Passes done; fewer than asked for where the job was cancelled.
    passes: int
    seed: int
    # The rate of dropout that was put in, None where the network's own was used.
    insert: float | None
    # Random layers other than dropout, which stayed switched off.
    left_inactive: tuple[str, ...]
    # The entropy of a network that knows nothing: the end of the scale.
    largest_entropy: float
    # What the figures say, in a sentence.
    words: str
    box: Box
    seconds: float
    hashes: dict[str, str]

    @property
    def inserted(self) -> bool:
        """Whether dropout was put into a network for these passes."""
        return self.insert is not None


@dataclass(frozen=True)
class HeatSpread:
    """One picture's heatmap over many passes with dropout on: its mean, its spread, and how alike the passes are."""

    path: str
    model: str
    method: str
    layer: str
    params: dict[str, Any]
    classes: tuple[str, ...]
    target: int
    # (H, W) at the network's input size, raw.
    mean: np.ndarray
    sd: np.ndarray
    signed: bool
    # Mean Spearman rank correlation between two passes; NaN where fewer than two maps held anything.
    agreement: float
    passes: int
    # Passes whose map was the same value everywhere, left out of the agreement.
    flat: int
    seed: int
    insert: float | None
    left_inactive: tuple[str, ...]
    box: Box
    seconds: float
    hashes: dict[str, str]


@dataclass(frozen=True)
class DropoutLayers:
    """Which layers of a network many passes switch on, and which other random layers they leave alone."""

    active: tuple[str, ...]
    left_inactive: tuple[str, ...]


@dataclass(frozen=True)
class RelevanceStrip:
    """Relevance of one picture on its way down: a heat per layer, from the output to the pixels."""

    path: str
    method: str
    target: int
    classes: tuple[str, ...]
    # Σ of the relevance the outputs begin with.
    total: float
    heats: tuple[Heat, ...]
    # Per heat the sum of its relevance.
    sums: tuple[float, ...]


Listener = Callable[[Event], None]


class Backend(Protocol):
    """Where jobs run: in this process, or in the engine process. Both keep the same promises (and pass one test)."""

    def submit(self, job: Job) -> int:
        """Take a job; its id."""

    def cancel(self, id: int) -> None:
        """End the job: taken out of the queue, asked to stop, or (engine process) ended by force after 2 s."""

    def withdraw(self, id: int) -> None:
        """Nobody waits for this job any more: it is dropped if it has not begun, and otherwise left to finish."""

    def restart(self, device: str | None = None) -> None:
        """Begin anew, on another device if one is named; what waits goes on."""

    def close(self) -> None:
        """End everything."""


def open_backend(where: str, listener: Listener, device: str | None = None) -> Backend:
    """A running backend: ``where`` is ``"process"`` (the engine process) or ``"here"`` (this process).

    ``listener`` is called with every event, from a thread that is not the caller's. ``device`` is ``None`` (first
    GPU if there is one), ``"cpu"`` or ``"gpu:0"``.
    """
    # Named as text so that who talks to the engine does not import what computes.
    module = {"process": "tfcore.engine.process", "here": "tfcore.engine.here"}[where]
    backend: Backend = importlib.import_module(module).open(listener, device)
    return backend
