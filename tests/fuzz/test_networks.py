"""Every method on networks drawn at random: finite maps of the right shape, or one sentence."""

from __future__ import annotations

import random

import numpy as np
import pytest

import tfcore
from tests.fuzz.networks import network
from tests.tfcore.explain import networks
from tfcore.errors import HeatlensError
from tfcore.explain.explanation import Explanation
from tfcore.models.layers import feature_maps
from tfcore.models.model import Model

# In every run each method is tried on networks that were drawn by hand: tests/tfcore/explain.
SEEDS = (*range(4), *range(100, 160))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_method_answers_every_network_with_numbers_or_in_words(seed: int) -> None:
    draw = random.Random(seed)
    try:
        model = tfcore.load_model(network(draw))
    except HeatlensError as error:
        is_a_sentence(error)
        return
    batch = images(model, draw)
    layer = draw.choice([None, None, *(info.path for info in feature_maps(model.program))])
    for spec in networks.ours():
        try:
            found = tfcore.explain(
                model,
                batch,
                spec.name,
                layer if spec.has_layers else None,
                draw.choice((None, 0, 1)),
                **networks.quick(spec),
            )
        except HeatlensError as error:
            is_a_sentence(error)
        else:
            is_finite(found, batch)


def images(model: Model, draw: random.Random) -> np.ndarray:
    """Two images for the network, grey levels where it counts them."""
    height, width, channels = model.input_shape
    numbers = np.random.default_rng(draw.randrange(1 << 31))
    shape = (2, height or 12, width or 16, channels)
    if "int" in str(model.keras.inputs[0].dtype):
        return numbers.integers(0, 255, shape).astype(np.float32)
    return numbers.normal(0, 1, shape).astype(np.float32)


def is_a_sentence(error: HeatlensError) -> None:
    assert len(str(error)) > 20
    assert "\n" not in str(error)


def is_finite(found: Explanation, batch: np.ndarray) -> None:
    assert found.maps.shape == batch.shape[:3]
    for array in (found.maps, found.native, found.values):
        if array is not None:
            assert array.dtype == np.float32
            assert np.isfinite(array).all()
    for value in found.facts.values():
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            assert np.isfinite(value).all()
    reasons = found.facts.get("why", [""] * len(batch))
    for reason, flagged, image in zip(reasons, found.degenerate, found.native, strict=True):
        assert flagged == (not image.any())
        assert flagged or not reason
