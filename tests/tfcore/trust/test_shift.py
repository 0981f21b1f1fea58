"""Pictures unlike those a network has learnt from are told apart, wherever its answer is seen."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

import resources
import tfcore
from tests.shared import shared
from tfcore.cli import main
from tfcore.data import phantom
from tfcore.errors import HeatlensError
from tfcore.models.model import Model
from tfcore.models.reference import Reference, beside
from tfcore.pictures import Picture
from tfcore.pictures.plain_look import plain_look
from tfcore.training.predictions import predict_files
from tfcore.trust.reference import learnt


@pytest.fixture(scope="module")
def model(demo: Model) -> Model:
    return demo


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("channels", [(), (3,), (4,)])
def test_a_plain_look_is_what_numpy_says_of_the_picture_on_the_screen(channels: tuple[int, ...]) -> None:
    array = np.random.default_rng(0).integers(0, 256, (90, 70, *channels)).astype(np.uint8)
    shown = Picture(array, Path("a.png"), "", (0, 255)).display().astype(np.float32)
    height, width, coloured, _, _, *below = plain_look(Picture(array, Path("a.png"), "", (0, 255)))
    assert (height, width) == (90, 70)
    assert coloured == pytest.approx(np.ptp(shown, -1).mean())
    counts, _ = np.histogram(shown.mean(-1), 16, (0, 256))
    np.testing.assert_allclose(below, counts.cumsum()[:-1] / 6300, rtol=1e-6)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A phantom that the demo network never saw, and what can be done to it."""
    folder = tmp_path_factory.mktemp("odd")
    plain = cv2.imread(str(resources.path("demo") / "P0142.png"), cv2.IMREAD_GRAYSCALE)
    framed = plain.copy()
    framed[:10], framed[-10:, ::3] = 255, 255
    changed = {
        "plain": plain,
        "inverted": 255 - plain,
        "colour": cv2.applyColorMap(plain, cv2.COLORMAP_JET),
        "framed": framed,
        "noise": np.random.default_rng(0).integers(0, 256, plain.shape, np.uint8),
        "large": cv2.resize(plain, (1200, 1200)),
    }
    for name, picture in changed.items():
        cv2.imwrite(str(folder / f"{name}.png"), picture)
    return {name: folder / f"{name}.png" for name in changed}


def test_what_a_network_never_saw_is_said_beside_its_answer(
    odd: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", *map(str, odd.values()), "--model", "demo"], lambda _: 1) == 0
    said = capsys.readouterr()
    found = {Path(row["path"]).stem: row for row in rows(said.out)}
    unlike = {name for name, row in found.items() if row["unlike"].startswith("unlike anything this network")}
    assert unlike >= {"inverted", "noise"}
    assert not {"plain", "large"} & unlike
    assert found["plain"]["unlike"] == ""
    assert float(found["plain"]["shift"]) < 99 < float(found["noise"]["shift"])
    for name, remark in {
        "inverted": "the other way round",
        "colour": "in colour",
        "framed": "on its border",
        "large": "1200 × 1200",
    }.items():
        assert remark in found[name]["unlike"]
    assert "unlike anything this network was trained on; do not rely on them" in said.err

    out = ["explain", str(odd["noise"]), "--model", "demo", "--method", "grad-cam,lrp-epsilon", "--out", str(tmp_path)]
    assert main([*out, "--json"], lambda _: 1) == 0
    told = capsys.readouterr()
    assert json.dumps(json.loads(told.out)).count('"beyond": true') == 2
    assert "noise.png: unlike anything this network was trained on (99.9th percentile)" in told.err
    (record,) = tmp_path.glob("*.json")
    assert all(item["shift"]["beyond"] for item in json.loads(record.read_text())["items"])


def test_real_brains_are_unlike_the_phantoms_and_new_phantoms_are_not(model: Model, tmp_path: Path) -> None:
    phantom.write(tmp_path / "new", n=24, size=128, seed=77)
    slices = [path for path in (tmp_path / "new").rglob("*.png") if path.parent.name != "masks"]
    groups = slices, sorted(shared("data", "yes_no").rglob("*.jpg"))[::6]
    new, real = ([one.shift for one in predict_files(model, paths)] for paths in groups)
    assert not any(each.beyond for each in new)
    assert np.mean([each.beyond for each in real]) > 0.95


def test_it_is_found_in_the_pass_that_is_made_anyway(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = model.prepare(sorted(resources.path("demo").glob("*.png"))[:2])
    seen = model.seen(batch)
    wanted = seen[1]
    # A method that asks takes its target and the features from the same.
    once = iter([seen])
    monkeypatch.setattr(model, "seen", lambda _: next(once))
    with monkeypatch.context() as patch:
        patch.setattr("tfcore.explain.passes.forward", lambda *_: pytest.fail("a second pass"))
        found = tfcore.explain(model, batch, "occlusion", patch=64, stride=64)
    np.testing.assert_array_equal(found.features(), wanted)
    np.testing.assert_array_equal(found.logits, seen[0])
    monkeypatch.setattr(model, "seen", lambda _: pytest.fail("a second pass"))
    for method, layer in (("grad-cam", "stage4"), ("grad-cam", "stage2"), ("lrp-composite", None)):
        found = tfcore.explain(model, batch, method, layer)
        np.testing.assert_allclose(found.features(), wanted, rtol=1e-4, atol=1e-5)


def test_foreign_models_learn_what_is_usual_from_their_training_pictures(
    odd: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(resources.path("demo.keras"), tmp_path / "foreign.keras")
    model = tmp_path / "foreign.keras"
    phantom.write(tmp_path / "data", n=60, size=64, seed=3)
    heatlens = ["card", str(model), "--classes-of", str(tmp_path / "data"), "--scaling", "1/255"]
    assert main([*heatlens, "--reference", str(tmp_path / "data")], lambda _: 1) == 0
    assert beside(model).stat().st_size < 100_000
    card = json.loads(model.with_suffix(".json").read_text())
    assert (card["reference"]["on"], card["reference"]["pictures"]) == ("data", 60)
    # Neither names nor pictures are in it.
    assert b"Phantom" not in beside(model).read_bytes()
    assert str(tmp_path).encode() not in beside(model).read_bytes()
    capsys.readouterr()
    main(["predict", str(odd["noise"]), str(odd["plain"]), "--model", str(model)], lambda _: 1)
    noise, plain = rows(capsys.readouterr().out)
    assert "unlike anything" in noise["unlike"]
    assert "unlike anything" not in plain["unlike"]

    # Thumbnails on request alone, and then those of the nearest pictures.
    small = ["card", str(model), "--reference", str(tmp_path / "data"), "--thumbnails"]
    assert main(small, lambda _: 1) == 0
    (asked,) = (one.shift for one in predict_files(tfcore.load_model(str(model)), [odd["noise"]]))
    assert len(asked.nearest) == 4
    pictures = [cv2.imread(str(path)) for path in (tmp_path / "data").rglob("*.png") if path.parent.name != "masks"]
    shrunk = np.stack([cv2.resize(each, (48, 48), interpolation=cv2.INTER_AREA) for each in pictures])
    assert all((shrunk == each).all((1, 2, 3)).any() for each in asked.nearest)
    assert b"Phantom" not in beside(model).read_bytes()
    assert main(small[:-1], lambda _: 1) == 0
    capsys.readouterr()

    # Other weights of that name have no reference; a damaged one is a sentence; and it can be forgotten.
    stored = beside(model).read_bytes()
    beside(model).write_bytes(stored[: len(stored) // 2])
    assert tfcore.load_model(str(model)).reference is None
    with pytest.raises(HeatlensError, match="is no reference of heatlens, or damaged"):
        Reference.load(beside(model))
    beside(model).write_bytes(stored)
    assert tfcore.load_model(str(model)).reference is not None
    assert main(["card", str(model), "--reference", "none"], lambda _: 1) == 0
    assert tfcore.load_model(str(model)).reference is None
    few = ["card", str(model), "--reference", str(resources.path("demo"))]
    assert main(few, lambda _: 1) == 2
    assert "12 pictures are too few to tell what is usual; 50 are the least" in capsys.readouterr().err


def test_distances_are_what_they_are_called() -> None:
    """Of normal features, squared Mahalanobis distances are those of χ², and a tenth lies beyond nine tenths."""
    random = np.random.default_rng(0)
    mixing = random.normal(size=(5, 5))
    classes = np.repeat([0, 1], 1000)
    means = np.array([[20.0] * 5, [-20.0] * 5])
    drawn = means[classes] + random.normal(size=(2000, 5)) @ mixing
    found = learnt(drawn, classes, {}, {"pictures": 2000})
    new = means[random.integers(0, 2, 4000)] + random.normal(size=(4000, 5)) @ mixing
    away, near = found.distances(new)
    assert (away**2).mean() == pytest.approx(5, rel=0.06)
    for distances, own in ((away, found.own[0]), (near, found.own[1])):
        beyond = (distances > np.quantile(own, 0.9)).mean()
        assert beyond == pytest.approx(0.1, abs=0.03)
    # By the inverse of the covariance that was put in, to the nearer class.
    point = np.array([21.0, 19, 22, 20, 18])
    inverse = np.linalg.inv(mixing.T @ mixing)
    wanted = np.sqrt((point - means[0]) @ inverse @ (point - means[0]))
    assert found.distances(point[None])[0, 0] == pytest.approx(wanted, rel=0.05)
