"""Axioms: formulas by hand, weights that are those of the maps, and what theory says of a pooled linear head."""

from __future__ import annotations

import numpy as np
import pytest

import tfcore
from tests.tfcore.explain import networks
from tfcore.evaluate.axioms import conservation, sensitivity
from tfcore.evaluate.contributions import contributions, layer_of, seen, weighing
from tfcore.evaluate.images import Images
from tfcore.explain.tokens import as_map
from tfcore.registry import find, function

WEIGHED = [spec.name for spec in weighing()]


def images(name: str, methods: list[str], layer: str | None = None, target: int | None = None) -> Images:
    model = networks.model(name)
    batch = networks.batch(model)
    found = tfcore.explain_many(model, batch, methods, [layer], target)
    return Images(model, batch, ["no mask"] * len(batch), None, list(found.values()))


def measured(metric: str, of: Images) -> dict[str, np.ndarray]:
    spec = find("metric", metric)
    return {each.method: np.array(function(spec)(of, each, {})) for each in of.explanations}


def test_formulas_by_hand() -> None:
    shares, drops = np.array([1.0, -2.0, 4.0]), np.array([2.0, -2.0, 1.0])
    assert conservation(4.0, shares) == pytest.approx(1 / 4)
    assert conservation(-4.0, shares) == pytest.approx(7 / 4)
    assert sensitivity(drops, shares) == pytest.approx((1 + 0 + 3) / 5)
    assert conservation(0.0, shares) == "score 0"
    assert sensitivity(np.zeros(3), shares) == "no channel matters"


@pytest.mark.parametrize("method", [name for name in WEIGHED if name != "cam"])
@pytest.mark.parametrize(("name", "layer"), [("branched", "joined"), ("nested", None), ("unit", None)])
def test_the_weights_measured_are_those_of_the_map(method: str, name: str, layer: str | None) -> None:
    import tensorflow as tf

    of = images(name, [method], layer)
    (found,) = of.explanations
    step = layer_of(of, found)
    assert step is not None
    passed = seen(of)
    activation = passed.activations[step]
    spec, arriving = find("method", method), tf.constant(passed.gradients[step])
    if spec.propagation is not None:
        arriving = as_map(tf.constant(found.relevance(step.path)), of.model.program)
    assert spec.weights is not None
    weights = spec.weights(tf.constant(activation), arriving).numpy()
    weights = weights[:, np.newaxis, np.newaxis] if weights.ndim == 2 else weights
    native = np.maximum((weights * activation).sum(-1), 0)
    np.testing.assert_allclose(native, found.native, rtol=1e-4, atol=1e-5 * (1 + np.abs(native).max()))


def test_behind_a_pooled_linear_head_grad_cam_is_off_by_the_bias_alone() -> None:
    of = images("sequential", ["grad-cam", "xgrad-cam"], target=1)
    bias = of.model.keras.get_layer("head").get_weights()[1][1]
    scores = of.explanations[0].logits[:, 1]
    for errors in measured("conservation-axiom", of).values():
        np.testing.assert_allclose(errors, np.abs(bias / scores), rtol=1e-3)
    for errors in measured("sensitivity-axiom", of).values():
        np.testing.assert_allclose(errors, 0, atol=1e-4)


def test_the_error_of_xrelevance_cam_is_what_the_propagation_lost() -> None:
    of = images("sequential", ["xrelevance-cam", "relevance-cam"])
    errors = measured("conservation-axiom", of)
    found = of.explanations[0]
    begun = np.abs(found.logits.max(-1)) / 3
    arrived = found.relevance(found.layer).sum((1, 2, 3))
    np.testing.assert_allclose(errors["xrelevance-cam"], np.abs(begun - arrived) / begun, atol=1e-5)
    assert errors["xrelevance-cam"].max() < 0.01
    assert errors["relevance-cam"].min() > 0.1


def test_relevance_methods_are_measured_by_the_contrastive_score() -> None:
    """The score scaled by 1/C, upright where it is negative, whatever the number of classes."""
    unit = images("unit", ["xrelevance-cam"], target=0)
    (found,) = unit.explanations
    shares = contributions(found, seen(unit), next(filter(None, [layer_of(unit, found)]))).sum(-1)
    contrastive = np.abs(found.logits[:, 0]) / 2
    wanted = np.abs(contrastive - shares) / contrastive
    np.testing.assert_allclose(measured("conservation-axiom", unit)["xrelevance-cam"], wanted, rtol=1e-4)


def test_maps_without_channel_weights_or_of_several_layers_are_left_out() -> None:
    model = networks.model("sequential")
    batch = networks.batch(model)
    found = tfcore.explain_many(model, batch, ["saliency", "grad-cam"], ["aggregate"])
    of = Images(model, batch, ["no mask"] * len(batch), None, list(found.values()))
    errors = measured("conservation-axiom", of)
    assert set(errors["saliency"]) == {"no channel weights"}
    assert set(errors["grad-cam"]) == {"several layers"}
