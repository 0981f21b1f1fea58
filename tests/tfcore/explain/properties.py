"""What every explanation must be, whichever method and network it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from tfcore.explain.explanation import Explanation
from tfcore.models.model import Model
from tfcore.registry import INPUT, find


def is_well_formed(found: Explanation, batch: np.ndarray) -> None:
    """Finite float32 maps of the images' size, negative only where the method says so, flagged where zero."""
    spec = find("method", found.method)
    assert found.maps.shape == batch.shape[:3]
    assert found.native.shape[0] == len(batch)
    assert found.native.ndim == 3
    arrays = [found.maps, found.native] + ([] if found.values is None else [found.values])
    for array in arrays:
        assert array.dtype == np.float32
        assert np.isfinite(array).all()
    if found.values is not None:
        assert found.values.shape == batch.shape
    if not (spec.signed or spec.relative):
        assert found.native.min() >= 0
    for flagged, image in zip(found.degenerate, found.native, strict=True):
        assert flagged == (not image.any())
    assert (found.layer != INPUT) == ("layer" in spec.needs)


def is_nothing(found: Explanation) -> None:
    """Zero everywhere, and flagged."""
    assert not found.maps.any()
    assert found.degenerate.all()


def are_alike(found: np.ndarray, wanted: np.ndarray, tolerance: float = 1e-4) -> None:
    """Each (H, W) map differs by no more than this share of its own largest value."""
    for one, other in zip(found, wanted, strict=True):
        np.testing.assert_allclose(one, other, rtol=0, atol=tolerance * np.abs(other).max())


@contextmanager
def left_as_it_is(model: Model, batch: np.ndarray) -> Iterator[None]:
    """Whatever happens inside, the model's probabilities and weights are the same bytes afterwards."""
    before, weights = model.predict(batch), model.keras.get_weights()
    yield
    np.testing.assert_array_equal(before, model.predict(batch))
    for old, new in zip(weights, model.keras.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
