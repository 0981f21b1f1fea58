"""What overflows in single precision is a flagged zero map with its reason, and takes no other picture with it."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers
from PIL import Image

import tfcore
from gui.features.relevance.words import line
from tests.fuzz.test_networks import is_finite
from tests.tfcore.explain import networks
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Job
from tfcore.evaluate.images import Images
from tfcore.evaluate.metric import ZERO_MAP
from tfcore.explain.explanation import Explanation
from tfcore.explain.finite import LARGEST
from tfcore.explain.heat import heat_of
from tfcore.figure import words
from tfcore.jobs.layer_strip import layer_strip
from tfcore.models.model import Model
from tfcore.pictures import Picture, read
from tfcore.registry import MethodSpec, find, function
from tfcore.results import Box

IGNORED = {"bias": "ignore"}


def cancelling(deep: int = 8) -> keras.Model:
    """Every unit compares the first two channels: of a grey image nothing is left but the biases."""
    images = keras.Input((8, 8, 3))
    value = layers.Conv2D(2, 1, name="first")(images)
    for number in range(deep):
        value = layers.Conv2D(2, 1, name=f"again{number}")(value)
    network = keras.Model(images, layers.Dense(2, name="head")(layers.GlobalAveragePooling2D()(value)))
    apart = np.array([[1.0, -1.0], [-1.0, 1.0]])
    for layer in network.layers:
        if isinstance(layer, layers.Conv2D):
            kernel = np.vstack([apart, np.zeros((layer.input.shape[-1] - 2, 2))])
            layer.set_weights([kernel[None, None], np.ones(2)])
    network.get_layer("head").set_weights([np.array([[1.0, 0.5], [0.25, 2.0]]), np.zeros(2)])
    return network


@cache
def model() -> Model:
    return tfcore.load_model(cancelling())


def grey_and_coloured() -> np.ndarray:
    grey = np.repeat(np.linspace(0.25, 1, 64).reshape(8, 8, 1), 3, -1)
    return np.stack([grey, grey * (1.0, 0.5, 0.25)]).astype(np.float32)


@cache
def overflowed() -> Explanation:
    return tfcore.explain(model(), grey_and_coloured(), "lrp-epsilon", target=0, **IGNORED)


def test_an_overflow_is_a_flagged_zero_map_and_the_sentence_names_a_way_out() -> None:
    found = overflowed()
    is_finite(found, grey_and_coloured())
    assert found.degenerate.tolist() == [True, False]
    assert "overflowed in single precision" in found.facts["why"][0]
    assert found.facts["why"][1] == ""
    assert "use lrp-alphabeta" in found.facts["why"][0]
    instead = tfcore.explain(model(), grey_and_coloured(), "lrp-alphabeta", **IGNORED)
    assert not instead.degenerate.any()
    assert "why" not in instead.facts


def test_values_out_of_all_proportion_to_the_score_are_no_map_either() -> None:
    found = tfcore.explain(tfcore.load_model(cancelling(2)), grey_and_coloured(), "lrp-epsilon", target=0, **IGNORED)
    assert found.degenerate.tolist() == [True, False]
    assert "exceed the score more than 1,000,000 times" in found.facts["why"][0]
    assert "use lrp-alphabeta" in found.facts["why"][0]
    assert found.facts["why"][1] == ""


def test_the_other_pictures_of_the_batch_are_untouched() -> None:
    alone = tfcore.explain(model(), grey_and_coloured()[1:], "lrp-epsilon", target=0, **IGNORED)
    np.testing.assert_array_equal(overflowed().maps[1], alone.maps[0])
    for fact in ("relevance_at_output", "relevance_at_input", "absorbed"):
        np.testing.assert_allclose(overflowed().facts[fact][1], alone.facts[fact][0])


def test_relevance_at_any_layer_is_finite() -> None:
    found = tfcore.explain(model(), grey_and_coloured(), "lrp-epsilon", target=0, keep="first, again7", **IGNORED)
    for path, is_there in {"first": False, "again7": True}.items():
        relevance = found.relevance(path)
        assert np.isfinite(relevance).all()
        assert relevance[1].any()
        assert relevance[0].any() == is_there


def test_a_heat_says_why_in_its_note_in_the_figure_and_in_the_window(tmp_path: Path) -> None:
    heats = [heat_of(model(), picture(tmp_path), overflowed(), Box(0, 0, 8, 8), index) for index in (0, 1)]
    assert "overflowed in single precision" in heats[0].note
    assert words.nothing(heats[0]) == "no heatmap: overflow"
    assert "overflowed" in line(heats[0]).text
    # What would be sums are none.
    assert set(heats[0].facts) == {"why"}
    assert "overflow" not in heats[1].note
    assert "why" not in heats[1].facts
    assert line(heats[1]).text.startswith("Relevance:")


def test_a_mean_of_layers_of_which_one_overflowed_is_none() -> None:
    found = tfcore.explain(model(), grey_and_coloured(), "lrp-epsilon", "again7+first", **IGNORED)
    is_finite(found, grey_and_coloured())
    assert found.degenerate.tolist() == [True, False]
    assert "overflowed" in found.facts["why"][0]


def test_metrics_leave_an_overflow_out() -> None:
    images = Images(model(), grey_and_coloured(), ["", ""], None, [overflowed()])
    spec = find("metric", "average-drop")
    outcomes = function(spec)(images, overflowed(), spec.parse({}))
    assert outcomes[0] == ZERO_MAP
    assert isinstance(outcomes[1], float)


def test_the_strip_of_relevance_shows_the_layers_before_the_overflow(tmp_path: Path) -> None:
    file = tmp_path / "m.keras"
    cancelling().save(file)
    context = Context(Job("layer_strip", {}), lambda _: None, OpenModels(), threading.Event())
    found = layer_strip(context, str(file), str(picture(tmp_path).path), "lrp-epsilon", 0, IGNORED, every=True)
    assert not found.heats[0].degenerate
    assert found.heats[-1].degenerate
    assert "overflowed" in found.heats[-1].note
    assert np.isfinite(found.sums).all()
    assert found.total == pytest.approx(1.25)


@cache
def not_finite() -> tuple[np.ndarray, networks.Explanations]:
    """A picture to which the network's own answer overflows, and every method's map of it."""
    huge = networks.model("sequential")
    batch = abs(networks.batch(huge, 1))
    with networks.of(1e30, huge):
        return batch, networks.together(huge, "sequential", batch)


@pytest.mark.parametrize("spec", networks.ours(), ids=lambda spec: spec.name)
def test_an_answer_that_is_not_finite_is_said_to_be_the_networks(spec: MethodSpec) -> None:
    batch, each = not_finite()
    is_finite(each[spec.name], batch)
    assert each[spec.name].degenerate.all()
    assert "the network's own answer to this picture is not finite" in each[spec.name].facts["why"][0]


@pytest.mark.parametrize("scale", [1e-30, 1e15, LARGEST / 1e4])
def test_the_principal_component_of_a_map_does_not_depend_on_its_scale(scale: float) -> None:
    from tfcore.explain.cam import eigen_cam

    maps = np.random.default_rng(0).normal(0, 1, (2, 4, 5, 3)).astype(np.float32)
    wanted = eigen_cam(maps, None).numpy()
    scaled = eigen_cam((maps * scale).astype(np.float32), None).numpy() / scale
    np.testing.assert_allclose(scaled, wanted, rtol=1e-3, atol=1e-3)


def test_a_map_that_is_not_finite_does_not_end_the_batch_of_eigen_cam() -> None:
    from tfcore.explain.cam import eigen_cam

    maps = np.random.default_rng(0).normal(0, 1, (2, 4, 5, 3)).astype(np.float32)
    wanted = eigen_cam(maps, None).numpy()
    maps[0, 0, 0, 0] = np.nan
    found = eigen_cam(maps, None).numpy()
    assert np.isnan(found[0]).any()
    np.testing.assert_allclose(found[1], wanted[1])


def picture(folder: Path) -> Picture:
    """A grey picture as a file."""
    file = folder / "grey.png"
    Image.fromarray(np.full((8, 8), 128, np.uint8)).save(file)
    return read(file)
