"""Class activation maps whose channels are weighed by relevance (METHODS.md §2; 004, eq. 2.18 and 4.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfcore.explain.lrp import start
from tfcore.explain.lrp.composites import OTHERS
from tfcore.explain.lrp.follow import Followed
from tfcore.explain.lrp.methods import CANONIZE, KEEP, NOTE
from tfcore.explain.lrp.propagate import Propagation
from tfcore.explain.lrp.rules import AlphaBeta
from tfcore.explain.lrp.treatments import supported
from tfcore.explain.runners import Answer, Ask, Request, alike
from tfcore.lazy import tf
from tfcore.registry import Spec, register

Formula = Callable[[Any, Any], Any]
_TINY = 1e-7
# By method, from A and R to the map.
_FORMULAS: dict[str, Formula] = {}


def relevance_weighted(name: str, summary: str, begin: start.Start) -> Callable[[Formula], Formula]:
    """Enter a formula over (A, R), R the relevance of A under α1β0 without biases."""

    def enter(formula: Formula) -> Formula:
        _FORMULAS[name] = formula
        register(
            Spec(
                name,
                kind="method",
                family="class activation",
                summary=summary,
                params=(CANONIZE, KEEP),
                needs=("layer",),
                note=NOTE,
                extra={"runner": "tfcore.explain.lrp.relevance_cam:run", "rules": supported()},
            )
        )(lambda canonize: Propagation(((OTHERS, AlphaBeta()),), begin, bias=False, canonize=canonize))
        return formula

    return enter


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
    for group in alike(asks):
        followed = Followed(request, group, with_values=True)
        for ask in group:
            native = _FORMULAS[ask.spec.name](*followed.maps(ask)).numpy()
            answers[ask] = followed.answer(ask, native)
    return [answers[ask] for ask in asks]
