"""What is known of a method, metric, architecture or recipe without running it, and what its function promises.

The functions are given themselves; the modules they live in import TensorFlow lazily, so reading a Spec never does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, Protocol, TypeVar

from tfcore.errors import HeatlensError
from tfcore.registry.param import Param

if TYPE_CHECKING:
    from pathlib import Path

    from tfcore.data.dataset import Dataset
    from tfcore.evaluate.images import Images
    from tfcore.evaluate.metric import Outcome
    from tfcore.explain.explanation import Explanation
    from tfcore.explain.lrp.propagate import Propagation
    from tfcore.explain.runners import Answer, Ask, Request
    from tfcore.lazy import keras, tf
    from tfcore.models.parts import Shape

Kind = Literal["method", "metric", "architecture", "recipe"]
Function = TypeVar("Function")

# What stands for the pixels where a layer is named.
INPUT = "input"
# What stands for all stages joined.
ALL_STAGES = "aggregate"
# What stands for every feature map, each by itself.
EVERY = "all"


class Runner(Protocol):
    """Passes: an answer to every ask, in their order. Methods with the same runner are asked together."""

    def __call__(self, request: Request, asks: list[Ask], /) -> list[Answer]: ...


class Formula(Protocol):
    """A map (N, h, w) from A (N, h, w, K) and G = ∂S_c/∂A; at the input values (N, H, W, C) from x and ∂S_c/∂x."""

    def __call__(self, activation: tf.Tensor, gradient: tf.Tensor, /, *args: Any, **settings: Any) -> tf.Tensor: ...


class Weights(Protocol):
    """Weights of channels (N, K), or of each at every position (N, h, w, K), from A and its gradient or relevance."""

    def __call__(self, activation: tf.Tensor, arriving: tf.Tensor, /, *args: Any, **settings: Any) -> tf.Tensor: ...


class Propagating(Protocol):
    """The way in which relevance is propagated under these settings."""

    def __call__(self, *args: Any, **settings: Any) -> Propagation: ...


class Measure(Protocol):
    """A number, a curve or the reason why there is none, for every image of an explanation."""

    def __call__(self, images: Images, found: Explanation, settings: Mapping[str, Any], /) -> list[Outcome]: ...


class Builder(Protocol):
    """The network with fresh weights, or those of a file; it ends in probabilities."""

    def __call__(
        self, classes: int, input_shape: Shape, weights: Path | None, /, *args: Any, **settings: Any
    ) -> keras.Model: ...


class Preparing(Protocol):
    """What a recipe does to the data before they are split, or a sentence that says what they lack."""

    def __call__(self, data: Dataset, /) -> Dataset: ...


@dataclass(frozen=True)
class Spec(Generic[Function]):
    """What all of them have; ``Function`` is the contract of what is entered under it."""

    kind: ClassVar[Kind]

    name: str
    family: str
    summary: str
    params: tuple[Param, ...] = ()
    # Words for what must be there: "layer" (a feature map is picked), "gap-dense", "dropout", "mask" ...
    needs: tuple[str, ...] = ()
    # What a reader should know before believing the result, e.g. "class-agnostic".
    note: str = ""
    # On what terms it may be used, where these are not those of the program.
    terms: str = ""

    def parse(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every parameter with its value: given ones checked, the others at their defaults."""
        known = {param.name: param for param in self.params}
        for name in given:
            if name not in known:
                takes = ", ".join(known) or "no parameters"
                raise HeatlensError(f"{self.name} has no parameter {name!r}; it takes {takes}.")
        return {name: param.parse(given.get(name, param.default)) for name, param in known.items()}

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``: all but the functions."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        told["params"] = [asdict(param) for param in self.params]
        # Keys that every kind has, so that a program can read one list like the other.
        common = {"name": self.name, "kind": self.kind, "takes": (), "signed": False}
        return {**common, **{name: value for name, value in told.items() if value is not None and not callable(value)}}


@dataclass(frozen=True)
class MethodSpec(Spec[Runner]):
    """A way of explaining."""

    kind = "method"

    # Words for what may be picked too: "layer" (a feature map in place of the input).
    takes: tuple[str, ...] = ()
    # Signed maps are drawn with a diverging colour map and symmetric limits.
    signed: bool = False
    # Only differences within a map mean something, so that its values may lie below zero although it is not signed.
    relative: bool = False
    # Takes so long that the window waits for the button.
    slow: bool = False
    # It asks the network and needs no look inside.
    asks: bool = False
    # How often it runs the network for a picture, from its settings, the height and the width of what the network eats.
    passes: Callable[[Mapping[str, Any], int, int], int] | None = None
    # Arrays that may stand in for what it would draw or compute, by name.
    given: tuple[str, ...] = ()
    # How the channels of values at the input become one map: their sum, or the largest magnitude.
    shown: Literal["sum", "largest"] = "sum"
    # What it weighs the channels of a layer with: from A and R where relevance is propagated, else from A and G.
    weights: Weights | None = None
    # For methods that are no more than a formula over the one pass they share.
    formula: Formula | None = None
    # For methods that follow relevance, and the types of layers they can follow it through.
    propagation: Propagating | None = None
    rules: tuple[str, ...] = ()

    @property
    def has_layers(self) -> bool:
        """Whether a feature map can be picked for it."""
        return "layer" in (*self.needs, *self.takes)

    @property
    def by_layer(self) -> bool:
        """Whether one run finds it at every layer."""
        return self.propagation is not None or (self.formula is not None and self.needs == ("layer",))

    @property
    def by_block(self) -> bool:
        """Whether one run finds it at every block of a transformer, and at every head."""
        return any(param.name == "block" for param in self.params)

    def places(self, layers: Sequence[str | None]) -> list[str | None]:
        """At which of these layers it is computed: methods at the input once, those that need a layer nowhere else."""
        if not self.has_layers:
            return [INPUT] if INPUT in layers else list(layers[:1])
        if "layer" in self.needs:
            # Alone it is asked for in earnest, and answered with a sentence.
            return [layer for layer in layers if layer != INPUT] or list(layers)
        return list(layers)


@dataclass(frozen=True)
class MetricSpec(Spec[Measure]):
    """A way of measuring explanations."""

    kind = "metric"

    better: Literal["higher", "lower"] = "higher"
    # The setting that turns this round.
    worse: Mapping[str, Any] = field(default_factory=dict)
    # The setting that names the metric which this one is taken of.
    follows: str = ""
    # Whether it takes those pictures only that are classified as labelled.
    correct_only: bool = False

    def better_with(self, settings: Mapping[str, Any]) -> str:
        """Which direction is better under these settings."""
        turned = bool(self.worse) and self.worse.items() <= settings.items()
        return {"higher": "lower", "lower": "higher"}[self.better] if turned else self.better


@dataclass(frozen=True)
class ArchSpec(Spec[Builder]):
    """A network of the zoo."""

    kind = "architecture"

    input_shape: tuple[int | None, int | None, int] = (224, 224, 3)
    # That of its pretrained weights.
    scaling: str = "1/255"
    task: Literal["classification", "segmentation"] = "classification"
    # Side of a picture in pixels, at least, and of what it must be a multiple.
    smallest: int = 1
    multiple: int = 1
    # Whether height and width may be left open.
    any_size: bool = False
    # Whose ImageNet weights it takes, where not its own.
    pretrained: str = ""


@dataclass(frozen=True)
class RecipeSpec(Spec[Preparing]):
    """A way of training; its family is the task."""

    kind = "recipe"

    # What is trained where nobody says otherwise.
    arch: str = ""
    # By architecture ("" for all others), where the number of epochs is left out.
    epochs: Mapping[str, int] = field(default_factory=dict)
    # Settings that are for reading the data, by the kind of data they are for.
    reading: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
