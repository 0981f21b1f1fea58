"""No relevance is made or lost: what no input receives is on the books (``absorbed``)."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

import tfcore
from tests.shared import telling
from tests.tfcore.explain.lrp.small import NAMES, pictures, shaken, small
from tfcore.models.build import build
from tfcore.models.layers import stages
from tfcore.models.model import Model

POSITIVE = {"lrp-alphabeta": {}, "lrp-composite": {}, "deep-taylor": {}}
SIGNED = {"lrp-epsilon": {}, "lrp-gamma": {}, "lrp-alphabeta": {"alpha": 2, "beta": 1}}
# In every run all rules on one network, and two others by one for everything or one that divides by signed sums.
QUICK = ("residual", ("mobile", "lrp-composite"), ("gated", "lrp-gamma"))
# Each rule's method and settings, and whether the error is measured by Σ|R| of the layer, not by the output.
RULES: dict[str, tuple[str, dict[str, Any], bool]] = {
    "α1β0": ("lrp-alphabeta", {}, False),
    "composite": ("lrp-composite", {}, False),
    "ε": ("lrp-epsilon", {}, True),
    "α2β1": ("lrp-alphabeta", {"alpha": 2, "beta": 1}, True),
}
ZOO = ("cnn-2", "cnn-3", "cnn-5")
LARGE_ZOO = ("vgg16", "resnet50", "mobilenetv2", "densenet201", "resnext50", "sk-resnext50", "vit-tiny16")


@pytest.mark.parametrize(("name", "method"), telling(QUICK, product(NAMES, POSITIVE)))
def test_positive_rules_conserve_at_every_stage(name: str, method: str) -> None:
    check_conserved(small(name), method, POSITIVE[method], signed=method == "lrp-composite")


@pytest.mark.parametrize(("name", "method"), telling(QUICK, product(NAMES, SIGNED)))
def test_signed_rules_conserve_at_every_stage(name: str, method: str) -> None:
    check_conserved(small(name), method, SIGNED[method], signed=True)


@pytest.mark.parametrize("name", telling(["cnn-2"], ZOO))
def test_the_small_networks_of_the_zoo_conserve(name: str) -> None:
    check_conserved(zoo(name), "lrp-alphabeta", {}, signed=False)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", [*ZOO, *LARGE_ZOO])
def test_every_network_of_the_zoo_conserves(name: str, rule: str) -> None:
    method, params, signed = RULES[rule]
    model = zoo(name)
    # Class tokens lead past the patches of a transformer; elsewhere nothing leads past a stage.
    assert name == "vit-tiny16" or len(cuts(model)) == 1 + len(stages(model.program))
    check_conserved(model, method, params, signed)


@pytest.mark.parametrize("name", telling(["residual", "dense"], NAMES))
def test_biases_are_the_difference_when_they_absorb(name: str) -> None:
    model = small(name)
    found = tfcore.explain(model, pictures(model), method="lrp-alphabeta")
    absorbed = found.facts["absorbed"]
    np.testing.assert_allclose(
        found.facts["relevance_at_input"] + absorbed, found.facts["relevance_at_output"], rtol=1e-4, atol=1e-6
    )
    assert np.abs(absorbed).max() > 0.01 * np.abs(found.facts["relevance_at_output"]).max()


@pytest.mark.parametrize("name", telling(["gated"], ["residual", "gated", "kernels"]))
def test_relevance_has_the_sign_of_the_score_under_positive_rules(name: str) -> None:
    model = small(name)
    for method in ("lrp-alphabeta", "deep-taylor"):
        found = tfcore.explain(model, pictures(model), method=method)
        score = np.sign(found.facts["relevance_at_output"])
        assert (found.values * score[:, None, None, None]).min() >= 0


def test_relevance_where_nothing_contributes_is_absorbed_not_blown_up() -> None:
    model = small("residual")
    black = np.zeros((1, *model.input_shape), np.float32)
    found = tfcore.explain(model, black, method="lrp-alphabeta", bias="ignore")
    assert not found.values.any()
    np.testing.assert_allclose(found.facts["absorbed"], found.facts["relevance_at_output"], rtol=1e-4)
    assert found.facts["absorbed_by_layer"]["stem"] == pytest.approx(found.facts["absorbed"], rel=1e-3)


def check_conserved(model: Model, method: str, params: dict[str, Any], signed: bool) -> None:
    found = tfcore.explain(model, pictures(model), method=method, bias="ignore", keep="stages", **params)
    start = found.facts["relevance_at_output"]
    assert np.abs(start).min() > 1e-3
    for name, above in cuts(model).items():
        relevance = found.relevance(name).astype(np.float64).reshape(len(start), -1)
        size = np.abs(relevance).sum(1) if signed else np.abs(start)
        kept = sum(found.facts["absorbed_by_layer"].get(path, 0) for path in above)
        assert np.all(np.abs(relevance.sum(1) + kept - start) <= 1e-3 * size + 1e-9), name


def cuts(model: Model) -> dict[str, list[str]]:
    """The input and the stages that nothing bypasses, with the layers between each and the output."""
    program = model.program
    found = {"input": [step.path for step in program.steps]}
    for name, step in stages(program).items():
        try:
            found[name] = [each.path for each in program.between([step.output], [program.output])]
        except ValueError:
            continue
    return found


def zoo(name: str) -> Model:
    side = 128 if name in ("vgg16", "densenet201") else 64
    return shaken(build(name, classes=3, input_shape=(side, side, 3)))
