"""Changing what the nonlinearities of a network do while it runs, wherever they are written, without touching it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfcore.lazy import tf
from tfcore.models.kinds import ACROSS, function_of
from tfcore.models.program import Call, Step, infer
from tfcore.models.twins import twin as twin_of

Function = Callable[[Any], Any]
# change(name, function) gives what is to run instead, e.g. change("relu", relu).
Change = Callable[[str, Function], Function]


def changed(change: Change, otherwise: Call = infer) -> Call:
    """A call for :meth:`Program.run` in which every pointwise nonlinearity is replaced by ``change`` of it."""

    def call(step: Step, *args: Any, **kwargs: Any) -> Any:
        name = function_of(step.operation)
        if name == "linear" or name in ACROSS:
            return otherwise(step, *args, **kwargs)
        activation = getattr(step.operation, "activation", None)
        if activation is None:
            return change(name, lambda value: infer(step, value, **kwargs))(*args)
        twin = twin_of(step.operation, activation=change(name, activation))
        if getattr(twin, "_call_has_training_arg", False):
            kwargs["training"] = False
        return twin(*args, **kwargs)

    return call


def with_slopes(result: Any, *terms: tuple[Any, Any]) -> Any:
    """``result`` in value, Σ slope·value in gradient."""
    found = tf.stop_gradient(result)
    for slope, value in terms:
        found += tf.stop_gradient(slope) * (value - tf.stop_gradient(value))
    return found
