"""Gradients at the input: formulas over x (N, H, W, C) and G = ∂S_c/∂x (METHODS.md §3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from tfcore.explain.passes import one_pass, run
from tfcore.lazy import tf
from tfcore.registry import Formula, MethodSpec, Runner

FAMILY = "gradient"


def input_gradient(
    name: str, summary: str, signed: bool = True, shown: Literal["sum", "largest"] = "sum", run: Runner = run
) -> Callable[[Formula], Formula]:
    """Enter a formula over (x, G); ``shown`` says how channels become one map."""
    return one_pass(MethodSpec(name, FAMILY, summary, signed=signed, shown=shown), run)


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
