"""The catalogue's entries for relevance propagation: each is its rules and its start (METHODS.md §2, §4)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.explain.lrp import start
from tfcore.explain.lrp.composites import FIRST, OTHERS
from tfcore.explain.lrp.follow import Followed
from tfcore.explain.lrp.linear import LINEAR
from tfcore.explain.lrp.propagate import Propagation
from tfcore.explain.lrp.rules import EPSILON, AlphaBeta, Epsilon, Flat, Gamma, OfDense, Rule, ZBox, rule_named
from tfcore.explain.lrp.through import AMONG, THROUGH
from tfcore.explain.lrp.treatments import supported
from tfcore.explain.runners import Answer, Ask, Request, in_groups
from tfcore.explain.tokens import as_map
from tfcore.lazy import tf
from tfcore.registry import MethodSpec, Param, Propagating, register

FAMILY = "relevance propagation"
TERMS = "relevance propagation is patented in places and free for research; for other uses ask its authors"
NOTE = (
    "batch norms are folded into linear layers where that is exact, else passed; norms over one image's values pass, "
    "gates and attention are constants"
)
STABILISER = Param("epsilon", "float", EPSILON, "keeps denominators from zero, with their sign", low=1e-12, high=1e3)
BIAS = Param(
    "bias",
    "choice",
    "absorb",
    "whether biases take their share of relevance (absorb) or leave all of it to the inputs (ignore)",
    choices=("absorb", "ignore"),
)
CANONIZE = Param("canonize", "bool", True, "fold batch norms into the linear layers beside them where that is exact")
KEEP = Param(
    "keep",
    "text",
    None,
    "layers whose relevance is kept from the same run: paths with commas between, or stages (others cost a run each)",
    optional=True,
    in_code=True,
)
SHARED = (STABILISER, BIAS, CANONIZE, THROUGH, AMONG, KEEP)
ALPHA = Param("alpha", "float", 1.0, "weight of positive contributions; α − β = 1", low=1, high=100)
BETA = Param("beta", "float", 0.0, "weight of negative contributions; α − β = 1", low=0, high=99)
GAMMA = Param("gamma", "float", 0.25, "extra weight of contributions of the output's own sign", low=0, high=1e3)
COMPOSITE = Param(
    "composite",
    "table",
    None,
    'table from layer path (with *), type, "first" or "others" to a rule, e.g. {"Dense": "epsilon(0.01)"}; '
    "what it does not name stays as it is",
    choices=("epsilon", "epsilon(0.01)", "alphabeta(1,0)", "alphabeta(2,1)", "gamma(0.25)", "flat", "z-box"),
    names=(FIRST, OTHERS, *LINEAR),
    open=True,
    optional=True,
)


def run(request: Request, asks: list[Ask]) -> list[Answer]:
    """Relevance of every pixel and channel, or of a layer with its channels summed; one run for a method's layers."""

    def answered(group: list[Ask]) -> Iterator[Answer]:
        followed = Followed(request, group)
        for ask in group:
            relevance = followed.relevance(ask)
            native = as_map(tf.constant(relevance), request.model.program).numpy().sum(-1)
            yield followed.answer(ask, native, relevance if ask.layer is None else None)

    return in_groups(asks, answered)


def propagation(name: str, summary: str, *params: Param) -> Callable[[Propagating], Propagating]:
    """Enter a way of propagating relevance, down to the pixels unless a layer is named."""

    def enter(how: Propagating) -> Propagating:
        spec = MethodSpec(
            name,
            FAMILY,
            summary,
            (*params, *SHARED),
            note=NOTE,
            terms=TERMS,
            takes=("layer",),
            signed=True,
            propagation=how,
            rules=supported(),
        )
        register(spec)(run)
        return how

    return enter


def _how(rules: Mapping[str, Rule], shared: Mapping[str, Any], begin: start.Start = start.score) -> Propagation:
    bias, canonize = shared["bias"] == "absorb", bool(shared["canonize"])
    return Propagation(tuple(rules.items()), begin, shared["epsilon"], bias, canonize, shared["through"])


def _alphabeta(alpha: float, beta: float, epsilon: float) -> AlphaBeta:
    if abs(alpha - beta - 1) > 1e-6:
        raise HeatlensError(f"alpha − beta is {alpha - beta:g}, not 1; give for example alpha 2 and beta 1.")
    return AlphaBeta(alpha, beta, epsilon)


@propagation("lrp-epsilon", "Each contribution takes its share, evidence against the class included")
def lrp_epsilon(**shared: Any) -> Propagation:
    """z + ε·sign(z) everywhere."""
    return _how({OTHERS: Epsilon(shared["epsilon"])}, shared)


@propagation("lrp-alphabeta", "Positive contributions weighed by α, negative ones by β", ALPHA, BETA)
def lrp_alphabeta(alpha: float, beta: float, **shared: Any) -> Propagation:
    """αβ everywhere, by default positive contributions only."""
    return _how({OTHERS: _alphabeta(alpha, beta, shared["epsilon"])}, shared)


@propagation("lrp-gamma", "Contributions of the winning sign count more: between ε and αβ", GAMMA)
def lrp_gamma(gamma: float, **shared: Any) -> Propagation:
    """w + γw⁺ everywhere, generalised for signed inputs and outputs."""
    return _how({OTHERS: Gamma(gamma, shared["epsilon"])}, shared)


@propagation("lrp-composite", "Another rule for each part of the network, as published practice has it", COMPOSITE)
def lrp_composite(composite: str | None, **shared: Any) -> Propagation:
    """Flat on the first layer, α1β0 on convolutions, ε on the dense layers of a classifier, unless told otherwise."""
    epsilon = shared["epsilon"]
    rules: dict[str, Rule] = {FIRST: Flat(epsilon), "Dense": OfDense(epsilon), OTHERS: AlphaBeta(epsilon=epsilon)}
    stated = {name: rule_named(text, epsilon) for name, text in json.loads(composite or "{}").items()}
    return _how({**rules, **stated}, shared)


@propagation("deep-taylor", "α1β0 down to the pixels, which are known to lie between black and white")
def deep_taylor(**shared: Any) -> Propagation:
    """α1β0 inside, z^B on the input."""
    epsilon = shared["epsilon"]
    return _how({FIRST: ZBox(epsilon), OTHERS: AlphaBeta(epsilon=epsilon)}, shared)


@propagation("clrp", "What speaks for the class and not for the others, all others alike", ALPHA, BETA)
def clrp(alpha: float, beta: float, **shared: Any) -> Propagation:
    """lrp-alphabeta from R_t = S_t, others −S_t/(C−1)."""
    return _how({OTHERS: _alphabeta(alpha, beta, shared["epsilon"])}, shared, start.contrast)


@propagation("sglrp", "What speaks for the class and not for the others, each by its probability", ALPHA, BETA)
def sglrp(alpha: float, beta: float, **shared: Any) -> Propagation:
    """lrp-alphabeta from R_t = p_t(1−p_t), others −p_t·p_i."""
    return _how({OTHERS: _alphabeta(alpha, beta, shared["epsilon"])}, shared, start.softmax_gradient)
