"""Class activation maps whose channels are weighed by relevance (METHODS.md §2; 004, eq. 2.18 and 4.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tfcore.explain.lrp import start
from tfcore.explain.lrp.composites import OTHERS
from tfcore.explain.lrp.methods import CANONIZE, NOTE
from tfcore.explain.lrp.propagate import Propagation, propagate
from tfcore.explain.lrp.rules import AlphaBeta
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.explain.tokens import as_map
from tfcore.lazy import LazyModule
from tfcore.registry import Spec, function, register

if TYPE_CHECKING:
    import tensorflow as tf
else:
    tf = LazyModule("tensorflow")

Formula = Callable[[Any, Any], Any]
_TINY = 1e-7


def relevance_weighted(name: str, summary: str, begin: start.Start) -> Callable[[Formula], Formula]:
    """Enter a formula over (A, R), R the relevance of A under α1β0 without biases."""
    return register(
        Spec(
            name,
            kind="method",
            family="class activation",
            summary=summary,
            params=(CANONIZE,),
            needs=("layer",),
            note=NOTE,
            extra={"runner": "tfcore.explain.lrp.relevance_cam:run", "start": begin.__name__},
        )
    )


@relevance_weighted(
    "relevance-cam",
    "Channels weighted by the relevance that reaches them; clear at shallow layers too",
    start.contrast_up,
)
def relevance_cam(activation: tf.Tensor, relevance: tf.Tensor) -> tf.Tensor:
    """ReLU(Σ_k w_k A_k) with w_k = mean_ij R."""
    weights = tf.reduce_mean(relevance, (1, 2), keepdims=True)
    return tf.nn.relu(tf.reduce_sum(weights * activation, -1))


@relevance_weighted(
    "xrelevance-cam", "Channels weighted by relevance per activation, from two axioms", start.damped_contrast_up
)
def xrelevance_cam(activation: tf.Tensor, relevance: tf.Tensor) -> tf.Tensor:
    """ReLU(Σ_k w_k A_k) with w_k = Σ R / (Σ A + ε)."""
    sums = tf.reduce_sum(activation, (1, 2), keepdims=True)
    weights = tf.reduce_sum(relevance, (1, 2), keepdims=True) / (sums + _TINY)
    return tf.nn.relu(tf.reduce_sum(weights * activation, -1))


def run(request: Request, asks: list[Ask]) -> list[Answer]:
    """Maps of every ask; the layers of one method share its passes."""
    answers: dict[Ask, Answer] = {}
    for group in _alike(asks):
        spec = group[0].spec
        how = Propagation(
            ((OTHERS, AlphaBeta()),),
            getattr(start, spec.extra["start"]),
            bias=False,
            canonize=group[0].params["canonize"],
        )
        steps = {ask: ask.layer for ask in group if ask.layer is not None}
        wanted = list(dict.fromkeys(step.output for step in steps.values()))
        found = propagate(request, how, wanted, values=True)
        for ask, step in steps.items():
            activation, relevance = (as_map(tf.constant(each[step.output])) for each in (found.values, found.relevance))
            native = function(spec)(activation, relevance).numpy()
            kept = {step.path: found.relevance[step.output]}
            answers[ask] = Answer(native, found.logits, found.targets, relevances=kept)
    return [answers[ask] for ask in asks]


def _alike(asks: list[Ask]) -> list[list[Ask]]:
    """Asks of the same method with the same settings."""
    groups: dict[tuple[Any, ...], list[Ask]] = {}
    for ask in asks:
        groups.setdefault((ask.spec.name, tuple(sorted(ask.params.items()))), []).append(ask)
    return list(groups.values())
