"""Guided backpropagation and deconvolution: only positive evidence travels back through a ReLU (METHODS.md §3)."""

from __future__ import annotations

from typing import Any

from tfcore.explain import passes
from tfcore.explain.gradients import FAMILY, input_gradient
from tfcore.explain.pointwise import Change, Function, changed
from tfcore.explain.resize import to_input
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.lazy import tf
from tfcore.registry import MethodSpec, find, register

_RELUS = ("relu", "relu6")


def _rectified(only_active: bool) -> Change:
    """ReLUs that pass a gradient only where it is positive; with ``only_active`` where their input is, too."""

    def change(name: str, function: Function) -> Function:
        if name not in _RELUS:
            return function

        @tf.custom_gradient
        def relu(value: tf.Tensor) -> tuple[tf.Tensor, Any]:
            with tf.GradientTape(watch_accessed_variables=False) as tape:
                tape.watch(value)
                result = function(value)

            def backward(incoming: tf.Tensor) -> tf.Tensor:
                if not only_active:
                    return tf.nn.relu(incoming)
                # The slope of the function itself: a ReLU6 also stops what is above 6.
                passed = tape.gradient(result, value, tf.nn.relu(incoming))
                return tf.where(value > 0, passed, tf.zeros_like(passed))

            return result, backward

        return relu

    return change


_GUIDED, _DECONVOLVED = changed(_rectified(True)), changed(_rectified(False))


def run(request: Request, asks: list[Ask]) -> list[Answer]:
    return passes.run(request, asks, _GUIDED)


def deconvolved(request: Request, asks: list[Ask]) -> list[Answer]:
    return passes.run(request, asks, _DECONVOLVED)


@input_gradient("guided-backprop", "Gradient along positive paths only: fine outlines", run=run)
def guided_backprop(_image: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """∂S/∂x where every ReLU passes a gradient only if it and the ReLU's input are positive."""
    return gradient


@input_gradient(
    "deconvnet", "Positive gradients sent back whatever was active", signed=False, shown="largest", run=deconvolved
)
def deconvnet(_image: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """∂S/∂x where every ReLU passes a gradient only if it is positive, whether its input was or not."""
    return gradient


@register(
    MethodSpec(
        "guided-grad-cam",
        family=FAMILY,
        summary="Fine outlines where grad-cam finds the evidence",
        needs=("layer",),
        signed=True,
    )
)
def guided_grad_cam(request: Request, asks: list[Ask]) -> list[Answer]:
    """guided-backprop ⊙ upsampled grad-cam."""
    coarse = passes.run(request, [Ask(find("method", "grad-cam"), {}, ask.layer) for ask in asks])
    (fine,) = run(request, [Ask(find("method", "guided-backprop"), {}, None)])
    assert fine.values is not None
    height, width = request.batch.shape[1:3]
    return [
        passes.answer(ask, fine.values * to_input(cam.native, height, width)[..., None], cam.logits, cam.targets)
        for ask, cam in zip(asks, coarse, strict=True)
    ]
