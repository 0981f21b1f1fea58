"""The U-Nets: what is in them, which pictures they take, and that every method can follow them."""

from __future__ import annotations

import keras
import numpy as np
import pytest

import tfcore
from tfcore.errors import HeatlensError
from tfcore.models.model import Model

SMALL = {"encoder": "small", "filters": 2}


@pytest.fixture(scope="module")
def unet() -> Model:
    keras.utils.set_random_seed(0)
    return tfcore.build("res-unet", classes=["background", "oedema", "core"], input_shape=(None, None, 4), **SMALL)


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(2, 32, 64, 4)).astype(np.float32)


def kinds(model: Model) -> list[str]:
    return [type(layer).__name__ for layer in model.keras.layers]


def test_every_size_that_can_be_halved_five_times_is_drawn_on(unet: Model, pictures: np.ndarray) -> None:
    assert (unet.card.task, unet.card.channels) == ("segmentation", 4)
    for batch in (pictures, pictures[:, :, :32]):
        answer = unet.predict(batch)
        assert answer.shape == (*batch.shape[:3], 3)
        np.testing.assert_allclose(answer.sum(-1), 1, atol=1e-5)
    with pytest.raises(HeatlensError, match="multiples of 32 pixels, not 48"):
        tfcore.build("res-unet", input_shape=(48, 48, 4), **SMALL)


def test_dropout_stands_behind_every_relu(unet: Model) -> None:
    assert kinds(unet).count("Dropout") == kinds(unet).count("ReLU")
    assert "Dropout" not in kinds(tfcore.build("res-unet", input_shape=(32, 32, 1), dropout=0.0, **SMALL))


def test_without_skips_and_residuals_nothing_comes_together(unet: Model) -> None:
    plain = tfcore.build("sim-unet", classes=3, input_shape=(32, 32, 4), **SMALL)
    assert not {"Add", "Concatenate"} & set(kinds(plain))
    assert {"Add", "Concatenate"} <= set(kinds(unet))


@pytest.mark.parametrize(
    ("name", "encoder"), [pytest.param("dense-unet", 7_037_504, marks=pytest.mark.slow), ("res-unet", 23_587_712)]
)
def test_encoders_of_imagenet_are_whole(name: str, encoder: int) -> None:
    # All but the decoder: as many weights as the published files hold, with four channels in the first convolution.
    model = tfcore.build(name, classes=4, input_shape=(32, 32, 4))
    decoder = [layer for layer in model.keras.layers if layer.name.startswith(("dec", "classes"))]
    counted = model.keras.count_params() - sum(layer.count_params() for layer in decoder)
    assert counted == encoder + 7 * 7 * 64


def test_relevance_passes_what_is_enlarged_and_joined(unet: Model, pictures: np.ndarray) -> None:
    found = tfcore.explain(unet, pictures, "lrp-epsilon", target="core", bias="ignore")
    arrived = found.values.sum((1, 2, 3))
    absorbed = np.asarray(found.facts["absorbed"])
    np.testing.assert_allclose(arrived + absorbed, found.facts["relevance_at_output"], rtol=1e-3)


def test_a_region_is_explained_at_every_step_of_the_way(unet: Model, pictures: np.ndarray) -> None:
    region = np.zeros((32, 64), bool)
    region[8:16, 8:24] = True
    layers = ["stem_out", "stage5_out", "dec1_2", "dec5_2"]
    found = tfcore.explain_many(unet, pictures, ["grad-cam"], layers, "oedema", region=region)
    assert [each.native.shape[1:] for each in found.values()] == [(32, 64), (1, 2), (2, 4), (32, 64)]
    assert all(np.isfinite(each.maps).all() for each in found.values())
