"""Class activation maps whose channels are weighed by relevance (METHODS.md §2; 004, eq. 2.18 and 4.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tfcore.explain.cam import EPSILON, FAMILY, weighted
from tfcore.explain.lrp import start
from tfcore.explain.lrp.composites import OTHERS
from tfcore.explain.lrp.follow import Followed
from tfcore.explain.lrp.methods import CANONIZE, KEEP, NOTE
from tfcore.explain.lrp.propagate import Propagation
from tfcore.explain.lrp.rules import AlphaBeta
from tfcore.explain.lrp.treatments import supported
from tfcore.explain.runners import Answer, Ask, Request, in_groups
from tfcore.lazy import tf
from tfcore.registry import MethodSpec, Weights, register


def run(request: Request, asks: list[Ask]) -> list[Answer]:
    """Maps of every ask; the layers of one method share its passes."""

    def answered(group: list[Ask]) -> Iterator[Answer]:
        followed = Followed(request, group, with_values=True)
        for ask in group:
            assert ask.spec.weights is not None
            activation, relevance = followed.maps(ask)
            yield followed.answer(ask, weighted(ask.spec.weights(activation, relevance), activation).numpy())

    return in_groups(asks, answered)


def relevance_weighted(name: str, summary: str, begin: start.Start) -> Callable[[Weights], Weights]:
    """Enter the weights of channels from (A, R), R the relevance of A under α1β0 without biases."""

    def how(canonize: bool) -> Propagation:
        return Propagation(((OTHERS, AlphaBeta()),), begin, bias=False, canonize=canonize)

    def enter(weights: Weights) -> Weights:
        spec = MethodSpec(
            name,
            FAMILY,
            summary,
            (CANONIZE, KEEP),
            needs=("layer",),
            note=NOTE,
            weights=weights,
            propagation=how,
            rules=supported(),
        )
        register(spec)(run)
        return weights

    return enter


@relevance_weighted(
    "relevance-cam",
    "Channels weighted by the relevance that reaches them; clear at shallow layers too",
    start.contrast_up,
)
def relevance_cam(_activation: tf.Tensor, relevance: tf.Tensor) -> tf.Tensor:
    """w_k = mean_ij R."""
    return tf.reduce_mean(relevance, (1, 2))


@relevance_weighted(
    "xrelevance-cam", "Channels weighted by relevance per activation, from two axioms", start.damped_contrast_up
)
def xrelevance_cam(activation: tf.Tensor, relevance: tf.Tensor) -> tf.Tensor:
    """w_k = Σ R / (Σ A + ε)."""
    return tf.reduce_sum(relevance, (1, 2)) / (tf.reduce_sum(activation, (1, 2)) + EPSILON)
