"""Relevance through chosen channels: those of a layer add up, and what goes past the layer is left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import tfcore
from tests.tfcore.explain.lrp.small import pictures, small
from tfcore.errors import HeatlensError
from tfcore.inside.looks import activations
from tfcore.models.layers import resolve
from tfcore.models.model import Model


def test_the_maps_of_all_channels_add_up_to_what_passes_the_layer() -> None:
    model, method = small("residual"), "lrp-alphabeta"
    batch = pictures(model)
    every = tfcore.explain(model, batch, method, target=1)
    conv1, out1 = every.relevance("conv1").sum((1, 2)), every.relevance("out1")
    found = [
        tfcore.explain(model, batch, method, target=1, through=f"out1:{channel}") for channel in ("0,1", "2,3", "4,5")
    ]
    # Everything passes out1 …
    scale = np.abs(every.maps).max()
    np.testing.assert_allclose(np.sum([one.maps for one in found], 0), every.maps, atol=1e-4 * scale)
    # … and a part of it the convolution before, beside which the addition leads past it.
    beside = tfcore.explain(model, batch, method, target=1, through="conv1:2,4")
    np.testing.assert_allclose(beside.facts["relevance_at_output"], conv1[:, [2, 4]].sum(1), rtol=1e-4)
    np.testing.assert_allclose(
        beside.facts["relevance_at_input"] + beside.facts["absorbed"],
        beside.facts["relevance_at_output"],
        rtol=1e-3,
        atol=1e-4 * np.abs(beside.maps).sum(),
    )
    # At the layer itself only its own channel is left, and above it everything is.
    at = tfcore.explain(model, batch, method, "out1", 1, through="out1:3")
    np.testing.assert_allclose(at.maps.sum((1, 2)) != 0, out1[..., 3].sum((1, 2)) != 0)
    np.testing.assert_allclose(at.relevance("out2"), every.relevance("out2"), atol=1e-5 * scale)
    np.testing.assert_allclose(at.relevance("out1")[..., 3], out1[..., 3], rtol=1e-5)
    assert not at.relevance("out1")[..., :3].any()


def test_the_pictures_of_any_folder_that_excite_a_channel_most_are_named(tmp_path: Path, demo: Model) -> None:
    model = demo
    shown = sorted(Path("resources/demo").glob("*.png"))
    asked = {"through": "stage3:17", "among": str(tmp_path)}
    for path in shown:
        shutil.copy(path, tmp_path)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    found = tfcore.explain(model, model.prepare(shown[:1]), "lrp-composite", **asked)
    at = activations(model, [resolve(model.program, "stage3")])(model.prepare(shown))[0][..., 17].mean((1, 2))
    order = np.argsort(-at)[:5]
    assert [Path(path).name for path in found.facts["excited_by"]] == [shown[index].name for index in order]
    np.testing.assert_allclose([*found.facts["excited_by"].values()], at[order], rtol=1e-4)
    assert f"stage3:17 answers most to {shown[order[0]].name}" in found.facts["said"]
    with pytest.raises(HeatlensError, match="name them by through"):
        tfcore.explain(model, model.prepare(shown[:1]), "lrp-composite", among=str(tmp_path))
    with pytest.raises(HeatlensError, match="is no folder of pictures"):
        tfcore.explain(model, model.prepare(shown[:1]), "lrp-composite", through="stage3:17", among="nowhere")


@pytest.mark.parametrize(
    ("through", "layer", "sentence"),
    [
        ("out1:6", None, "numbers from 0 to 5"),
        ("out1", None, "is not channels of a layer as in stage3:17"),
        ("out9:1", None, "out9"),
        ("out1:2", "out2", "On its way to out2 relevance does not pass out1:2"),
    ],
)
def test_what_is_no_channel_is_said(through: str, layer: str | None, sentence: str) -> None:
    model = small("residual")
    with pytest.raises(HeatlensError, match=sentence):
        tfcore.explain(model, pictures(model), "lrp-alphabeta", layer, through=through)
