"""The end of a network: its last softmax or sigmoid is taken off, however it is written, so that scores are logits.

A saturated softmax has no gradient left; every explanation starts before it (METHODS.md §1). An activation is taken off
only where putting it back gives the network's own answer: what follows the last layers with weights is run on random
numbers, with it and without. Networks that end in anything else keep their end, and what came out of the run says
whether they answer with probabilities.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.lazy import keras, tf
from tfcore.models.kinds import Does, function_of, is_bare, keeps_values, kind_of
from tfcore.models.outputs import Ending
from tfcore.models.program import Program, Step, graph_of, infer, program

if TYPE_CHECKING:
    from tfcore.models.black.black_box import BlackBox

_ACTIVATIONS = ("softmax", "sigmoid", "log_softmax")
# Random rows, numbers in all, and the side of maps that may have any size.
_ROWS, _NUMBERS, _SIDE = 256, 1 << 20, 8


def without_activation(model: keras.Model) -> tuple[keras.Model, Ending]:
    """The model giving logits where its last activation could be taken off, and how it ends.

    The layers are the model's own. One whose activation is written inside it becomes linear in place, so hand over
    a model that nobody else uses.
    """
    output = graph_of(model).outputs[0]
    if (box := box_of(model)) is not None:
        return model, box.ending
    laid_out = program(model, as_stored=True)
    operation, activation = _last_activation(output)
    ending = _ending(laid_out, model.inputs[0].shape, operation, activation, output.shape[-1], output.dtype)
    graph = graph_of(model)
    # A dict of one is laid open.
    if ending.activation or isinstance(graph.input, dict) or isinstance(graph.output, dict):
        return _stripped(model, bool(ending.activation)), ending
    return model, ending


def box_of(model: keras.Model) -> BlackBox | None:
    """What is asked, where the network is a black box."""
    last = graph_of(model).outputs[0]._keras_history.operation
    found: BlackBox | None = last.box if kind_of(last).does is Does.HIDES else None
    return found


def _last_activation(tensor: Any) -> tuple[Any, str]:
    """The operation whose softmax or sigmoid is the last thing to change the values; an empty name where none is."""
    operation, node_index, _ = tensor._keras_history
    node = operation._inbound_nodes[node_index]
    if node.is_input:
        return operation, ""
    if isinstance(operation, keras.Model):
        return _last_activation(graph_of(operation).outputs[0])
    name = function_of(operation)
    if name in _ACTIVATIONS:
        return operation, name
    # Bare operations may be given more than the tensor.
    if not is_bare(operation) and (keeps_values(operation) or kind_of(operation).does is Does.SELECTS):
        return _last_activation(node.input_tensors[0])
    return operation, ""


def _stripped(model: keras.Model, of_activation: bool = True) -> keras.Model:
    graph = graph_of(model)
    output = _strip(graph.outputs[0]) if of_activation else graph.outputs[0]
    if output is graph.outputs[0] and not isinstance(graph.input, dict) and not isinstance(graph.output, dict):
        return model
    # A list of one would make Keras warn at every call with a bare tensor.
    inputs = model.inputs[0] if len(model.inputs) == 1 else model.inputs
    return keras.Model(inputs, output, name=model.name)


def _strip(tensor: Any) -> Any:
    """The tensor before the last activation; the same tensor where it became linear in place."""
    operation, node_index, _ = tensor._keras_history
    node = operation._inbound_nodes[node_index]
    if isinstance(operation, keras.Model):
        inner = _stripped(operation)
        return tensor if inner is operation else inner(*node.arguments.args)
    if _is_activation(operation):
        return node.input_tensors[0]
    if function_of(operation) in _ACTIVATIONS:
        operation.activation = keras.activations.linear
        return tensor
    before = _strip(node.input_tensors[0])
    return tensor if before is node.input_tensors[0] else operation(before)


def _is_activation(operation: Any) -> bool:
    """An activation that is all its operation does."""
    return kind_of(operation).does is Does.ACTIVATES and function_of(operation) in _ACTIVATIONS


# --- what comes out of it ---


def _ending(
    laid_out: Program, input_shape: tuple[int | None, ...], operation: Any, activation: str, units: int, dtype: str
) -> Ending:
    """What the network answers with, from a run of its end on random numbers."""
    steps = {number: step for step in laid_out.steps for number in step.outputs}
    last = _called(steps[laid_out.output])
    calls = sum(step.operation is operation for step in laid_out.steps)
    try:
        end = _End(laid_out, steps, input_shape)
        answers = end.run(None)
        # An activation inside a layer that is called twice cannot be taken off one of its calls.
        alone = calls == 1 or _is_activation(operation)
        if activation and alone and _gives_back(activation, end.run(operation), answers):
            return Ending(activation, "", units, last, dtype)
    except Exception:  # layers of one's own raise what they like; then nothing is known of the values
        return Ending("", "bounded", units, last, dtype)
    return Ending("", values_of(answers, 2e-2 if "16" in dtype else 1e-3), units, last, dtype)


def _called(step: Step) -> str:
    inside = function_of(step.operation)
    return step.kind if inside in ("linear", step.kind.lower()) else f"{step.kind} with {inside}"


def _gives_back(activation: str, scores: np.ndarray, answers: np.ndarray) -> bool:
    if scores.shape[-1] == 1 and activation != "sigmoid":
        return False
    again = getattr(tf.nn, activation)(tf.constant(scores)).numpy().astype(np.float64)
    near = 1e-2 if scores.dtype.itemsize == 2 else 1e-5
    return bool(np.allclose(again, answers.astype(np.float64), rtol=1e-3, atol=near))


def values_of(answers: np.ndarray, near: float = 1e-3) -> str:
    """What these numbers are, by their range and sums."""
    rows = answers.reshape(-1, answers.shape[-1]).astype(np.float64)
    rows = rows[np.isfinite(rows).all(-1)]
    if not len(rows):
        return "bounded"
    low, high, several = rows.min(), rows.max(), rows.shape[-1] > 1
    if low >= -near and high <= 1 + near:
        return "probabilities" if not several or _all_one(rows.sum(-1), near) else "label probabilities"
    if high <= near and several and _all_one(np.exp(rows).sum(-1), near):
        return "log probabilities"
    return "unbounded" if low < -2 and high > 2 else "bounded"


def _all_one(sums: np.ndarray, near: float) -> bool:
    return bool(np.abs(sums - 1).max() <= near)


class _End:
    """The steps behind the last layers with weights, and random numbers for what these layers give."""

    def __init__(self, laid_out: Program, steps: dict[int, Step], input_shape: tuple[int | None, ...]) -> None:
        self._program = laid_out
        self._given: dict[int, tf.Tensor] = {}
        self._inside: dict[int, Any] = {}
        shapes: dict[int, tuple[int | None, ...]] = {}
        waiting, seen = [laid_out.output], set()
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            step = steps.get(number)
            if step is None:
                shapes[number] = input_shape
            elif _is_linear(step):
                shapes[number] = step.shape
                self._inside[number] = step.operation
            else:
                waiting.extend(step.inputs)
        self._draw(shapes)

    def _draw(self, shapes: dict[int, tuple[int | None, ...]]) -> None:
        sized = {number: tuple(side or _SIDE for side in shape[1:]) for number, shape in shapes.items()}
        rows = max(2, min(_ROWS, _NUMBERS // max(1, sum(map(math.prod, sized.values())))))
        random = np.random.default_rng(0)
        # Half of the rows large, so that what has no bounds shows it.
        scale = np.where(np.arange(rows) % 2, 3.0, 60.0).astype(np.float32)
        for number, shape in sized.items():
            values = random.standard_normal((rows, *shape), np.float32)
            self._given[number] = tf.constant(values * scale.reshape(-1, *[1] * len(shape)))

    def run(self, without: Any) -> np.ndarray:
        """The values at the output, with one operation's activation left out."""
        given = {}
        for number, value in self._given.items():
            layer = self._inside.get(number)
            value = tf.cast(value, getattr(layer, "compute_dtype", None) or value.dtype)
            activation = None if layer is without else getattr(layer, "activation", None)
            given[number] = value if activation is None else activation(value)

        def call(step: Step, *args: Any, **kwargs: Any) -> Any:
            if step.operation is without:
                return args[0] if args else next(iter(kwargs.values()))
            return infer(step, *args, **kwargs)

        found: np.ndarray = self._program.run(given, [self._program.output], call)[self._program.output].numpy()
        return found


def _is_linear(step: Step) -> bool:
    """A layer with weights whose values, before its own activation, have no bounds."""
    return kind_of(step.operation).does in (Does.WEIGHS, Does.STANDARDISES)
