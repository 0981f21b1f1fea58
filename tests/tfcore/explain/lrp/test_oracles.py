"""The same numbers as other libraries (reference arrays beside the checkout)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

import tfcore
from tests.shared import shared

VALUES = {
    "lrp-epsilon(1e-6)": ("lrp-epsilon", {"epsilon": 1e-6}),
    "lrp-alphabeta(1,0)": ("lrp-alphabeta", {}),
    "lrp-alphabeta(2,1)": ("lrp-alphabeta", {"alpha": 2, "beta": 1}),
    "lrp-gamma(0.25)": ("lrp-gamma", {}),
}


@cache
def plain() -> tuple[Any, Any]:
    return tfcore.load_model(str(shared("oracles", "plain.keras"))), np.load(shared("oracles", "plain.npz"))


@pytest.mark.parametrize("name", VALUES)
def test_relevance_of_pixels_agrees(name: str) -> None:
    model, reference = plain()
    method, params = VALUES[name]
    found = tfcore.explain(model, reference["x"], method=method, target=reference["targets"], **params)
    assert_close(found.values, reference[name])
    np.testing.assert_allclose(found.native, reference[name].sum(-1), atol=3e-3 * np.abs(reference[name]).max())


@pytest.mark.parametrize("layer", ["conv2", "conv3"])
@pytest.mark.parametrize("method", ["relevance-cam", "xrelevance-cam"])
def test_relevance_weighted_maps_agree(method: str, layer: str) -> None:
    model, reference = plain()
    found = tfcore.explain(model, reference["x"], method=method, layer=layer, target=reference["targets"])
    assert_close(found.native, reference[f"{method}@{layer}"])


def assert_close(ours: Any, theirs: np.ndarray) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-3 * np.abs(theirs).max())
