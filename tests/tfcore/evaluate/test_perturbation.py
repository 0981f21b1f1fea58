"""Metrics that perturb the picture, where the right answer is known: a network that adds up its pixels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import keras
import numpy as np
import pytest

import tfcore
from tests.tfcore.evaluate.adding import HEIGHT, WIDTH, adding, contributions, pictures
from tests.tfcore.explain import networks
from tfcore.data.phantom import write
from tfcore.errors import HeatlensError
from tfcore.evaluate import impute, measure, probing
from tfcore.evaluate.aopc import grid_cells
from tfcore.evaluate.changes import followed, logits_of_copies
from tfcore.evaluate.images import Images
from tfcore.evaluate.imputation import imputed, imputed_in_turn
from tfcore.models.model import Model
from tfcore.registry import find, function


def aopc(model: Model, maps: np.ndarray, **settings: Any) -> np.ndarray:
    given = {"grid": WIDTH, "perturbation": "zero", "target": 1, **settings}
    return measure("aopc", model, pictures(), maps, **given).values


def test_the_best_order_has_the_highest_aopc_and_the_worst_the_lowest() -> None:
    model = adding()
    right = contributions(model)
    best, worst = aopc(model, right), aopc(model, right, order="least")
    np.testing.assert_allclose(worst, aopc(model, -right))
    draw = np.random.default_rng(0)
    for seed in range(5):
        for other in (aopc(model, right, order="random", seed=seed), aopc(model, draw.normal(size=right.shape))):
            assert (worst < other).all()
            assert (other < best).all()


def test_where_all_pixels_count_alike_no_order_is_better() -> None:
    model, flat = adding(even=True), np.ones((2, HEIGHT, WIDTH))
    same = np.full((2, HEIGHT, WIDTH, 1), 0.7, np.float32)
    found = [
        measure("aopc", model, same, flat, target=1, grid=4, perturbation="zero", order=order).curves
        for order in ("most", "least", "random")
    ]
    np.testing.assert_allclose(found[0], found[1], atol=1e-6)
    np.testing.assert_allclose(found[0], found[2], atol=1e-6)
    assert found[0] is not None
    assert (np.diff(found[0]) < 0).all()


@pytest.mark.parametrize("how", ["noise", "uniform", "mean", "blur", "zero", "road"])
def test_every_perturbation_begins_with_the_picture_and_ends_where_the_order_no_longer_matters(how: str) -> None:
    model = adding()
    said = model.predict(pictures())[:, 1]
    maps = contributions(model)
    one, other = (
        measure("aopc", model, pictures(), each, target=1, grid=3, perturbation=how) for each in (maps, -maps)
    )
    assert one.curves is not None
    assert other.curves is not None
    assert one.curves.shape == (2, 10)
    np.testing.assert_allclose(one.curves[:, 0], said, rtol=1e-5)
    np.testing.assert_allclose(one.curves[:, -1], other.curves[:, -1], rtol=1e-5)
    assert (one.curves[:, 1] != one.curves[:, 0]).all()


def test_insertion_rises_and_deletion_falls_fastest_in_the_right_order() -> None:
    model = adding()
    maps, batch = contributions(model), pictures()
    dark = {"blurred": np.zeros_like(batch)}
    appearing = [measure("insertion", model, batch, each, target=1, given=dark) for each in (maps, -maps)]
    going = [measure("deletion", model, batch, each, target=1, mean=[0]) for each in (maps, -maps)]
    assert (appearing[0].values > appearing[1].values).all()
    assert (going[0].values < going[1].values).all()
    # Uncovering by the one order is covering by the other, backwards.
    assert appearing[0].curves is not None
    assert going[1].curves is not None
    np.testing.assert_allclose(appearing[0].curves, going[1].curves[:, ::-1], rtol=1e-5)


@pytest.mark.parametrize("metric", ["aopc", "insertion", "deletion"])
def test_a_zero_map_is_left_out_and_ties_go_in_reading_order(metric: str) -> None:
    model, maps = adding(), np.zeros((2, HEIGHT, WIDTH))
    maps[0] = 3
    flat = measure(metric, model, pictures(), maps, target=1)
    assert flat.left_out == {"zero map": 1}
    assert np.isnan(flat.values[1])
    maps[0] = -np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH)
    if metric != "aopc":
        np.testing.assert_array_equal(flat.values, measure(metric, model, pictures(), maps, target=1).values)


def test_a_picture_gets_the_same_number_alone_and_in_a_batch() -> None:
    model, maps = adding(), contributions(adding())
    for metric in ("aopc", "insertion"):
        together = measure(metric, model, pictures(), maps, target=1).values
        alone = measure(metric, model, pictures()[1:], maps[1:], target=1).values
        np.testing.assert_allclose(together[1:], alone, rtol=1e-6)


def test_what_does_not_depend_on_the_map_goes_through_the_network_once(monkeypatch: pytest.MonkeyPatch) -> None:
    model, batch = networks.model("sequential"), networks.batch(networks.model("sequential"), 1)
    found = [*tfcore.explain_many(model, batch, ["gradient", "grad-times-input"]).values()]
    images = Images(model, batch, ["no mask"], batch.mean((0, 1, 2)), found)
    passed: list[int] = []
    forward, only_new = probing.forward, probing.logits_of_copies
    monkeypatch.setattr(probing, "forward", lambda model, some: passed.append(len(some)) or forward(model, some))

    def in_parts(*of: Any) -> Any:
        passed.append(of[1].rows[0].shape[-1])
        return only_new(*of)

    monkeypatch.setattr(probing, "logits_of_copies", in_parts)

    def through(metric: str, **settings: Any) -> int:
        passed.clear()
        spec = find("metric", metric)
        for one in found:
            function(spec)(images, one, spec.parse(settings))
        return sum(passed)

    # Two maps, which have the copy in common that shows nothing of the picture.
    assert 9 < through("aopc", grid=3) < 2 * 9
    assert through("aopc", grid=3, order="random") <= 9
    assert through("insertion") == through("deletion") == 2 * 100 - 1
    assert through("faithfulness-correlation", samples=7) == 7


def of_many_kinds() -> Model:
    """Padded, strided, dilated, depthwise and pooled, with a shortcut and norms."""
    layers = keras.layers
    images = keras.Input((72, 88, 2))
    values = layers.ZeroPadding2D(((3, 2), (1, 4)))(images)
    values = layers.Conv2D(6, (5, 3), 2, use_bias=False)(values)
    values = layers.ReLU()(layers.BatchNormalization(beta_initializer="random_normal")(values))
    shortcut = layers.MaxPooling2D(3, 2, "same")(values)
    values = layers.Conv2D(6, 3, padding="same", dilation_rate=2, activation="relu", bias_initializer="ones")(shortcut)
    values = layers.DepthwiseConv2D(2, padding="same", depth_multiplier=1, bias_initializer="ones")(values)
    values = layers.Activation("tanh")(layers.Add()([values, shortcut]))
    values = layers.MaxPooling2D(2)(layers.Conv2D(4, 1, activation="softmax")(values))
    return tfcore.load_model(keras.Model(images, layers.Dense(3, "softmax")(layers.Flatten()(values))))


def test_what_is_new_alone_gives_what_whole_copies_give() -> None:
    model, draw = of_many_kinds(), np.random.default_rng(0)
    start, end = draw.normal(size=(2, 72, 88, 2)).astype(np.float32)
    cells, many = grid_cells(72, 88, 9)
    of_cells, steps = draw.permutation(many)[cells], np.array([0, 2, *range(3, many + 1)])
    # As the pixels of a map that is zero go.
    lines = np.arange(72 * 88).reshape(72, 88) * many // (72 * 88)
    for turns in (of_cells, lines):
        shared = followed(model, turns, steps, 2)
        assert shared is not None
        some = logits_of_copies(model, shared, start, end)
        whole = np.where((turns < steps[:, None, None])[..., None], end, start)
        np.testing.assert_allclose(np.concatenate([*some]), model.logits(whole), rtol=1e-4, atol=1e-5)
    # Where everything changes at once, or here and there at each step, there is nothing to gain.
    assert followed(model, of_cells, np.array([0, many]), 2) is None
    strewn = draw.permutation(lines.ravel()).reshape(lines.shape)
    assert followed(model, strewn, steps, 2) is None


@pytest.mark.parametrize(("name", "target"), [("unit", 0), ("segmentation", 2), ("nested", None)])
def test_networks_of_other_kinds_are_perturbed_too(name: str, target: int | None) -> None:
    model = networks.model(name)
    batch = networks.batch(model)
    maps = np.random.default_rng(0).normal(size=batch.shape[:3])
    found = measure("aopc", model, batch, maps, target=target, grid=3)
    assert found.curves is not None
    assert found.curves.shape == (3, 10)
    assert np.isfinite(found.curves).all()


def test_wrongly_classified_pictures_are_left_out(tmp_path: Path) -> None:
    data = write(tmp_path / "data", n=4, size=32).parent
    model = tfcore.load_model("demo")
    shown = [path for path in sorted(data.rglob("*.png")) if path.parent.name in model.classes]
    right = sum(
        model.classes[said] == path.parent.name
        for path, said in zip(shown, model.predict(model.prepare(shown)).argmax(-1), strict=True)
    )
    row = tfcore.evaluate(model, data, metrics=["aopc"], params={"aopc": {"grid": 2, "order": "least"}}).rows[0]
    assert row.n + row.left_out.get("zero map", 0) <= right
    assert row.left_out["classified otherwise than labelled"] == len(shown) - right > 0
    assert row.better == "lower"


def test_imputed_pixels_continue_what_surrounds_them() -> None:
    ramp = np.add.outer(np.arange(9.0), 2 * np.arange(11.0))
    batch = np.stack([ramp, -ramp, ramp / 2], -1)[np.newaxis].astype(np.float32)
    keep = np.ones((1, 9, 11), bool)
    keep[0, 2:6, 3:8] = False
    np.testing.assert_allclose(impute(np.where(keep[..., None], batch, 99), keep, noise=0), batch, atol=1e-4)
    noisy = impute(batch, keep, noise=0.5)
    assert (noisy[keep] == batch[keep]).all()
    assert 0.2 < (noisy - batch)[~keep].std() < 1
    np.testing.assert_array_equal(noisy, impute(batch, keep, noise=0.5))
    np.testing.assert_allclose(impute(batch, ~keep & keep, noise=0)[0, 4, 4], batch.mean((0, 1, 2)), rtol=1e-5)


@pytest.mark.parametrize(
    ("metric", "settings", "words"),
    [
        ("iou", {"maps": np.ones((1, 4, 4))}, "iou needs to know what is marked"),
        ("iou", {"maps": np.ones((1, 4, 4)), "boxes": np.ones((1, 4))}, "iou needs masks"),
        ("iou", {"maps": np.ones((1, 4, 4)), "masks": np.ones((1, 4, 5))}, r"The maps have the shape \(1, 4, 4\)"),
        ("aopc", {"maps": np.ones((1, 4, 4))}, "aopc needs a model and a batch"),
        ("aopc", {}, "neither maps nor a method"),
        ("conservation-axiom", {"maps": np.ones((1, 4, 4))}, "asks the method itself"),
        ("aopc", {"maps": np.ones((1, 4, 4)), "grid": 0}, "grid = 0"),
    ],
)
def test_what_is_missing_is_said(metric: str, settings: dict[str, Any], words: str) -> None:
    with pytest.raises(HeatlensError, match=words):
        measure(metric, **settings)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"mean": [0, 0]}, r"mean has the shape \(2,\); give 1 values"),
        ({"given": {"noise": np.zeros((2, 5, 5, 1))}}, "given\\['noise'\\] has the shape"),
        ({"given": {"order": np.zeros((2, 4), int)}, "order": "random"}, "is no order of the 4 cells"),
    ],
)
def test_arrays_that_do_not_fit_are_said(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(HeatlensError, match=words):
        measure("aopc", adding(), pictures(), np.ones((2, HEIGHT, WIDTH)), grid=2, **settings)


def test_empty_marks_and_broken_maps_are_left_out() -> None:
    maps, masks = np.random.default_rng(0).normal(size=(3, 8, 8)), np.zeros((3, 8, 8), bool)
    masks[0, 2:4, 2:4] = masks[2, 2:4, 2:4] = True
    maps[2, 0, 0] = np.nan
    for metric in ("iou", "pointing-game", "energy-pointing", "box-iou"):
        found = measure(metric, maps=maps, masks=masks)
        assert found.left_out == {"nothing marked": 1, "the map is not finite": 1}
        assert np.isnan(found.values).tolist() == [False, True, True]


@pytest.mark.parametrize("channels", [1, 3, 5])
def test_cells_imputed_one_after_the_other_are_as_if_each_step_were_solved_exactly(channels: int) -> None:
    draw = np.random.default_rng(4)
    image = cv2.GaussianBlur(draw.normal(5, 20, (37, 50, channels)), (0, 0), 3).reshape(37, 50, channels)
    cells, many = grid_cells(37, 50, 5)
    turns = np.argsort(draw.permutation(many))[cells]
    steps = list(imputed_in_turn(image.astype(np.float32), turns, many, 0.3, seed=2))
    assert len(steps) == many
    for step, filled in enumerate(steps):
        exact = imputed(image.astype(np.float32), turns > step, 0.3, seed=2)
        # The noise that is usual is ten times as large.
        np.testing.assert_allclose(filled, exact, atol=1e-3 * np.ptp(image))
