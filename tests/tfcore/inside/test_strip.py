"""The film strip: Grad-CAM at every layer of a network that segments, on the command line and against the reference."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import tfcore
from tests.shared import shared
from tfcore import cli
from tfcore.explain import passes
from tfcore.models.layers import every_layer


@pytest.mark.parametrize("score", ["whole", "region"])
def test_every_layer_agrees_with_the_reference_out_of_one_pass(score: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = np.load(shared("oracles", "segmentation.npz"))
    model = tfcore.load_model(str(shared("oracles", "unet.keras")))
    calls: list[int] = []
    of = passes.differentiate
    monkeypatch.setattr(passes, "differentiate", lambda *given: calls.append(1) or of(*given))
    strip = tfcore.explain_many(
        model,
        given["x"][:2],
        ["grad-cam"],
        every_layer(model.program),
        target=given["targets"],
        region=given["region"] if score == "region" else None,
    )
    assert len(calls) == 1
    wanted = [name for name in given.files if name.startswith(f"grad-cam/{score}@")]
    for name in wanted:
        native = strip["grad-cam", name.partition("@")[2]].native
        assert np.abs(native - given[name]).max() <= 1e-3 * max(np.abs(given[name]).max(), 1e-9), name
    assert len(wanted) == 13


def test_a_strip_is_one_figure_with_its_layers_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["explain", "resources/demo/P0132.png", "--model", "demo", "--layer", "all", "--layout", "strip"]
    assert cli.main([*asked, "--out", str(tmp_path), "--format", "png", "--dpi", "60"], lambda _: 7) == 0
    assert (tmp_path / "P0132.png").stat().st_size > 10_000
    record = json.loads((tmp_path / "P0132.json").read_text())
    assert record["figure"]["layout"] == "strip"
    layers = [item["layer"] for item in record["items"]]
    assert layers[0] == "stage1_conv1"
    assert layers.index("stage2_relu2") < layers.index("stage4_relu2")
    assert len(layers) > 20
    capsys.readouterr()
