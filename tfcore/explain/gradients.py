"""Gradients at the input: formulas over x (N, H, W, C) and G = ∂S_c/∂x (METHODS.md §3)."""

from __future__ import annotations

from collections.abc import Callable

from tfcore.explain.cam import Formula
from tfcore.lazy import tf
from tfcore.registry import Spec, register

FAMILY = "gradient"


def input_gradient(
    name: str, summary: str, signed: bool = True, shown: str = "sum", runner: str = "tfcore.explain.passes:run"
) -> Callable[[Formula], Formula]:
    """Enter a formula over (x, G); ``shown`` says how channels become one map: ``sum`` or ``largest`` magnitude."""
    extra = {"runner": runner, "shown": shown}
    return register(Spec(name, kind="method", family=FAMILY, summary=summary, signed=signed, extra=extra))


@input_gradient("saliency", "How strongly the score answers to each pixel", signed=False, shown="largest")
def saliency(_image: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """|∂S/∂x|."""
    return tf.abs(gradient)


@input_gradient("gradient", "In which direction the score answers to each pixel")
def gradient(_image: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """∂S/∂x."""
    return gradient


@input_gradient("grad-times-input", "Gradient times pixel: each pixel's share of a linear score")
def grad_times_input(image: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """x ⊙ ∂S/∂x."""
    return image * gradient
