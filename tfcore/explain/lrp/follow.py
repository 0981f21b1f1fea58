"""One run for a method at all layers asked for, and what its books say at each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.lrp.propagate import Relevances, propagate
from tfcore.explain.lrp.through import through
from tfcore.explain.lrp.walk import behind
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.explain.tokens import as_map
from tfcore.lazy import tf
from tfcore.models.kinds import Does, kind_of
from tfcore.models.layers import layer_names, stages
from tfcore.models.program import Program, Step
from tfcore.registry import INPUT
from tfcore.words import nearest

# Rules that divide by signed sums: where attention and norms mix tokens these nearly cancel, and the last digit of the
# input moves the map.
_SIGNED = ("lrp-epsilon", "lrp-gamma")


class Followed:
    """Relevance followed from the output down to every layer of asks that differ in nothing else."""

    def __init__(self, request: Request, asks: Sequence[Ask], with_values: bool = False) -> None:
        self._program, self._ask = request.model.program, asks[0]
        settings = dict(asks[0].params)
        names = _names(self._program)
        kept = _kept(settings.pop("keep"), self._program, names)
        assert asks[0].spec.propagation is not None
        how = asks[0].spec.propagation(**settings)
        looked_at = list(dict.fromkeys(map(self._number, asks)))
        _check_below(self._program, how.through, asks)
        wanted = list(dict.fromkeys([*looked_at, *kept]))
        self._found = propagate(request, how, wanted, looked_at if with_values else ())
        self._relevances = Relevances(request, how, self._found, names)

    def relevance(self, ask: Ask) -> np.ndarray:
        """R of what the ask looks at, in its own shape."""
        return self._found.relevance[self._number(ask)]

    def maps(self, ask: Ask) -> tuple[tf.Tensor, tf.Tensor]:
        """A and R at the layer (N, h, w, K)."""
        number = self._number(ask)
        values, relevance = tf.constant(self._found.values[number]), tf.constant(self._found.relevance[number])
        return as_map(values, self._program), as_map(relevance, self._program)

    def answer(self, ask: Ask, native: np.ndarray, values: np.ndarray | None = None) -> Answer:
        """The map made of the relevance, with the sums behind it."""
        found = self._found
        about = (found.logits, found.targets, values, self._facts(ask), self._relevances)
        return Answer(native, *about, features=found.features)

    def _facts(self, ask: Ask) -> dict[str, Any]:
        """What the output began with, what of it is here, and what layers in between kept for themselves."""
        relevance = self.relevance(ask)
        above = {step.path for step in behind(self._program, {self._number(ask)})}
        absorbed = {path: kept for path, kept in self._found.absorbed.items() if path in above}
        unstable = self._ask.spec.name in _SIGNED and any(
            kind_of(step.operation).does is Does.ATTENDS for step in self._program.steps
        )
        return {
            **({"said": f"{self._ask.spec.name} is unstable on transformers; attnlrp is not"} if unstable else {}),
            "relevance_at_output": self._found.total,
            f"relevance_at_{'layer' if ask.layer else INPUT}": relevance.reshape(len(relevance), -1).sum(
                1, dtype=np.float64
            ),
            "absorbed": sum(absorbed.values(), np.zeros(len(relevance))),
            "absorbed_by_layer": absorbed,
        }

    def _number(self, ask: Ask) -> int:
        return ask.layer.output if ask.layer else self._program.input


def _check_below(program: Program, text: str | None, asks: Sequence[Ask]) -> None:
    """A sentence where the channels that relevance is to pass lie below what is looked at."""
    if (channels := through(program, text)) is not None:
        for ask in asks:
            if ask.layer is not None and ask.layer.output in channels.later:
                raise HeatlensError(
                    f"On its way to {ask.layer.path} relevance does not pass {text}; look at that layer or below it."
                )


def _names(program: Program) -> dict[str, int]:
    """Values by layer path and stage name."""
    ends: Mapping[str, Step] = stages(program)
    return {
        INPUT: program.input,
        **{name: step.output for name, step in ends.items()},
        **{step.path: step.output for step in program.steps},
    }


def _kept(keep: str | None, program: Program, names: Mapping[str, int]) -> list[int]:
    asked = [name for name in layer_names(program, keep or "", ",") if name]
    paths = [path for name in asked for path in (stages(program) if name == "stages" else [name])]
    for path in paths:
        if path not in names:
            raise HeatlensError(f"keep names {path!r}, which is no layer of the model; {nearest(path, names)}")
    return [names[path] for path in paths]
