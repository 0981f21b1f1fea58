"""How a linear layer hands the relevance R of its outputs to its inputs (METHODS.md §4).

Every rule shares R_j over the contributions x_i·w_ij (some of them, some scaled): R_i = Σ_j c_ij · R_j / Σ_i c_ij. That
is a gradient times input: x ⊙ ∂z/∂x applied to s = R/z, so each rule is a few lines about which x meets which w.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from tfcore.errors import HeatlensError
from tfcore.lazy import tf

Tensor = Any
# The relevance of the inputs, and per image how much no input received.
Handed = tuple[Tensor, Tensor]
EPSILON = 1e-6


@dataclass(frozen=True, eq=False)
class Linear:
    """A linear layer in the middle of a run: z = operation(x, kernel) + bias."""

    x: Tensor
    operation: Callable[[Tensor, Tensor], Tensor]
    kernel: Tensor
    # None where there is none, or where it shall take no share.
    bias: Tensor | None
    # Known without looking: x holds no negative value, so half of the products need not be computed.
    nonnegative: bool
    # One where x holds a value, zero where it was only padded.
    present: Callable[[], Tensor]
    # The least and the greatest x can be.
    bounds: Callable[[], tuple[Tensor, Tensor]]


class Rule(Protocol):
    """From a layer and the relevance of its outputs to that of its inputs."""

    @property
    def positive(self) -> bool:
        """Whether additions are shared by positive contributions (else by signed ones)."""

    @property
    def of_picture(self) -> bool:
        """Whether the rule makes sense only where the inputs are pixels, not evidence."""

    def __call__(self, layer: Linear, relevance: Tensor) -> Handed: ...


@dataclass(frozen=True)
class Epsilon:
    """z-rule: every contribution takes its share, signs included; z + ε·sign(z) keeps the shares finite."""

    epsilon: float = EPSILON
    positive: ClassVar[bool] = False
    of_picture: ClassVar[bool] = False

    def __call__(self, layer: Linear, relevance: Tensor) -> Handed:
        return _handed(layer, [(layer.x, layer.kernel)], layer.bias, relevance, self.epsilon)


@dataclass(frozen=True)
class AlphaBeta:
    """α times the share among positive contributions minus β times that among negative ones (004, Algorithm 1)."""

    alpha: float = 1.0
    beta: float = 0.0
    epsilon: float = EPSILON
    positive: ClassVar[bool] = True
    of_picture: ClassVar[bool] = False

    def __call__(self, layer: Linear, relevance: Tensor) -> Handed:
        rising, falling = _signed(layer.kernel)
        gained, kept = self._side(layer, rising, falling, relevance, +1)
        if self.alpha != 1:
            gained, kept = self.alpha * gained, self.alpha * kept
        if self.beta:
            lost, returned = self._side(layer, falling, rising, relevance, -1)
            gained, kept = gained - self.beta * lost, kept - self.beta * returned
        return gained, kept

    def _side(self, layer: Linear, above: Tensor, below: Tensor, relevance: Tensor, sign: int) -> Handed:
        """The share of the contributions of one sign: x⁺ meets ``above``, x⁻ meets ``below``."""
        bias = None if layer.bias is None else (tf.nn.relu(layer.bias) if sign > 0 else tf.minimum(layer.bias, 0.0))
        return _handed(layer, _pairs(layer, above, below), bias, relevance, self.epsilon, sign)


@dataclass(frozen=True)
class Gamma:
    """Contributions of the output's own sign count 1+γ times."""

    gamma: float = 0.25
    epsilon: float = EPSILON
    positive: ClassVar[bool] = False
    of_picture: ClassVar[bool] = False

    def __call__(self, layer: Linear, relevance: Tensor) -> Handed:
        kernel, bias = layer.kernel, layer.bias
        up, down = (kernel + self.gamma * part for part in _signed(kernel))
        bias_up, bias_down = (None, None) if bias is None else (bias + self.gamma * part for part in _signed(bias))
        z = layer.operation(layer.x, kernel)
        above = (z if bias is None else z + bias) >= 0
        nothing = tf.zeros_like(relevance)
        gained, kept = _handed(
            layer, _pairs(layer, up, down), bias_up, tf.where(above, relevance, nothing), self.epsilon
        )
        lost, returned = _handed(
            layer, _pairs(layer, down, up), bias_down, tf.where(above, nothing, relevance), self.epsilon
        )
        return gained + lost, kept + returned


@dataclass(frozen=True)
class OfDense:
    """z-rule in a classifier; a dense layer at every position of a transformer is a convolution, and follows α1β0.

    One z-rule behind the other would let relevance grow without limit over the blocks of a transformer.
    """

    epsilon: float = EPSILON
    positive: ClassVar[bool] = False
    of_picture: ClassVar[bool] = False

    def __call__(self, layer: Linear, relevance: Tensor) -> Handed:
        rule: Rule = Epsilon(self.epsilon) if layer.x.shape.rank == 2 else AlphaBeta(epsilon=self.epsilon)
        return rule(layer, relevance)


@dataclass(frozen=True)
class Flat:
    """Every input that is there takes the same share, whatever its value or weight."""

    epsilon: float = EPSILON
    positive: ClassVar[bool] = True
    of_picture: ClassVar[bool] = True

    def __call__(self, layer: Linear, relevance: Tensor) -> Handed:
        pairs = [(layer.present(), tf.ones_like(layer.kernel))]
        return _handed(layer, pairs, None, relevance, self.epsilon, +1)


@dataclass(frozen=True)
class ZBox:
    """z^B: contributions x·w − l·w⁺ − h·w⁻ of inputs between l and h, none of which is negative."""

    epsilon: float = EPSILON
    positive: ClassVar[bool] = True
    of_picture: ClassVar[bool] = True

    def __call__(self, layer: Linear, relevance: Tensor) -> Handed:
        low, high = layer.bounds()
        rising, falling = _signed(layer.kernel)
        # x·w − l·w⁺ − h·w⁻ = (x − l)·w⁺ + (x − h)·w⁻
        pairs = [(layer.x - low, rising), (layer.x - high, falling)]
        return _handed(layer, pairs, None, relevance, self.epsilon, +1)


_RULES: dict[str, tuple[type, tuple[str, ...]]] = {
    "epsilon": (Epsilon, ("epsilon",)),
    "alphabeta": (AlphaBeta, ("alpha", "beta")),
    "gamma": (Gamma, ("gamma",)),
    "flat": (Flat, ()),
    "z-box": (ZBox, ()),
}


def rule_named(text: str, epsilon: float = EPSILON) -> Rule:
    """The rule written as ``epsilon``, ``epsilon(0.01)``, ``alphabeta(2,1)``, ``gamma(0.1)``, ``flat`` or ``z-box``."""
    name, _, numbers = text.replace(" ", "").partition("(")
    if name in _RULES and re.fullmatch(r"[^()]*\)|", numbers):
        kind, takes = _RULES[name]
        try:
            given = [float(number) for number in numbers.rstrip(")").split(",") if number]
            rule: Rule = kind(**{"epsilon": epsilon, **dict(zip(takes, given, strict=False))})
        except ValueError:
            given = [float("nan")] * 9
        if len(given) <= len(takes):
            return rule
    raise HeatlensError(
        f"{text!r} is not a rule; write epsilon, epsilon(0.01), alphabeta(2,1), gamma(0.25), flat or z-box."
    )


def stabilised(z: Tensor, epsilon: float) -> Tensor:
    """z + ε·sign(z) with sign(0) = +1."""
    return z + tf.where(z >= 0, epsilon, -epsilon)


def per_image(values: Tensor) -> Tensor:
    """(N,): the sum of everything an image holds."""
    return tf.reduce_sum(tf.reshape(values, (tf.shape(values)[0], -1)), -1)


def _signed(weights: Tensor) -> tuple[Tensor, Tensor]:
    return tf.nn.relu(weights), tf.minimum(weights, 0.0)


def _pairs(layer: Linear, above: Tensor, below: Tensor) -> list[tuple[Tensor, Tensor]]:
    """x⁺ with one set of weights and x⁻ with the other."""
    if layer.nonnegative:
        return [(layer.x, above)]
    rising, falling = _signed(layer.x)
    return [(rising, above), (falling, below)]


def _handed(
    layer: Linear,
    pairs: Sequence[tuple[Tensor, Tensor]],
    bias: Tensor | None,
    relevance: Tensor,
    epsilon: float,
    sign: int = 0,
) -> Handed:
    """Relevance shared over the contributions of all pairs of inputs and weights; the bias takes a share too.

    ``sign`` states the sign of all contributions where the rule knows it; the denominator is then cheaper.
    """
    inputs = [x for x, _ in pairs]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(inputs)
        z = tf.add_n([layer.operation(x, weights) for x, weights in pairs])
    if sign:
        stays = tf.fill([z.shape[-1]], sign * epsilon) if bias is None else bias + sign * epsilon
        shares = relevance / tf.nn.bias_add(z, stays)
        # Only sums over images are wanted: one product with a vector instead of two passes over all values.
        kept = per_image(tf.reshape(tf.reshape(shares, (-1, z.shape[-1])) @ stays[:, None], tf.shape(shares)[:-1]))
    else:
        denominator = stabilised(z if bias is None else z + bias, epsilon)
        shares = relevance / denominator
        kept = per_image(shares * (denominator - z))
    slopes = tape.gradient(z, inputs, output_gradients=shares)
    return tf.add_n([x * slope for x, slope in zip(inputs, slopes, strict=True)]), kept
