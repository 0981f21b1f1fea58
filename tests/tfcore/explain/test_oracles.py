"""The same numbers as independent libraries, on the same networks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

import tfcore
from tests.shared import shared
from tfcore.explain.explanation import Explanation
from tfcore.models.model import Model
from tfcore.models.scores import score, target_of

CAMS = ("grad-cam", "hires-cam", "grad-cam++", "xgrad-cam", "layer-cam", "score-cam", "ablation-cam")
LAYERS = {"plain": ("conv3", "conv2"), "residual": ("last", "add_relu", "stem_relu")}
PIXELS = ("gradient", "grad-times-input", "guided-backprop", "integrated-gradients", "occlusion-8-4")
SETTINGS = {"integrated-gradients": {"steps": 200}, "occlusion": {"patch": 8, "stride": 4}}
TOLERANCE = {"integrated-gradients": 1e-2}


@cache
def opened(path: Path) -> Model:
    return tfcore.load_model(path)


def explained(network: str, method: str, layer: str | None = None, **params: object) -> tuple[Explanation, dict]:
    arrays = dict(np.load(shared("oracles", f"{network}.npz")))
    model = opened(shared("oracles", f"{network}.keras"))
    found = tfcore.explain(model, arrays["x"], method=method, layer=layer, target=arrays["targets"], **params)
    return found, arrays


def agree(found: np.ndarray, reference: np.ndarray, tolerance: float = 1e-3) -> None:
    np.testing.assert_allclose(found, reference, rtol=0, atol=tolerance * np.abs(reference).max())


@pytest.mark.parametrize("method", CAMS)
@pytest.mark.parametrize(("network", "layer"), [(name, layer) for name, each in LAYERS.items() for layer in each])
def test_a_class_activation_map_agrees_with_the_reference(network: str, layer: str, method: str) -> None:
    found, arrays = explained(network, method, layer)
    agree(found.native, arrays[f"{method}@{layer}"])
    agree(found.logits, arrays["logits"])


@pytest.mark.parametrize("network", LAYERS)
@pytest.mark.parametrize("entry", PIXELS)
def test_values_per_pixel_agree_with_the_reference(network: str, entry: str) -> None:
    method = entry.removesuffix("-8-4")
    found, arrays = explained(network, method, **SETTINGS.get(method, {}))
    assert found.values is not None
    agree(found.values, arrays[entry], TOLERANCE.get(method, 1e-3))


def test_deeplift_agrees_with_the_reference() -> None:
    found, arrays = explained("residual", "deeplift")
    assert found.values is not None
    agree(found.values, arrays["deeplift"])


@pytest.mark.parametrize("where", ["whole", "region"])
def test_the_class_of_a_segmented_region_agrees_with_the_reference(where: str) -> None:
    arrays = np.load(shared("oracles", "segmentation.npz"))
    model, batch, target = opened(shared("oracles", "unet.keras")), arrays["x"][:2], arrays["targets"]
    region = arrays["region"] if where == "region" else None
    layers = [name.partition("@")[2] for name in arrays if name.startswith(f"grad-cam/{where}@")]
    found = tfcore.explain_many(model, batch, ["grad-cam"], layers, target, region=region)
    assert len(layers) == 13
    for layer in layers:
        agree(found["grad-cam", layer].native, arrays[f"grad-cam/{where}@{layer}"])
        agree(found["grad-cam", layer].logits, arrays["logits"])
    scores, _ = score(model, arrays["logits"], target_of(model, batch, target, region))
    agree(scores.numpy(), arrays[f"score/{where}"])
