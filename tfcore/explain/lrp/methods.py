"""The catalogue's entries for relevance propagation: each is its rules and its start (METHODS.md §2, §4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.lrp import start
from tfcore.explain.lrp.composites import FIRST, OTHERS, from_json
from tfcore.explain.lrp.propagate import Propagation, Relevances, propagate
from tfcore.explain.lrp.rules import EPSILON, AlphaBeta, Epsilon, Flat, Gamma, Rule, ZBox, rule_named
from tfcore.explain.lrp.treatments import supported
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.models.layers import stages
from tfcore.models.program import Program
from tfcore.registry import Param, Spec, function, nearest, register

if TYPE_CHECKING:
    from tfcore.models.program import Step

FAMILY = "relevance propagation"
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
)
SHARED = (STABILISER, BIAS, CANONIZE, KEEP)
ALPHA = Param("alpha", "float", 1.0, "weight of positive contributions; α − β = 1", low=1, high=100)
BETA = Param("beta", "float", 0.0, "weight of negative contributions; α − β = 1", low=0, high=99)
GAMMA = Param("gamma", "float", 0.25, "extra weight of contributions of the output's own sign", low=0, high=1e3)
COMPOSITE = Param(
    "composite",
    "text",
    None,
    'table from layer path (with *), type, "first" or "others" to a rule, e.g. {"Dense": "epsilon(0.01)"}; '
    "what it does not name stays as it is",
    optional=True,
)

How = Callable[..., Propagation]


def propagation(name: str, summary: str, *params: Param) -> Callable[[How], How]:
    """Enter a way of propagating relevance down to the pixels."""
    return register(
        Spec(
            name,
            kind="method",
            family=FAMILY,
            summary=summary,
            params=(*params, *SHARED),
            signed=True,
            note=NOTE,
            extra={"runner": "tfcore.explain.lrp.methods:run", "layers": supported()},
        )
    )


def _how(rules: Mapping[str, Rule], shared: Mapping[str, Any], begin: start.Start = start.score) -> Propagation:
    return Propagation(
        tuple(rules.items()), begin, shared["epsilon"], shared["bias"] == "absorb", bool(shared["canonize"])
    )


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
    """Flat on the first layer, α1β0 on convolutions, ε on dense layers, unless a table says otherwise."""
    epsilon = shared["epsilon"]
    rules: dict[str, Rule] = {FIRST: Flat(epsilon), "Dense": Epsilon(epsilon), OTHERS: AlphaBeta(epsilon=epsilon)}
    stated = {name: rule_named(text, epsilon) for name, text in from_json(composite).items()}
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


def run(request: Request, asks: list[Ask]) -> list[Answer]:
    """Relevance of every pixel and channel, with the books of where it stayed."""
    program = request.model.program
    answers = []
    for ask in asks:
        settings = dict(ask.params)
        names = _names(program)
        kept = _kept(settings.pop("keep"), program, names)
        how = function(ask.spec)(**settings)
        found = propagate(request, how, [program.input, *kept])
        values = found.relevance[program.input]
        answers.append(
            Answer(
                native=values.sum(-1),
                logits=found.logits,
                targets=found.targets,
                values=values,
                facts={
                    "relevance_at_output": found.total,
                    "relevance_at_input": values.sum((1, 2, 3), dtype=np.float64),
                    "absorbed": sum(found.absorbed.values(), np.zeros(len(values))),
                    "absorbed_by_layer": found.absorbed,
                },
                relevances=Relevances(request, how, found, names),
            )
        )
    return answers


def _names(program: Program) -> dict[str, int]:
    """Values by layer path and stage name."""
    ends: Mapping[str, Step] = stages(program)
    return {
        "input": program.input,
        **{name: step.output for name, step in ends.items()},
        **{step.path: step.output for step in program.steps},
    }


def _kept(keep: str | None, program: Program, names: Mapping[str, int]) -> list[int]:
    asked = [name.strip() for name in (keep or "").split(",") if name.strip()]
    paths = [path for name in asked for path in (stages(program) if name == "stages" else [name])]
    for path in paths:
        if path not in names:
            raise HeatlensError(f"keep names {path!r}, which is no layer of the model; {nearest(path, names)}.")
    return list(dict.fromkeys(names[path] for path in paths if names[path] != program.input))
