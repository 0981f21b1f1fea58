"""A network as a straight line of steps, however deeply its models are nested.

Keras hides what happens inside a nested backbone from the model around it ("Graph disconnected"). A
:class:`Program` lays all of it out once: every layer call in order, with a path such as
``densenet201/conv5_block32_concat`` and the numbered values it reads and writes. Whatever questions a network then
asks for a part of the program: up to a layer, from a layer onward, with a layer's call replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from tfcore.errors import HeatlensError, Unrecorded
from tfcore.lazy import keras, tree
from tfcore.models.twins import in_single

Tensor = Any
Values = dict[int, Tensor]
Call = Callable[..., Any]


@dataclass(frozen=True, eq=False)
class Step:
    """One call of one layer (or of a bare Keras operation), in single precision."""

    path: str
    operation: Any
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    shape: tuple[int | None, ...]
    # Keras's record of the call, and which of our values stands for each of its placeholders.
    arguments: Any = field(repr=False)
    stands_for: Mapping[int, int] = field(repr=False)

    @property
    def kind(self) -> str:
        """The layer's type as Keras names it, e.g. ``Conv2D``."""
        return type(self.operation).__name__

    @property
    def output(self) -> int:
        return self.outputs[0]

    def fill(self, values: Values) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The arguments of the call with actual tensors in them."""
        filled: tuple[tuple[Any, ...], dict[str, Any]] = self.arguments.fill_in(
            {placeholder: values[number] for placeholder, number in self.stands_for.items()}
        )
        return filled


def infer(step: Step, *args: Any, **kwargs: Any) -> Any:
    """Call a step as at inference: dropout passes, batch norm uses its stored statistics."""
    if getattr(step.operation, "_call_has_training_arg", False):
        kwargs["training"] = False
    return step.operation(*args, **kwargs)


@dataclass(frozen=True, eq=False)
class Program:
    """The steps of a network in an order in which they can run."""

    steps: tuple[Step, ...]
    input: int
    output: int

    def step(self, path: str) -> Step:
        for step in self.steps:
            if step.path == path:
                return step
        raise KeyError(path)

    def between(self, given: Iterable[int], wanted: Iterable[int]) -> list[Step]:
        """The steps that lead from the given values to the wanted ones, and no others."""
        given = set(given)
        open_values = set(wanted) - given
        needed = []
        for step in reversed(self.steps):
            if open_values.intersection(step.outputs):
                needed.append(step)
                open_values.difference_update(step.outputs)
                open_values.update(set(step.inputs) - given)
        if open_values:
            raise ValueError("the wanted values do not follow from the given ones")
        return needed[::-1]

    def run(
        self,
        given: Mapping[int, Tensor],
        wanted: Iterable[int],
        call: Call = infer,
        seen: Callable[[Step, Tensor], Tensor | None] | None = None,
    ) -> Values:
        """Compute the wanted values from the given ones.

        ``call(step, *args, **kwargs)`` runs a step; replace it to change what layers do. ``seen(step, value)`` is
        told each value as it appears (to watch it on a tape) and may answer with one to go on with instead.
        """
        wanted = tuple(wanted)
        values: Values = dict(given)
        for step in self.between(values, wanted):
            args, kwargs = step.fill(values)
            results = tree.flatten(call(step, *args, **kwargs))
            if seen is not None:
                results = [value if (other := seen(step, value)) is None else other for value in results]
            values.update(zip(step.outputs, results, strict=True))
        return {number: values[number] for number in wanted}


Fact = TypeVar("Fact")


def per_program(function: Callable[[Program], Fact]) -> Callable[[Program], Fact]:
    """Found out once for every program, and forgotten with it."""
    known: WeakKeyDictionary[Program, Fact] = WeakKeyDictionary()

    @wraps(function)
    def recalled(program: Program) -> Fact:
        if program not in known:
            known[program] = function(program)
        return known[program]

    return recalled


def program(model: keras.Model, as_stored: bool = False) -> Program:
    """Lay a Sequential or Functional model, with all that is nested in it, out as a :class:`Program`.

    ``as_stored`` leaves layers of other precisions as they are.
    """
    writer = _Writer(as_stored)
    graph = graph_of(model)
    if len(graph.inputs) != 1:
        raise HeatlensError(
            f"The model takes {len(graph.inputs)} inputs; Heatlens explains models with one image input. "
            "Save a model that takes the image alone."
        )
    if len(graph.outputs) != 1:
        raise HeatlensError(
            f"The model gives {len(graph.outputs)} outputs; Heatlens explains models with one. "
            "Save a model that ends in the output to be explained."
        )
    first = writer.new_value()
    (last,) = writer.lay_out(graph, [first], prefix="")
    if not writer.steps:
        raise HeatlensError("The model gives back its input as it is, so there is nothing to explain.")
    return Program(tuple(writer.steps), first, last)


def graph_of(model: keras.Model) -> Any:
    """The model's graph of layer calls: Functional models have one, built Sequentials hold one."""
    graph = getattr(model, "_functional", None) if isinstance(model, keras.Sequential) else model
    if graph is None and isinstance(model, keras.Sequential):
        raise HeatlensError(
            "The Sequential model has no input shape; rebuild it with an Input layer and save it again."
        )
    if not hasattr(graph, "_nodes_by_depth"):
        raise Unrecorded(f"The model is a {type(model).__name__}, whose inside Keras does not record.")
    return graph


class _Writer:
    """Writes steps down while it descends through nested models."""

    def __init__(self, as_stored: bool) -> None:
        self.steps: list[Step] = []
        self._values = 0
        self._calls: dict[str, int] = {}
        # A layer that is called twice is one layer.
        self._in_single = (lambda layer: layer) if as_stored else cache(in_single)

    def new_value(self) -> int:
        self._values += 1
        return self._values

    def lay_out(self, graph: Any, inputs: Sequence[int], prefix: str) -> list[int]:
        numbers = {id(tensor): number for tensor, number in zip(graph.inputs, inputs, strict=True)}
        for depth in sorted(graph._nodes_by_depth, reverse=True):
            for node in graph._nodes_by_depth[depth]:
                if node.is_input or any(id(tensor) not in numbers for tensor in node.input_tensors):
                    continue
                read = [numbers[id(tensor)] for tensor in node.input_tensors]
                written = self._call(node, read, prefix)
                numbers.update({id(tensor): number for tensor, number in zip(node.outputs, written, strict=True)})
        return [numbers[id(tensor)] for tensor in graph.outputs]

    def _call(self, node: Any, read: list[int], prefix: str) -> list[int]:
        operation = node.operation
        path = self._path(prefix + operation.name)
        if isinstance(operation, keras.Model):
            return self.lay_out(graph_of(operation), read, prefix=path + "/")
        written = [self.new_value() for _ in node.outputs]
        self.steps.append(
            Step(
                path=path,
                operation=self._in_single(operation),
                inputs=tuple(dict.fromkeys(read)),
                outputs=tuple(written),
                shape=tuple(node.outputs[0].shape),
                arguments=node.arguments,
                stands_for={id(tensor): number for tensor, number in zip(node.input_tensors, read, strict=True)},
            )
        )
        return written

    def _path(self, name: str) -> str:
        # A shared layer is called more than once; the second call is "name@2".
        self._calls[name] = count = self._calls.get(name, 0) + 1
        return name if count == 1 else f"{name}@{count}"
