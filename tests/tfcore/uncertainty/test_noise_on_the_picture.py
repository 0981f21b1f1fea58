"""How sure a model is of pictures with a little noise: for black boxes, and for networks without dropout."""

from __future__ import annotations

import numpy as np
import pytest

import tfcore
from tests.black_boxes import KERNEL, PICTURES, layered, probabilities
from tfcore.errors import HeatlensError
from tfcore.models.loading import load_model

SHAPE = KERNEL.shape[:3]


def test_a_box_is_asked_about_noisy_pictures_and_says_so() -> None:
    """By the answer to a linear box: its scores spread as the noise does, times the length of its weights."""
    scores = load_model(lambda pictures: np.tensordot(pictures, KERNEL, 3) / 9, input_shape=SHAPE)
    scores.outputs.check_logits("The spread")
    found = tfcore.uncertainty(scores, PICTURES[:2], passes=600)
    assert found.origin[0] == "noise on the picture (σ = 0.1 of its range)"
    sigma = 0.1 * np.ptp(PICTURES[0])
    # Seen through the softmax, by the slope of it.
    p = scores.predict(PICTURES[:1])[0]
    slope = np.diag(p) - np.outer(p, p)
    kernel = KERNEL.reshape(-1, 3) / 9
    expected = sigma**2 * np.diag(slope @ kernel.T @ kernel @ slope)
    np.testing.assert_allclose(found.variance[0], expected, rtol=0.25)
    # A picture gets the same noise alone.
    again = tfcore.uncertainty(scores, PICTURES[1:2], passes=600)
    np.testing.assert_allclose(again.mean[0], found.mean[1], rtol=1e-6)


def test_noise_is_put_on_the_pictures_of_any_network() -> None:
    box, network = load_model(probabilities, input_shape=SHAPE), load_model(layered())
    one, other = (tfcore.uncertainty(model, PICTURES, passes=20, insert="noise 0.3") for model in (box, network))
    np.testing.assert_allclose(one.mean, other.mean, atol=1e-5)
    assert other.variance.min() > 0
    for insert, words in ((None, "noise on it (insert='noise 0.1'"), ("noise 0", "noise = 0 changes nothing")):
        with pytest.raises(HeatlensError) as error:
            tfcore.uncertainty(network, PICTURES, insert=insert)
        assert words in str(error.value)
    with pytest.raises(HeatlensError, match="black box, into which no dropout can be put"):
        tfcore.uncertainty(box, PICTURES, insert=0.2)
