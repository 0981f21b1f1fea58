"""Randomised networks: what is drawn anew, what stays, and what the maps say of it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

import tfcore
from tests.tfcore.evaluate.adding import adding, pictures
from tests.tfcore.explain import networks
from tfcore import cli, registry
from tfcore.data.phantom import write
from tfcore.evaluate import measure
from tfcore.evaluate.randomised import parts, reinitialised
from tfcore.evaluate.sanity import forgetting
from tfcore.explain.passes import predicted
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.registry import MethodSpec, catalogue


def test_the_parts_go_from_the_scores_down_and_hold_every_layer_once() -> None:
    model = networks.model("branched")
    found = parts(model)
    assert next(iter(found)) == "head"
    assert [*found][1:] == sorted([*found][1:], reverse=True)
    layers = [layer.name for some in found.values() for layer in some]
    assert len(layers) == len(set(layers)) == 5, "three convolutions and two dense layers"
    cascading = [len(some) for _, some in forgetting(model, "cascading")]
    assert cascading == np.cumsum([len(some) for some in found.values()]).tolist()


@pytest.mark.parametrize("name", networks.NAMES)
def test_what_was_learnt_is_gone_inside_and_back_afterwards(name: str) -> None:
    model = networks.model(name)
    before = [weight.numpy() for weight in model.keras.weights]
    said = model.predict(networks.batch(model))
    layers = [layer for some in parts(model).values() for layer in some]
    seen = []

    def interrupted() -> None:
        with reinitialised(layers, 1):
            seen.extend(weight.numpy() for weight in model.keras.weights)
            assert np.abs(model.predict(networks.batch(model)) - said).max() > 1e-3
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    for weight, old, new in zip(model.keras.weights, before, seen, strict=True):
        np.testing.assert_array_equal(weight.numpy(), old)
        learnt = weight.name.endswith(("kernel", "bias"))
        assert learnt == bool((old != new).any()), weight.path
        if weight.name == "bias":
            assert not new.any()
    with reinitialised(layers, 1):
        for weight, new in zip(model.keras.weights, seen, strict=True):
            np.testing.assert_array_equal(weight.numpy(), new)


def test_the_curve_begins_with_the_trained_network_and_follows_its_parts() -> None:
    model = networks.model("segmentation")
    batch = np.random.default_rng(0).normal(0, 1, (2, 32, 32, 4)).astype(np.float32)
    settings = {"target": 1, "samples": 2}
    found = measure("sanity", model, batch, method="gradient", **settings)
    assert found.curves is not None
    assert found.curves.shape == (2, 1 + len(parts(model)))
    assert (found.curves[:, 0] == 1).all()
    assert (found.values < 0.9).all()
    np.testing.assert_allclose(found.values, found.curves[:, 1:].mean(1))
    again = measure("sanity", model, batch, method="gradient", **settings)
    np.testing.assert_array_equal(found.values, again.values)
    # The last of the cascade and each part alone are other networks.
    alone = measure("sanity", model, batch, method="gradient", randomise="independent", **settings)
    assert alone.curves is not None
    np.testing.assert_array_equal(alone.curves[:, 1], found.curves[:, 1])
    assert (alone.curves[:, -1] != found.curves[:, -1]).all()


def test_ranks_of_a_linear_network_say_whether_the_weights_matter() -> None:
    model = adding()
    ranks = measure("sanity", model, pictures(), method="gradient", target=1, alike="spearman", samples=5)
    assert (np.abs(ranks.values) < 0.3).all()
    rise = measure("sanity", model, pictures(), method="gradient", target=1, randomise="efficient")
    assert rise.curves is None
    assert np.isfinite(rise.values).all()
    # 6 × 8 pixels are too few for edges.
    edges = measure("sanity", model, pictures(), method="gradient", target=1, alike="hog")
    assert edges.left_out == {"a map is flat, too small, or not finite": 2}


def test_the_command_prints_and_writes_what_the_metric_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write(tmp_path / "data", n=4, size=32).parent
    asked = [str(data), "--model", "demo", "--methods", "grad-cam,saliency", "--samples", "2", "--out", str(tmp_path)]
    assert cli.main(["sanity", *asked, "--json"], lambda _: 0) == cli.DONE
    rows = json.loads(capsys.readouterr().out)["rows"]
    with (tmp_path / "sanity.csv").open() as stream:
        assert len(list(csv.DictReader(stream))) == len(rows)
    parts = ["head", "stage4", "stage3", "stage2", "stage1"]
    of = [row for row in rows if (row["method"], row["measure"]) == ("saliency", "ssim")]
    assert [row["part"] for row in of] == parts
    assert all(row["n"] == 8 and row["left_out"] == 0 and -1 <= row["mean"] <= 1 and row["sd"] > 0 for row in of)
    model = tfcore.load_model("demo")
    table = tfcore.evaluate(model, data, ["saliency"], ["sanity"], params={"sanity": {"samples": 2}})
    (ours,) = table.rows
    assert ours.mean == pytest.approx(np.mean([row["mean"] for row in of]), abs=1e-4)
    # The same bytes from parts that are kept, and from those that are finished.
    kept = ["sanity", *asked[:-1], str(tmp_path / "kept"), "--workers", "0"]
    for _ in range(2):
        assert cli.main(kept, lambda _: 0) == cli.DONE
        assert (tmp_path / "kept" / "sanity.csv").read_bytes() == (tmp_path / "sanity.csv").read_bytes()
    assert cli.main(["sanity", *asked[:3], "--randomise", "all"], lambda _: 0) == cli.WRONG
    assert "one of cascading, independent, efficient" in capsys.readouterr().err


def test_a_contrast_is_explained_again_as_a_contrast() -> None:
    from tfcore.models.scores import Contrast

    model = networks.model("sequential")
    batch = networks.batch(model)
    still = measure("max-sensitivity", model, batch, method="gradient", target=Contrast(1, 2), radius=1e-6, samples=1)
    assert (still.values < 1e-2).all()


def test_a_method_that_ignores_the_network_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def edges(request: Request, asks: list[Ask]) -> list[Answer]:
        """Outlines of the picture, whatever the network: as sharp as any saliency map."""
        logits, target = predicted(request)
        heat = np.stack([np.abs(cv2.Laplacian(image, cv2.CV_32F)) for image in request.batch])
        return [Answer(heat, logits, target.classes) for _ in asks]

    catalogue("method")
    for name in ("_specs", "_functions"):
        monkeypatch.setattr(registry, name, dict(getattr(registry, name)))
    registry.register(MethodSpec("edges", "made up", "Outlines of the picture"))(edges)
    data, params = write(tmp_path / "data", n=4, seed=3).parent, {"sanity": {"samples": 1}}
    model = tfcore.load_model("demo")
    table = tfcore.evaluate(model, data, ["edges", "gradient"], ["sanity"], params=params, limit=2)
    stays, goes = (table.row(method, "input", "sanity").mean for method in ("edges", "gradient"))
    assert stays == 1, "nothing of it was learnt"
    assert goes < 0.5
