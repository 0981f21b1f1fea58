"""A SavedModel folder as a black box: one of its signatures is asked.

Its graph may hold operations that read files, call Python or end the process. Unless the file is trusted, what the
signature would run is looked up in a list of operations that only compute numbers, before anything is loaded; so is
whatever loading itself would run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError, NeedsTrust
from tfcore.lazy import tf
from tfcore.models.black.black_box import BlackBox, channels_first, chosen
from tfcore.models.card import Card
from tfcore.models.opening import saved_model
from tfcore.models.opening.allowed import GRAPH
from tfcore.models.opening.with_keras import first_line

# Graphs alone, without the weights; those of the largest networks take some tens of megabytes.
_MOST_BYTES = 512 << 20
_INITIALISING = "__saved_model_init_op"


def box(folder: Path, trust: bool, stated: Card | None) -> BlackBox:
    """The signature that the card states, by default ``serving_default``."""
    graph = _graph(folder)
    signatures = {name: each for name, each in graph.signature_def.items() if name != _INITIALISING}
    heads = list(_heads(signatures))
    if not heads:
        raise HeatlensError(_useless(folder, signatures))
    head = chosen(heads, "" if stated is None else stated.head, str(folder))
    name, _, output = head.partition("/")
    ((shown, takes),) = signatures[name].inputs.items()
    output = output or next(iter(_numbers(signatures[name])))
    if not trust:
        _judge(graph, signatures[name].outputs[output].name, folder)
    before, input_shape = channels_first(_shape(takes), stated, f"Signature {name} of {folder}")
    dtype = tf.dtypes.as_dtype(takes.dtype)
    loaded, ask = _loaded(folder, name)

    def answered(batch: np.ndarray) -> Any:
        pictures = np.moveaxis(batch, -1, 1) if before else batch
        found = ask(**{shown: tf.constant(pictures, tf.float32 if dtype.is_floating else dtype)})[output]
        found = tf.cast(found, tf.float32) if found.dtype.is_floating else found
        return np.moveaxis(found.numpy(), 1, -1) if before and found.shape.rank == 4 else found.numpy()

    fixed = _shape(takes)[0]
    return BlackBox(
        ask=answered,
        what=f"signature {name} of a SavedModel",
        name=str(folder),
        input_shape=input_shape,
        whole=not dtype.is_floating,
        together=fixed if fixed and fixed > 0 else None,
        parameters=sum(int(np.prod(each.shape)) for each in getattr(loaded, "variables", None) or ask.variables),
        head=head,
        heads=tuple(heads),
    )


def _graph(folder: Path) -> Any:
    """The graph for serving, and nothing of it run."""
    from google.protobuf.message import DecodeError
    from tensorflow.core.protobuf.saved_model_pb2 import SavedModel

    from tfcore.models.opening import text

    content = text.read(folder / "saved_model.pb", _MOST_BYTES)
    try:
        graphs = SavedModel.FromString(content).meta_graphs
    except DecodeError as error:
        raise HeatlensError(f"{folder}/saved_model.pb is damaged or cut short; copy the folder again.") from error
    graph = next((each for each in graphs if "serve" in each.meta_info_def.tags), None)
    if graph is None:
        raise HeatlensError(f"{folder}/saved_model.pb holds no graph for serving; export the model again.")
    return graph


def _heads(signatures: Any) -> Iterator[str]:
    """What can be asked: signatures of one picture, each of their outputs that are numbers; the usual one first."""
    usual = ("serving_default", "serve")
    for name in sorted(signatures, key=lambda name: (usual.index(name) if name in usual else len(usual), name)):
        signature = signatures[name]
        numbers = _numbers(signature)
        if len(signature.inputs) == 1 and all(_is_picture(each) for each in signature.inputs.values()):
            yield from [name] if len(numbers) == 1 else [f"{name}/{output}" for output in numbers]


def _is_picture(takes: Any) -> bool:
    dtype = tf.dtypes.as_dtype(takes.dtype)
    return (dtype.is_floating or dtype.is_integer) and len(_shape(takes)) == 4


def _numbers(signature: Any) -> list[str]:
    """The outputs with numbers for every picture or pixel."""
    return [
        name
        for name, each in sorted(signature.outputs.items())
        if tf.dtypes.as_dtype(each.dtype).is_floating and len(_shape(each)) in (0, 2, 4)
    ]


def _shape(tensor: Any) -> list[int | None]:
    return [each.size if each.size >= 0 else None for each in tensor.tensor_shape.dim]


def _useless(folder: Path, signatures: Any) -> str:
    wants = "Heatlens asks signatures that take one picture (pictures × height × width × channels) and answer numbers"
    if not signatures:
        return f"{folder} has no signature that could be asked; export it with one (model.export). {wants}."
    name, signature = next(iter(sorted(signatures.items())))
    takes = ", ".join(
        f"{key} ({tf.dtypes.as_dtype(each.dtype).name}: {' × '.join(str(side or 'any') for side in _shape(each))})"
        for key, each in sorted(signature.inputs.items())
    )
    number = f"{len(signature.inputs)} inputs" if len(signature.inputs) != 1 else "one input"
    gives = ", ".join(sorted(signature.outputs)) or "nothing"
    return f"{folder}: signature {name} takes {number}, {takes or 'none'}, and gives {gives}; {wants}."


# --- what it would run ---


def _judge(graph: Any, output: str, folder: Path) -> None:
    """Ask for trust where the output, or loading, runs more than numbers."""
    nodes = {node.name: node for node in graph.graph_def.node}
    functions = {each.signature.name: each for each in graph.graph_def.library.function}
    found = next((kind for kind in _run(_behind(nodes, output), functions) if kind not in GRAPH), None)
    made = graph.object_graph_def.nodes
    what = ""
    if found is not None:
        what = f"contains the operation {found}"
    elif not made:
        what = "contains operations of TensorFlow 1 that loading runs"
    elif any(node.WhichOneof("kind") in ("resource", "asset") or node.saveable_objects for node in made):
        what = "contains tables or files that loading makes"
    if what:
        raise NeedsTrust(
            f"{folder} {what}, which is not among the parts that open without trust; if you know who made the folder, "
            "open it with --trust (in the window: confirm the question)."
        )


def _behind(nodes: dict[str, Any], output: str) -> list[Any]:
    """The nodes that an output comes from."""
    waiting, found = [output], {}
    while waiting:
        name = waiting.pop().removeprefix("^").partition(":")[0]
        if name in nodes and name not in found:
            found[name] = nodes[name]
            waiting.extend(nodes[name].input)
    return list(found.values())


def _run(nodes: Iterable[Any], functions: dict[str, Any]) -> Iterator[str]:
    """The operations that these nodes run, and those of the functions that they call."""
    waiting, known = list(nodes), set()
    while waiting:
        node = waiting.pop()
        yield node.op
        called = [attr.func for attr in node.attr.values() if attr.func.name]
        called += [func for attr in node.attr.values() for func in attr.list.func]
        for name in {func.name for func in called} | ({node.op} & functions.keys()):
            if name in functions and name not in known:
                known.add(name)
                waiting.extend(functions[name].node_def)


def _loaded(folder: Path, name: str) -> tuple[Any, Any]:
    saved_model.check_weights(folder)
    try:
        loaded = tf.saved_model.load(str(folder))
        return loaded, loaded.signatures[name]
    except Exception as error:  # TensorFlow's many kinds
        raise HeatlensError(
            f"{folder} could not be loaded: {first_line(error)}; copy the folder again, or export the model in this "
            "TensorFlow."
        ) from error
