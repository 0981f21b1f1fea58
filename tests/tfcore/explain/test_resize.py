"""The one resize every map goes through."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from tfcore.explain.resize import to_input


@pytest.mark.parametrize("size", [(33, 41), (7, 9), (4, 64), (3, 2)])
def test_maps_are_resized_bilinearly_with_half_pixel_centres(size: tuple[int, int]) -> None:
    native = np.random.default_rng(0).normal(0, 1, (3, 7, 9)).astype(np.float32)
    wanted = tf.image.resize(native[..., None], size, method="bilinear", antialias=False).numpy()[..., 0]
    found = to_input(native, *size)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, wanted, atol=1e-5)
