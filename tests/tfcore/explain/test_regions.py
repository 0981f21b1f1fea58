"""A region, a contrast: what is explained is one value, and every method takes it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import cv2
import keras
import numpy as np
import pytest

import tfcore
from tests.shared import telling
from tests.tfcore.explain import networks
from tests.tfcore.explain.properties import is_well_formed
from tfcore.cli import DONE, WRONG, main
from tfcore.errors import HeatlensError
from tfcore.explain import Contrast
from tfcore.explain.region import Region
from tfcore.measure import Roi
from tfcore.models.scores import score, target_of
from tfcore.pictures import Picture
from tfcore.registry import MethodSpec, function
from tfcore.results import Box
from tfcore.uncertainty import of_explanation

HEIGHT, WIDTH = networks.HEIGHT, networks.WIDTH
EVERYWHERE = np.ones((HEIGHT, WIDTH), bool)
CORNER = np.zeros((HEIGHT, WIDTH), bool)
CORNER[2:6, 4:12] = True


def explained(spec: MethodSpec, count: int = 3, **asked: object) -> tfcore.explain.explanation.Explanation:
    model = networks.model("segmentation")
    return tfcore.explain(model, networks.batch(model)[:count], spec.name, **networks.quick(spec), **asked)


SPECS = [spec for spec in networks.ours() if networks.fits(spec, "segmentation")]
# One for every way through the network.
QUICK = {function(spec): spec for spec in SPECS}.values()


@pytest.mark.parametrize("spec", telling(QUICK, SPECS), ids=lambda spec: spec.name)
def test_every_method_takes_a_region(spec: MethodSpec) -> None:
    inside, whole, everywhere = (explained(spec, region=region) for region in (CORNER, None, EVERYWHERE))
    is_well_formed(inside, networks.batch(networks.model("segmentation")))
    np.testing.assert_array_equal(everywhere.maps, whole.maps)
    class_agnostic = spec.name == "eigen-cam"
    assert np.array_equal(inside.maps, whole.maps) == class_agnostic
    if not spec.slow:
        alone = explained(spec, 1, region=CORNER)
        np.testing.assert_allclose(alone.maps[0], inside.maps[0], atol=1e-5 * np.abs(inside.maps[0]).max())


def test_what_lies_outside_the_region_and_its_surroundings_is_not_looked_at() -> None:
    found = tfcore.explain(
        networks.model("segmentation"),
        networks.batch(networks.model("segmentation")),
        "gradient",
        target=1,
        region=CORNER,
    )
    assert found.maps[:, 2:6, 4:12].any()
    assert not found.maps[:, :, :1].any()
    assert not found.maps[:, 9:].any()


def test_relevance_begins_with_the_score_of_the_region() -> None:
    model = networks.model("segmentation")
    for method in ("lrp-epsilon", "clrp"):
        found = tfcore.explain(model, networks.batch(model), method, target=2, region=CORNER)
        start = found.relevance(model.program.steps[-1].path)
        np.testing.assert_allclose(start[..., 2].sum((1, 2)), found.logits[:, CORNER, 2].mean(1), rtol=1e-4)
        assert not start[:, ~CORNER].any()


def test_a_box_a_point_and_the_networks_own_answer_are_regions() -> None:
    model = networks.model("segmentation")
    batch = networks.batch(model)
    logits = model.logits(batch)

    def scored(region: object) -> np.ndarray:
        found: np.ndarray = score(model, logits, target_of(model, batch, 1, region))[0].numpy()
        return found

    np.testing.assert_allclose(scored(Box(4, 2, 8, 4)), logits[:, CORNER, 1].mean(1), rtol=1e-5)
    np.testing.assert_allclose(scored((5.5, 3.2)), logits[:, 3, 5, 1], rtol=1e-5)
    own = [one[one.argmax(-1) == 1, 1].mean() for one in logits]
    np.testing.assert_allclose(scored("predicted"), own, rtol=1e-5)


def test_the_predicted_class_is_that_of_the_region() -> None:
    model = networks.model("segmentation")
    found = tfcore.explain(model, networks.batch(model), region=CORNER)
    np.testing.assert_array_equal(found.targets, found.logits[:, CORNER].mean(1).argmax(-1))


def test_an_answer_coarser_than_the_image_counts_the_share_of_each_position() -> None:
    images = keras.Input((None, None, 1))
    model = tfcore.load_model(keras.Model(images, keras.layers.Conv2D(2, 4, 4)(images)))
    batch = np.random.default_rng(0).normal(size=(1, 8, 12, 1)).astype(np.float32)
    region = np.zeros((8, 12), bool)
    region[:4, 2:8] = True
    logits = model.logits(batch)
    found, _ = score(model, logits, target_of(model, batch, 1, region))
    np.testing.assert_allclose(found, logits[:, 0, :2, 1] @ [1 / 3, 2 / 3], rtol=1e-5)


def test_what_cannot_be_a_region_is_a_sentence() -> None:
    segmentation, classifier = networks.model("segmentation"), networks.model("sequential")
    for model, region, sentence in (
        (classifier, CORNER, "one answer for the whole image"),
        (segmentation, ~EVERYWHERE, "region of image 1 of 3 is empty"),
        (segmentation, (99, 3), "region of image 1 of 3 is empty"),
        (segmentation, EVERYWHERE[:-1], "one mask, or one for each of the 3 images"),
        (segmentation, EVERYWHERE * 7, "not a mask of true and false"),
        (segmentation, "tumour", "a box or a point"),
    ):
        with pytest.raises(HeatlensError, match=sentence):
            tfcore.explain(model, networks.batch(model), region=region)


def test_a_contrast_is_one_score_less_the_other() -> None:
    model = networks.model("branched")
    batch = networks.batch(model)
    one, other, both = (
        tfcore.explain(model, batch, "gradient", target=target) for target in (0, 2, Contrast(0, model.classes[2]))
    )
    np.testing.assert_allclose(both.values, one.values - other.values, atol=1e-6)
    assert both.targets.tolist() == [0, 0, 0]
    begun = tfcore.explain(model, batch, "lrp-epsilon", target=Contrast(0, 2)).facts["relevance_at_output"]
    np.testing.assert_allclose(begun, both.logits[:, 0] - both.logits[:, 2], rtol=1e-5)
    with pytest.raises(HeatlensError, match="not a contrast"):
        tfcore.explain(model, batch, "clrp", target=Contrast(0, 2))


def test_a_heatmap_of_a_region_has_a_spread() -> None:
    model = networks.model("segmentation")
    spread = [
        of_explanation(model, networks.batch(model)[:1], method, passes=2, insert=0.2, target=1, region=CORNER)
        for method in ("gradient", "guided-backprop")
    ]
    for found in spread:
        assert found.mean[:, 2:6, 4:12].any()
        assert not found.mean[:, 9:].any()


def _segmenting() -> keras.Model:
    images = keras.Input((HEIGHT, WIDTH, 3))
    hidden = keras.layers.Conv2D(4, 3, padding="same", activation="relu")(images)
    return keras.Model(images, keras.layers.Conv2D(2, 3, padding="same", activation="softmax")(hidden))


def test_a_region_is_named_in_the_pictures_own_pixels_and_comes_back_by_its_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    network, picture, mask = tmp_path / "s.keras", tmp_path / "p.png", tmp_path / "m.png"
    _segmenting().save(network)
    # Twice as large as the network's input.
    levels = np.random.default_rng(0).integers(0, 256, (2 * HEIGHT, 2 * WIDTH, 3), np.uint8)
    cv2.imwrite(str(picture), levels)
    cv2.imwrite(str(mask), np.repeat(np.repeat(CORNER, 2, 0), 2, 1).astype(np.uint8) * 255)
    model = tfcore.load_model(network)
    expected = tfcore.explain(model, model.prepare([picture]), "gradient", target=1, region=CORNER).maps[0]

    def run(command: list[str]) -> dict[str, Any]:
        assert main(command, lambda _: 1) == DONE
        (heat,) = json.loads(capsys.readouterr().out)["pictures"][0]["heats"]
        return dict(heat)

    asked = ["explain", str(picture), "--model", str(network), "--method", "gradient", "--target", "1", "--json"]
    for region in ("box=8,4,24,12", "outline=8,4,24,4,24,12,8,12", f"mask={mask}"):
        more = ["--region", region, "--out", str(tmp_path / "out"), "--format", "png,npz", "--overwrite"]
        assert run(asked + more)["region"] == region
        made = np.load(tmp_path / "out" / "p.npz")
        np.testing.assert_allclose(made["map_0"], expected, atol=1e-7)
        record = json.loads((tmp_path / "out" / "p.json").read_text())["items"][0]
        # A file is named as it is found from the record.
        assert record["region"] == ("mask=../m.png" if region.startswith("mask") else region)
        again = [*shlex.split(record["command"])[1:], "--json", "--overwrite"]
        again[again.index("--out") + 1 : again.index("--out") + 4] = [str(tmp_path / "again"), "--format", "npz"]
        # A record names files from its own folder.
        monkeypatch.chdir(tmp_path / "out")
        run(again)
        np.testing.assert_array_equal(np.load(tmp_path / "again" / "p.npz")["map_0"], made["map_0"])
    assert record["model"]["hashes"]["region"]


@pytest.mark.parametrize(
    ("model", "region", "sentence"),
    [
        ("s.keras", "box=900,4,990,12", "p.png: box=900,4,990,12 holds nothing of the picture (32 × 24)"),
        ("s.keras", "box=9,4,2,12", "has no inside"),
        ("s.keras", "circle=1", "is not box=x0,y0,x1,y1"),
        ("s.keras", "point=nan,2", "is not box=x0,y0,x1,y1"),
        ("s.keras", "mask=small.png", "but its mask small.png 4 × 3"),
        ("demo", "point=3,4", "gives one answer for the whole image, so it has no region"),
    ],
)
def test_a_region_that_cannot_be_is_one_sentence(
    model: str,
    region: str,
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    _segmenting().save("s.keras")
    cv2.imwrite("p.png", np.full((2 * HEIGHT, 2 * WIDTH), 90, np.uint8))
    cv2.imwrite("small.png", np.full((3, 4), 255, np.uint8))
    assert main(["explain", "p.png", "--model", model, "--region", region, "--out", "out"], lambda _: 1) == WRONG
    assert sentence in capsys.readouterr().err


def test_a_point_of_a_picture_that_shrinks_is_one_pixel_of_the_input(tmp_path: Path) -> None:
    picture = Picture(np.zeros((400, 400), np.uint8), tmp_path / "p.png", "", (0.0, 255.0))
    seen = Region.of("point=123,9").seen(picture, Box(0, 0, 400, 400), 40, 40)
    assert np.argwhere(seen).tolist() == [[0, 12]]
    # A picture in the middle of black margins, twice as large as it is.
    seen = Region.of("point=0,0").seen(picture, Box(-100, 0, 600, 400), 800, 1200)
    assert np.argwhere(seen).tolist() == [[0, 200], [0, 201], [1, 200], [1, 201]]


def test_what_the_network_itself_says_is_a_region(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _segmenting().save(tmp_path / "s.keras")
    model = tfcore.load_model(tmp_path / "s.keras")
    for number in (0, 1):
        levels = np.random.default_rng(number).integers(0, 255, (HEIGHT, WIDTH), np.uint8)
        cv2.imwrite(str(tmp_path / f"p{number}.png"), levels)
    pictures = [tmp_path / "p0.png", tmp_path / "p1.png"]
    batch = model.prepare(pictures)
    target = int(model.predict(batch)[0].mean((0, 1)).argmax())
    asked = ["--model", str(tmp_path / "s.keras"), "--method", "gradient", "--target", str(target)]
    asked += ["--region", "predicted", "--format", "npz", "--out", str(tmp_path / "out")]
    assert main(["explain", *map(str, pictures), *asked], lambda _: 1) == DONE
    expected = tfcore.explain(model, batch, "gradient", target=target, region="predicted").maps
    for path, wanted in zip(pictures, expected, strict=True):
        np.testing.assert_allclose(np.load(tmp_path / "out" / f"{path.stem}.npz")["map_0"], wanted, atol=1e-7)


def test_a_drawn_region_is_named_as_it_is_asked_for() -> None:
    ellipse = Roi("lesion", "ellipse", ((20.0, 9.0), (8.0, 3.25)))
    assert ellipse.region == "ellipse=8,3.25,20,9"
    again = Region.of(ellipse.region).shape
    assert again is not None
    np.testing.assert_array_equal(again.inside(30, 30)[2], ellipse.inside(30, 30)[2])
