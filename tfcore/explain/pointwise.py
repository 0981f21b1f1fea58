"""Changing what the nonlinearities of a network do while it runs, wherever they are written, without touching it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfcore.models.program import Call, Step, infer
from tfcore.models.twins import twin as twin_of

Function = Callable[[Any], Any]
# change(name, function) gives what is to run instead, e.g. change("relu", relu).
Change = Callable[[str, Function], Function]

# Layers and bare operations that are a pointwise function and nothing else, by the name of that function.
_LAYERS = {
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "PReLU": "prelu",
    "ELU": "elu",
    **{
        name: name.lower()
        for name in ("Relu", "Relu6", "Elu", "Selu", "Gelu", "Silu", "Sigmoid", "Softplus", "Softsign", "Tanh", "Mish")
    },
    "HardSigmoid": "hard_sigmoid",
    "HardSilu": "hard_silu",
    "LeakyRelu": "leaky_relu",
}
_NOT_POINTWISE = ("linear", "softmax", "log_softmax")


def changed(change: Change, otherwise: Call = infer) -> Call:
    """A call for :meth:`Program.run` in which every pointwise nonlinearity is replaced by ``change`` of it."""

    def call(step: Step, *args: Any, **kwargs: Any) -> Any:
        if step.kind in _LAYERS:
            return change(_LAYERS[step.kind], lambda value: infer(step, value, **kwargs))(*args)
        activation = getattr(step.operation, "activation", None)
        name = _name(activation)
        if activation is None or name in _NOT_POINTWISE:
            return otherwise(step, *args, **kwargs)
        twin = twin_of(step.operation, activation=change(name, activation))
        if getattr(twin, "_call_has_training_arg", False):
            kwargs["training"] = False
        return twin(*args, **kwargs)

    return call


def _name(activation: Any) -> str:
    return str(getattr(activation, "__name__", None) or type(activation).__name__.lower())
