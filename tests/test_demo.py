"""The demo that a first start opens: small, right on phantoms it never saw, and looking at the lesion."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import resources
from resources import make_demo
from tfcore.data.phantom import CLASSES, phantom

MODEL = resources.path("demo.keras")
CARD = json.loads(resources.path("demo.json").read_text(encoding="utf-8"))
PICTURES = sorted(resources.path("demo").glob("*.png"))


@cache
def demo() -> Any:
    import keras

    return keras.saving.load_model(MODEL)


def test_the_demo_network_is_small() -> None:
    assert MODEL.stat().st_size <= 1_000_000


def test_the_demo_network_knows_phantoms_it_never_saw() -> None:
    assert make_demo.accuracy(demo(), *make_demo.phantoms(77_777, 200)) >= 0.95


def test_the_card_is_about_this_network() -> None:
    assert CARD["sha256"] == hashlib.sha256(MODEL.read_bytes()).hexdigest()
    assert CARD["classes"] == list(CLASSES)
    assert tuple(CARD["input_shape"]) == demo().input_shape[1:]
    assert demo().output_shape[1] == len(CARD["classes"])
    assert CARD["provenance"]["accuracy"] >= 0.97


def test_the_demo_network_carries_no_optimizer_and_no_code() -> None:
    kinds = {type(layer).__name__ for layer in demo().layers}
    assert "Lambda" not in kinds
    assert not demo().compiled


def index_of(picture: Path) -> int:
    return int(picture.stem.removeprefix("P"))


@pytest.mark.parametrize("label", CLASSES)
def test_three_demo_pictures_of_each_class_are_given_their_class(label: str) -> None:
    number = CLASSES.index(label)
    mine = [picture for picture in PICTURES if index_of(picture) % len(CLASSES) == number]
    assert len(mine) == 3
    levels = [cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE).astype(np.float32) for picture in mine]
    batch = np.stack([cv2.resize(each, CARD["input_shape"][:2]) for each in levels])[..., None] / 255
    assert list(demo().predict(batch, verbose=0).argmax(1)) == [number] * 3


def test_the_demo_pictures_are_the_phantoms_their_names_say() -> None:
    for picture in PICTURES:
        index = index_of(picture)
        made = phantom([make_demo.PICTURE_SEED, index], CLASSES[index % len(CLASSES)], make_demo.PICTURE_SIZE)
        kept = cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE).astype(int)
        # Other machines may round the last grey level differently.
        assert np.abs(kept - made.image).max() <= 2


def test_the_demo_network_looks_at_the_lesion() -> None:
    import keras
    import tensorflow as tf

    made = [phantom([88_888, index], label) for index, label in enumerate(CLASSES * 6) if label != "no_tumour"]
    batch = np.stack([each.image for each in made])[..., None].astype(np.float32) / 255
    network = demo()
    parts = keras.Model(network.input, [network.get_layer("stage4_relu2").output, network.output])
    targets = [CLASSES.index(each.label) for each in made]
    with tf.GradientTape() as tape:
        activation, probabilities = parts(batch)
        score = tf.math.log(tf.gather(probabilities, targets, batch_dims=1))
    weights = tf.reduce_mean(tape.gradient(score, activation), (1, 2), keepdims=True)
    heat = tf.nn.relu(tf.reduce_sum(weights * activation, -1)).numpy()
    hits = []
    for each, native in zip(made, heat, strict=True):
        near = cv2.dilate(each.mask, np.ones((17, 17))) > 0
        row, column = np.unravel_index(np.argmax(cv2.resize(native, (128, 128))), (128, 128))
        hits.append(near[row, column])
    assert np.mean(hits) >= 0.8


@pytest.mark.slow
def test_the_script_trains_a_network_that_learns() -> None:
    model = make_demo.trained(n=800, epochs=4)
    assert make_demo.accuracy(model, *make_demo.phantoms(5, 200)) > 0.4
