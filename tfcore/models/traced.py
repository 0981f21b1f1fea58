"""Functions of TensorFlow for one signature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tfcore.lazy import tf


class Traced:
    """Traced at its first call, and from then on called without being asked whether what it is given fits: looking for
    the trace anew each time takes as long as a small network.
    """

    def __init__(self, function: Callable[..., Any], signature: Sequence[Any]) -> None:
        self.function = tf.function(function, input_signature=signature, autograph=False)
        self._concrete: Any = None

    def __call__(self, *given: Any) -> Any:
        return self.trace()(*given)

    def trace(self) -> Any:
        """The trace; what it takes as constants and finds on its way is settled then."""
        if self._concrete is None:
            self._concrete = self.function.get_concrete_function()
        return self._concrete
