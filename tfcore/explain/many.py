"""``explain`` and ``explain_many``: what is asked is checked, sorted by the passes it needs, run and written up."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from tfcore.errors import Cancelled, HeatlensError
from tfcore.explain import needs
from tfcore.explain.aggregate import aggregate
from tfcore.explain.explanation import Explanation
from tfcore.explain.finite import finite
from tfcore.explain.resize import to_input
from tfcore.explain.runners import Answer, Ask, Progress, Request, Told, silent
from tfcore.models.layers import JOIN, layer_names, resolve, stages
from tfcore.models.model import Model
from tfcore.models.scores import target_of
from tfcore.registry import ALL_STAGES, INPUT, MethodSpec, Runner, find, function, hidden_from

Given = Mapping[str, Any]
SoFar = Callable[[Explanation], None]
K = TypeVar("K")


def explain(
    model: Model,
    batch: Any,
    method: str = "grad-cam",
    layer: str | None = None,
    target: Any = None,
    given: Given | None = None,
    region: Any = None,
    progress: Progress = silent,
    so_far: SoFar | None = None,
    resume: Explanation | None = None,
    **params: Any,
) -> Explanation:
    """Where the network looks in each image of the batch.

    ``batch`` is what the network eats (``model.prepare``). ``layer`` is a path or a stage name, by default the last
    feature map; ``"stage3+stage4"`` joins the maps of several layers into one and ``"aggregate"`` those of all
    stages. Relevance propagation goes down to the pixels (``"input"``) unless a layer is given. ``target`` is a class
    index or name, a contrast of two, or one per image, by default the predicted class; ``region`` is the part of the
    image that it is explained for, where the network answers per pixel (:func:`tfcore.models.scores.target_of`).
    ``given`` holds arrays that stand in for what the method would draw or compute (``MethodSpec.given``).

    Methods that ask the network about many altered copies tell ``so_far`` what is known meanwhile; who listens to it
    gets the estimate as the answer when ``progress`` raises ``Cancelled``. An explanation of the same question that was
    ended early goes on from there when it is given as ``resume``, to what it would have been.

    >>> tfcore.explain(model, batch, method="grad-cam").maps                                # doctest: +SKIP
    """
    asks = asks_of(model, method, layer, params, given or {})
    if resume is not None:
        asks = [replace(ask, resumed=resume.told) for ask in asks]
    return _explained(model, batch, {method: asks}, target, region, progress, so_far, so_far is not None)[method]


def explain_many(
    model: Model,
    batch: Any,
    methods: Sequence[str] = ("grad-cam",),
    layers: Sequence[str | None] = (None,),
    target: Any = None,
    params: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress = silent,
    region: Any = None,
    given: Mapping[str, Given] | Given | None = None,
    resume: Sequence[Told] = (),
    estimates: bool = False,
) -> dict[tuple[str, str | None], Explanation]:
    """Every method at every layer, keyed ``(method, layer)`` as they were given; shared passes run once.

    ``params`` holds parameters by method name, ``given`` arrays by method name or those of all that take them.
    Relevance propagation appears at every layer given, ``"input"`` included, and at the input where none is
    (``None``). Other methods at input resolution ignore the layers and appear once, under ``"input"`` where it is among
    them, else under the first one.

    With ``estimates`` the answer to ``Cancelled`` out of ``progress`` is what is known by then: methods that were not
    begun are missing. What was ``told`` then is given as ``resume`` to go on from there.
    """
    pairs = [(method, layer) for method in methods for layer in find("method", method).places(layers)]
    asks = _asks(model, pairs, params or {}, given or {}, resume)
    return _explained(model, batch, asks, target, region, progress, estimates=estimates)


def explain_beside(
    model: Model,
    batch: Any,
    pairs: Sequence[tuple[str, str | None]],
    target: Any = None,
    params: Mapping[str, Mapping[str, Any]] | None = None,
    region: Any = None,
) -> dict[tuple[str, str | None], Explanation]:
    """These methods, each at this layer, out of the passes that they share, such as they once came out of them."""
    return _explained(model, batch, _asks(model, pairs, params or {}), target, region, silent)


def _asks(
    model: Model,
    pairs: Sequence[tuple[str, str | None]],
    params: Mapping[str, Mapping[str, Any]],
    given: Mapping[str, Any] = MappingProxyType({}),
    resume: Sequence[Told] = (),
) -> dict[tuple[str, str | None], list[Ask]]:
    """A layer that is asked for alone and as a part of an aggregate is one ask."""
    known: dict[tuple[str, Any], Ask] = {}
    return {
        (method, layer): [
            known.setdefault((method, ask.layer), replace(ask, resumed=resume))
            for ask in asks_of(model, method, layer, params.get(method, {}), _given_to(find("method", method), given))
        ]
        for method, layer in pairs
    }


def _given_to(spec: MethodSpec, given: Mapping[str, Any]) -> Given:
    """What is given to one method of several."""
    own = given.get(spec.name)
    return own if isinstance(own, Mapping) else {name: given[name] for name in spec.given if name in given}


def asks_of(
    model: Model, method: str, layer: str | None, params: Mapping[str, Any], given: Given | None = None
) -> list[Ask]:
    """One ask, or one per layer of an aggregate."""
    spec = find("method", method)
    parsed = spec.parse(params)
    if given:
        given, parsed["given"] = _checked(spec, given)
    if hidden := hidden_from(spec, model.box is not None):
        raise HeatlensError(f"{model.name}: {hidden}")
    names = _layer_names(model, layer) if spec.has_layers else [INPUT]
    # At the input, if that is enough for the method and no layer is named.
    at_input = (None, INPUT) if "layer" not in spec.needs else ()
    steps = [None if name in at_input else resolve(model.program, name) for name in names]
    for step in steps:
        needs.check(spec, model.program, step)
    return [Ask(spec, parsed, step, given or {}) for step in steps]


def _checked(spec: MethodSpec, given: Given) -> tuple[Given, str]:
    """Arrays that the method can take, and a hash of them, so that the result tells that it was not alone."""
    arrays = {name: np.asarray(array) for name, array in given.items()}
    digest = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        if name not in spec.given:
            takes = ", ".join(spec.given) or "nothing"
            raise HeatlensError(f"{spec.name} has no use for given[{name!r}]; it can be given {takes}.")
        if array.dtype.kind not in "biuf" or not np.isfinite(array).all() or not array.size:
            raise HeatlensError(f"given[{name!r}] holds no finite numbers; give an array of them.")
        digest.update(f"{name} {array.dtype} {array.shape}".encode() + np.ascontiguousarray(array).tobytes())
    return arrays, digest.hexdigest()


def _layer_names(model: Model, layer: str | None) -> Sequence[str | None]:
    if layer == ALL_STAGES:
        return list(stages(model.program))
    return [None] if layer is None else layer_names(model.program, layer, JOIN)


def _explained(
    model: Model,
    batch: Any,
    groups: Mapping[K, list[Ask]],
    target: Any,
    region: Any,
    progress: Progress,
    so_far: SoFar | None = None,
    estimates: bool = False,
) -> dict[K, Explanation]:
    """One explanation per group of asks; cancelled, with ``estimates``, of those that there are."""
    batch = model.checked(batch)
    began = time.perf_counter()

    def tell(ask: Ask, answer: Answer) -> None:
        assert so_far is not None
        so_far(_written_up(ask, finite(ask, answer), batch, time.perf_counter() - began))

    told = None if so_far is None else tell
    request = Request(model, batch, target_of(model, batch, target, region), progress, told, estimates)
    by_runner: dict[Runner, list[Ask]] = {}
    for ask in dict.fromkeys(ask for group in groups.values() for ask in group):
        by_runner.setdefault(function(ask.spec), []).append(ask)
    found: dict[Ask, Explanation] = {}
    for run, asks in by_runner.items():
        try:
            found.update(answered(run, request, asks))
        except Cancelled:
            if not (estimates and found):
                raise
            break
    # Methods that go other ways through the network take what another one saw, or share one pass for it, if anybody
    # wants to know.
    late = next((one.features for one in found.values() if one.features), lambda: request.seen[1])
    found = {ask: one if one.features else replace(one, features=late) for ask, one in found.items()}
    explained = {key: [found[ask] for ask in group] for key, group in groups.items() if found.keys() >= set(group)}
    return {key: parts[0] if len(parts) == 1 else aggregate(parts) for key, parts in explained.items()}


def answered(run: Runner, request: Request, asks: list[Ask]) -> Iterator[tuple[Ask, Explanation]]:
    """What the runner finds for each ask, written up, with all that came out of the same pass."""
    began = time.perf_counter()
    # What overflows is looked for in what came of it.
    with np.errstate(over="ignore", invalid="ignore"):
        answers = run(request, asks)
    seconds = time.perf_counter() - began
    beside = [(ask.spec.name, ask.layer.path if ask.layer else INPUT) for ask in asks] if len(asks) > 1 else []
    for ask, answer in zip(asks, answers, strict=True):
        yield ask, replace(_written_up(ask, finite(ask, answer), request.batch, seconds), beside=beside)


def _written_up(ask: Ask, answer: Answer, batch: np.ndarray, seconds: float) -> Explanation:
    return Explanation(
        method=ask.spec.name,
        layer=ask.layer.path if ask.layer else INPUT,
        params=dict(ask.params),
        maps=to_input(answer.native, *batch.shape[1:3]),
        native=answer.native,
        values=answer.values,
        logits=answer.logits,
        targets=answer.targets,
        seconds=seconds,
        signed=ask.spec.signed,
        facts=answer.facts,
        relevances=answer.relevances,
        standard_error=answer.standard_error,
        told=answer.told,
        features=_known(answer.features),
    )


def _known(features: np.ndarray | None) -> Callable[[], np.ndarray] | None:
    return (lambda: features) if features is not None and features.size else None
