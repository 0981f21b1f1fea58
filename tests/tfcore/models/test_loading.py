"""Opening models: what opens, and that what is no model says so in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

import resources
from tests.tfcore.models.old_files import PICTURES, inputs, layer, network, sentence, sequential, write
from tfcore.models.card import Card
from tfcore.models.loading import load_model

L = keras.layers


# --- what opens ---


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("model.keras", "model.keras"),
        ("model.keras", "weights-best"),
        ("model.keras", "misnamed.h5"),
        ("whole.h5", "model.H5"),
        ("whole.h5", "model.hdf5"),
        ("whole.h5", "misnamed.keras"),
    ],
)
def test_content_decides_and_not_the_name(tmp_path: Path, saved: Path, name: str, called: str) -> None:
    shutil.copy(saved / name, tmp_path / called)
    model = load_model(tmp_path / called)
    np.testing.assert_allclose(model.logits(PICTURES), np.load(saved / "scores.npy"), rtol=1e-4, atol=1e-5)
    assert model.card.repaired == ()


def test_architecture_and_weights_in_two_files_find_each_other(tmp_path: Path, saved: Path) -> None:
    scores = np.load(saved / "scores.npy")
    shutil.copy(saved / "architecture.json", tmp_path / "net.json")
    assert "holds an architecture without weights" in sentence(tmp_path / "net.json")
    shutil.copy(saved / "model.weights.h5", tmp_path / "net.weights.h5")
    for source in (tmp_path, tmp_path / "net.json", tmp_path / "net.weights.h5"):
        np.testing.assert_allclose(load_model(source).logits(PICTURES), scores, rtol=1e-4, atol=1e-5)
    given = load_model(tmp_path / "net.json", weights=saved / "model.weights.h5")
    np.testing.assert_allclose(given.logits(PICTURES), scores, rtol=1e-4, atol=1e-5)


def test_weights_may_be_given_to_a_whole_model(tmp_path: Path, saved: Path) -> None:
    other = network(L.Conv2D(4, 3))
    other.save(tmp_path / "other.keras")
    model = load_model(tmp_path / "other.keras", weights=saved / "model.weights.h5")
    np.testing.assert_allclose(model.logits(PICTURES), np.load(saved / "scores.npy"), rtol=1e-4, atol=1e-5)


def test_a_folder_opens_by_the_model_in_it(tmp_path: Path, saved: Path) -> None:
    text = sentence(tmp_path)
    assert "holds no model; looked for saved_model.pb, model.keras, keras_model.h5" in text
    shutil.copy(saved / "model.keras", tmp_path / "a.keras")
    assert load_model(tmp_path).name == tmp_path.stem
    shutil.copy(saved / "model.keras", tmp_path / "b.keras")
    assert "several models (a.keras, b.keras)" in sentence(tmp_path)
    shutil.copy(saved / "model.keras", tmp_path / "model.keras")
    load_model(tmp_path)


def test_a_card_beside_the_file_is_read_and_completed(tmp_path: Path, saved: Path) -> None:
    path = Path(shutil.copy(saved / "model.keras", tmp_path))
    Card.guess((8, 8, 3), 2, classes=("no", "yes"), scaling="none").save(path)
    card = load_model(path).card
    assert card.classes == ("no", "yes")
    assert len(card.sha256) == 64
    Card.guess((8, 8, 3), 3).save(path)
    assert "names 3, but the model has 2 outputs" in sentence(path)


def test_a_network_that_scales_its_input_is_given_grey_levels() -> None:
    assert load_model(network(L.Rescaling(1 / 255))).card.scaling == "none"
    assert load_model(network(L.Conv2D(2, 3))).card.scaling == "1/255"
    assert "scaling" in load_model(network(L.Rescaling(1 / 255))).card.guessed


def test_an_hdf5_file_of_keras_3_opens_with_operations_in_it(tmp_path: Path) -> None:
    given = L.Input((8, 8, 3))
    inner = keras.Sequential([L.Conv2D(4, 3), L.BatchNormalization(trainable=False), L.Conv2D(4, 3)])
    model = keras.Model(given, L.Dense(2)(keras.ops.mean(inner(given / 127.5 - 1), axis=(1, 2))))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.save(tmp_path / "m.h5")
    opened = load_model(tmp_path / "m.h5")
    np.testing.assert_allclose(opened.logits(PICTURES), model(PICTURES).numpy(), rtol=1e-4, atol=1e-5)
    assert opened.card.repaired == (f"written by Keras {keras.__version__}", "modules of operations added")


def test_a_keras_model_at_hand_is_copied() -> None:
    original = keras.Sequential([L.Input((8, 8, 3)), L.Flatten(), L.Dense(2, activation="softmax")])
    model = load_model(original)
    np.testing.assert_allclose(model.predict(PICTURES), original(PICTURES).numpy(), rtol=1e-4, atol=1e-6)
    assert original.layers[-1].activation is keras.activations.softmax
    assert model.keras is not original


def test_a_layer_registered_in_this_process_opens(tmp_path: Path) -> None:
    @keras.saving.register_keras_serializable(package="tests")
    class Doubled(keras.layers.Layer):
        def call(self, given: Any) -> Any:
            return 2 * given

    model = network(Doubled())
    model.save(tmp_path / "m.keras")
    np.testing.assert_allclose(load_model(tmp_path / "m.keras").logits(PICTURES), model(PICTURES).numpy(), rtol=1e-4)


def test_opening_says_nothing_on_the_terminal(tmp_path: Path) -> None:
    old = write(
        tmp_path / "old.h5",
        sequential("s", [inputs("in", 8, 8, 3), layer("LeakyReLU", "a", alpha=0.1), layer("Flatten", "f")]),
    )
    code = f"import tfcore; tfcore.load_model('demo'); tfcore.load_model({str(old)!r}); print('opened')"
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(resources.__file__).parents[1],
        env={key: value for key, value in os.environ.items() if key != "TF_CPP_MIN_LOG_LEVEL"},
    )
    assert (done.stdout, done.stderr) == ("opened\n", "")


# --- plain failures ---


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty (0 bytes)"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "is a Git LFS pointer"),
        (b"hello\n", "is neither a .keras nor an HDF5 file"),
        (b"PK\x03\x04 nothing more", "is damaged or cut short"),
        (b"\x89HDF\r\n\x1a\n nothing more", "is damaged or cut short"),
        (b'{"classes": ["a", "b"]}', "is JSON, but not a Keras architecture"),
        (b'{"class_name": ', "not valid JSON"),
    ],
)
def test_what_is_no_model_says_what_it_is(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "model.keras"
    path.write_bytes(content)
    text = sentence(path)
    assert says in text
    assert str(path) in text


@pytest.mark.parametrize("name", ["model.keras", "whole.h5"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_says_so(tmp_path: Path, saved: Path, name: str, part: float) -> None:
    content = (saved / name).read_bytes()
    (tmp_path / name).write_bytes(content[: int(len(content) * part)])
    assert "is damaged or cut short; copy or download the model again" in sentence(tmp_path / name)


def test_a_single_wrong_byte_among_the_weights_is_noticed(tmp_path: Path, saved: Path) -> None:
    content = bytearray((saved / "model.keras").read_bytes())
    kernel = keras.saving.load_model(saved / "model.keras").weights[0].numpy()
    content[content.index(kernel.tobytes()) + 5] ^= 1
    (tmp_path / "m.keras").write_bytes(content)
    assert "is damaged or cut short" in sentence(tmp_path / "m.keras")


def test_missing_files_are_named(tmp_path: Path, saved: Path) -> None:
    assert f"There is no model file {tmp_path / 'no.keras'}" in sentence(tmp_path / "no.keras")
    assert "There is no weights file" in sentence(saved / "model.keras", weights=tmp_path / "no.h5")


def test_a_zip_that_is_no_model_says_so(tmp_path: Path, saved: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    assert "zip file without config.json" in sentence(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "b.keras", "w") as archive, zipfile.ZipFile(saved / "model.keras") as whole:
        archive.writestr("config.json", whole.read("config.json"))
    assert "has no model.weights.h5" in sentence(tmp_path / "b.keras")


def test_weights_alone_say_what_is_missing(tmp_path: Path, saved: Path) -> None:
    shutil.copy(saved / "model.weights.h5", tmp_path / "a.weights.h5")
    assert "holds weights but no architecture" in sentence(tmp_path / "a.weights.h5")
    assert "holds weights but no architecture" in sentence(write(tmp_path / "b.h5", None, whole=False))


def test_weights_of_another_model_say_so(tmp_path: Path, saved: Path) -> None:
    other = network(L.Conv2D(4, 5), L.Conv2D(4, 3))
    other.save_weights(tmp_path / "other.weights.h5")
    assert "do not fit the model" in sentence(saved / "model.keras", weights=tmp_path / "other.weights.h5")


class Mine(keras.Model):
    """A model whose layers are known to its code alone."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.dense = L.Dense(2)

    def call(self, given: Any) -> Any:
        return self.dense(given)


def test_a_subclassed_model_is_asked_where_its_class_is_known(tmp_path: Path) -> None:
    mine = Mine()
    mine(PICTURES)
    mine.save(tmp_path / "mine.keras")
    assert "is a subclassed model (Mine), whose layers are in its Python code" in sentence(tmp_path / "mine.keras")
    assert "subclassed Keras model Mine" in load_model(mine).card.repaired[0]


def test_several_inputs_or_outputs_are_said_at_once(tmp_path: Path) -> None:
    first, second = L.Input((8, 8, 3)), L.Input((8, 8, 3))
    keras.Model([first, second], L.Flatten()(L.Add()([first, second]))).save(tmp_path / "two.keras")
    assert "two.keras: The model takes 2 inputs" in sentence(tmp_path / "two.keras")
    keras.Model(first, [L.Flatten()(first), L.ReLU()(first)]).save(tmp_path / "out.keras")
    assert "out.keras: The model gives 2 outputs" in sentence(tmp_path / "out.keras")


def test_a_network_that_eats_no_pictures_says_so(tmp_path: Path) -> None:
    keras.Sequential([L.Input((5,)), L.Dense(2)]).save(tmp_path / "m.keras")
    assert "takes inputs of shape (5,); Heatlens works with pictures" in sentence(tmp_path / "m.keras")


def test_a_layer_that_keras_lacks_is_named(tmp_path: Path) -> None:
    class Strange(L.Layer):
        pass

    network(Strange(name="odd")).save(tmp_path / "m.keras")
    text = sentence(tmp_path / "m.keras")
    assert "has the layer 'odd' of type Strange, which Keras does not have" in text
    assert "of type Strange" in sentence(tmp_path / "m.keras", trust=True)


def test_what_is_no_model_at_all_is_refused() -> None:
    assert "dict is neither a Keras model nor the name of one" in sentence({})
