"""Metrics of the map itself: how wide, how steady, how like another."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tfcore.evaluate.adding import HEIGHT, WIDTH, adding, contributions, pictures
from tfcore.errors import HeatlensError
from tfcore.evaluate import measure, similarity


def test_complexity_is_0_for_a_pixel_and_1_for_a_flat_map() -> None:
    maps = np.zeros((5, 8, 8))
    maps[0] = -2
    maps[1, 3, 3] = 5
    maps[2, :4], maps[3, :4] = 1, -1e6
    found = measure("complexity", maps=maps)
    half = np.log(32) / np.log(64)
    np.testing.assert_allclose(found.values, [1, 0, half, half, np.nan])
    assert found.left_out == {"zero map": 1}


def test_the_heat_of_a_network_that_adds_tells_what_is_lost() -> None:
    model = adding()
    maps = contributions(model)
    each = np.broadcast_to(np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH), maps.shape)

    def found(maps: np.ndarray, **settings: object) -> np.ndarray:
        return measure("faithfulness-correlation", model, pictures(), maps, target=1, **settings).values

    # Only the softmax is not linear.
    assert (found(maps, given={"segments": each}) > 0.98).all()
    np.testing.assert_allclose(found(-maps), -found(maps), atol=1e-9)
    assert (found(maps) > 0.9).all()
    np.testing.assert_array_equal(found(maps, seed=3), found(maps, seed=3))
    assert (found(maps, seed=3) != found(maps)).all()
    # In every part the same heat.
    flat = measure("faithfulness-correlation", model, pictures(), np.ones_like(maps), given={"segments": each})
    assert flat.left_out == {"nothing varies": 2}


def test_the_gradient_of_a_linear_network_never_moves() -> None:
    model, batch = adding(), pictures()
    still = measure("max-sensitivity", model, batch, method="gradient")
    np.testing.assert_allclose(still.values, 0, atol=1e-6)
    moved = measure("max-sensitivity", model, batch, method="grad-times-input", target=1)
    weights = model.keras.get_weights()[0][:, 1].reshape(HEIGHT, WIDTH)
    most = 0.02 * np.ptp(batch, (1, 2, 3)) * np.linalg.norm(weights)
    most /= np.linalg.norm(contributions(model), axis=(1, 2))
    assert (moved.values < most).all()
    assert (moved.values > most / 3).all()
    wider = measure("max-sensitivity", model, batch, method="grad-times-input", target=1, radius=0.2)
    np.testing.assert_allclose(wider.values, 10 * moved.values, rtol=1e-3)


def test_a_map_is_like_itself_and_unlike_its_opposite() -> None:
    maps = np.random.default_rng(0).normal(size=(2, 64, 48)).astype(np.float32)
    alike, unlike = similarity(maps, 3 * maps + 1), similarity(maps, -maps)
    for values in alike.values():
        np.testing.assert_allclose(values, 1, atol=1e-5)
    np.testing.assert_allclose(unlike["spearman"], -1)
    assert (unlike["ssim"] < 0.5).all()
    small, flat = similarity(maps[:, :9, :9], maps[:, :9, :9]), similarity(maps, 0 * maps)
    assert np.isnan(small["hog"]).all()
    assert np.isnan(small["ssim"]).all()
    assert np.isnan(flat["spearman"]).all()
    with pytest.raises(HeatlensError, match="give two stacks"):
        similarity(maps, maps[:1])
