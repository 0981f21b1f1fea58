"""Models whose inside nobody sees: whatever they come as, they answer and are explained like the network they hold."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

import tfcore
from tests.black_boxes import (
    CLASSES,
    KERNEL,
    PICTURES,
    SIDE,
    in_code,
    layered,
    onnx_file,
    probabilities,
    saved_model,
)
from tfcore import cli
from tfcore.errors import HeatlensError, NeedsTrust
from tfcore.evaluate import verdict
from tfcore.evaluate.randomised import parts
from tfcore.models.card import Card
from tfcore.models.loading import load_model
from tfcore.models.model import Model
from tfcore.models.scores import Contrast
from tfcore.registry import catalogue

SHAPE = (SIDE, SIDE, 3)
NAMES = ("none", "glioma", "metastasis")


def opened(kind: str, folder: Path) -> Model:
    if kind == "function":
        return load_model(probabilities, input_shape=SHAPE, classes=NAMES, scaling="none")
    if kind == "model in code":
        return load_model(in_code())
    if kind == "archive of it":
        in_code().save(folder / "mine.keras")
        return load_model(folder / "mine.keras")
    if kind == "saved model":
        return load_model(saved_model(folder / "saved"))
    if kind == "onnx, one at a time":
        return load_model(onnx_file(folder / "net.onnx", batch=1))
    return load_model(onnx_file(folder / "any name", first=kind == "onnx"))


@pytest.mark.parametrize(
    "kind",
    ["function", "model in code", "archive of it", "saved model", "onnx", "onnx, channels last", "onnx, one at a time"],
)
def test_it_answers_and_is_explained_like_the_network_it_holds(tmp_path: Path, kind: str) -> None:
    box, network = opened(kind, tmp_path), load_model(layered())
    np.testing.assert_allclose(box.predict(PICTURES), network.predict(PICTURES), atol=1e-6)
    # What speaks for one class and not for another is the same for logits and for logarithms of probabilities.
    contrast = Contrast(1, 2)
    heat, known = (tfcore.explain(one, PICTURES[:2], "occlusion", target=contrast, patch=2) for one in (box, network))
    np.testing.assert_allclose(heat.maps, known.maps, atol=1e-5)
    assert box.layers() == ()
    assert box.card.repaired[0].startswith("black box: ")
    assert "logarithms of its probabilities" in box.info().answers


def test_what_a_linear_box_is_told_by_is_exact() -> None:
    box = load_model(lambda pictures: np.tensordot(pictures, KERNEL, 3), input_shape=SHAPE)
    assert box.card.outputs == "logits"
    assert "outputs" in box.card.guessed
    quarters = np.kron(np.arange(4).reshape(2, 2), np.ones((4, 4), int))[None]
    found = tfcore.explain(
        box, PICTURES[:1], "kernel-shap", target=1, given={"segments": quarters}, samples=16, baseline="zero"
    )
    parts = (PICTURES[0] * KERNEL[..., 1]).sum(-1)
    for segment in range(4):
        inside = quarters[0] == segment
        assert found.maps[0][inside] == pytest.approx(parts[inside].sum(), abs=1e-4)


def test_every_method_asks_it_or_says_that_it_cannot() -> None:
    box = load_model(probabilities, input_shape=SHAPE)
    for spec in catalogue("method"):
        if spec.asks:
            tfcore.explain(
                box, PICTURES[:1], spec.name, budget="150passes", **{"patch": 2} if "patch" in _names(spec) else {}
            )
        else:
            with pytest.raises(
                HeatlensError, match=f"{re.escape(spec.name)} looks inside .* black box; .*occlusion.*rise"
            ):
                tfcore.explain(box, PICTURES[:1], spec.name)


def _names(spec: Any) -> list[str]:
    return [param.name for param in spec.params]


def test_a_box_of_pixels_is_explained_for_a_region() -> None:
    box = load_model(lambda x: 1 / (1 + np.exp(-9 * x.mean(-1, keepdims=True))), input_shape=(None, None, 3))
    assert box.card.task == "segmentation"
    found = tfcore.explain(box, PICTURES[:1], "occlusion", target=1, region=(2, 3), patch=1, stride=1)
    # Each pixel is told by itself.
    assert list(zip(*np.nonzero(found.maps[0]), strict=True)) == [(3, 2)]


# --- what a file says of itself ---


def test_onnx_brings_classes_whole_grey_levels_and_its_kind_of_numbers(tmp_path: Path) -> None:
    named = {"names": "{0: 'none', 1: 'glioma', 2: 'metastasis'}"}
    box = load_model(onnx_file(tmp_path / "net.onnx", dtype="UINT8", notes=named, scale=0.004, last="Identity"))
    assert box.classes == NAMES
    assert "classes" not in box.card.guessed
    assert (box.card.scaling, box.card.outputs) == ("none", "logits")
    pictures = np.round(PICTURES * 255)
    np.testing.assert_allclose(box.logits(pictures + 0.3), np.tensordot(pictures, KERNEL * 0.004, 3), rtol=1e-4)


def test_one_of_several_outputs_is_stated_in_the_card(tmp_path: Path) -> None:
    folder = saved_model(tmp_path / "saved", twice=lambda x, kernel: 2 * tf.tensordot(x, kernel, 3))
    first = load_model(folder)
    assert (first.card.head, first.info().heads) == ("serving_default", ("serving_default", "twice"))
    first.save_card(first.stating(head="twice", outputs="logits"))
    np.testing.assert_allclose(load_model(folder).logits(PICTURES), 2 * np.tensordot(PICTURES, KERNEL, 3), rtol=1e-4)
    first.save_card(first.card.with_(head="thrice"))
    with pytest.raises(HeatlensError, match="no output 'thrice'; state as head in its card one of serving_default, tw"):
        load_model(folder)


# --- what it may run ---


def reads_a_file(x: Any, kernel: Any) -> Any:
    return tf.tensordot(x, kernel, 3) + tf.cast(tf.strings.length(tf.io.read_file("/etc/hostname")), tf.float32)


def runs_python(x: Any, kernel: Any) -> Any:
    return tf.ensure_shape(tf.py_function(lambda y: y, [tf.tensordot(x, kernel, 3)], tf.float32), [None, CLASSES])


@pytest.mark.parametrize(("answer", "kind"), [(reads_a_file, "ReadFile|StringLength"), (runs_python, "EagerPyFunc")])
def test_a_graph_that_does_more_than_compute_asks_for_trust(tmp_path: Path, answer: Any, kind: str) -> None:
    folder = saved_model(tmp_path / "saved", answer)
    with pytest.raises(NeedsTrust, match=f"contains the operation ({kind}).*--trust"):
        load_model(folder)
    if answer is reads_a_file:
        assert load_model(folder, trust=True).predict(PICTURES).shape == (5, CLASSES)


def test_only_what_is_asked_is_judged(tmp_path: Path) -> None:
    assert load_model(saved_model(tmp_path / "saved", other=reads_a_file)).box is not None


# --- what cannot be asked ---


def of_changing_length(pictures: np.ndarray) -> np.ndarray:
    return probabilities(pictures) if len(pictures) == 4 else np.ones((len(pictures), 2))


def that_raises(pictures: np.ndarray) -> np.ndarray:
    if len(pictures) != 4:
        raise RuntimeError("no more memory on the device\nTraceback …")
    return probabilities(pictures)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (of_changing_length, "of_changing_length answers with 2 numbers for a picture, and with 3 before"),
        (that_raises, "that_raises failed when it was asked: no more memory on the device"),
    ],
)
def test_answers_that_are_none_are_said_in_a_sentence(function: Any, words: str) -> None:
    box = load_model(function, input_shape=SHAPE)
    for ask in (lambda: box.predict(PICTURES), lambda: tfcore.explain(box, PICTURES, "rise", samples=8)):
        with pytest.raises(HeatlensError) as error:
            ask()
        assert str(error.value).startswith(words)
        assert "\n" not in str(error.value)


def test_a_picture_of_which_a_box_says_nothing_is_named_and_the_rest_goes_on() -> None:
    def sometimes(pictures: np.ndarray) -> np.ndarray:
        return np.where(pictures[:, 0, 0, :1] > 9, np.nan, probabilities(pictures))

    pictures = PICTURES[:2].copy()
    pictures[0, 0, 0, 0] = 10
    box = load_model(sometimes, input_shape=SHAPE)
    found = tfcore.explain(box, pictures, "rise", samples=32)
    assert "answer to this picture is not finite" in found.facts["why"][0]
    assert not found.maps[0].any()
    assert np.ptp(found.maps[1]) > 0
    assert found.facts["why"][1] == ""


def test_copies_of_which_a_box_says_nothing_end_the_asking() -> None:
    asked = []

    def covered(pictures: np.ndarray) -> np.ndarray:
        asked.append(len(pictures))
        return np.where((pictures == 0).any((1, 2, 3))[:, None], np.nan, probabilities(pictures))

    box = load_model(covered, input_shape=SHAPE)
    for method in ("lime", "rise"):
        asked.clear()
        found = tfcore.explain(box, PICTURES[:1], method, **({"baseline": "zero"} if method == "lime" else {}))
        assert "was answered with what is no number for altered copies" in found.facts["why"][0]
        assert not found.maps.any()
        assert sum(asked) < 500


def test_what_is_no_model_of_one_picture_says_so(tmp_path: Path) -> None:
    picture = tf.TensorSpec([None, SIDE, SIDE, 3], tf.float32)
    two = saved_model(tmp_path / "two", lambda x, y, _: x[:, 0, 0] + y[:, 0, 0], picture, picture)
    said = {
        two: "signature serving_default takes 2 inputs",
        saved_model(
            tmp_path / "text",
            lambda shown, _: tf.cast(tf.strings.length(shown), tf.float32)[:, None],
            tf.TensorSpec([None], tf.string),
        ): "(string: any)",
    }
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut/saved_model.pb").write_bytes((two / "saved_model.pb").read_bytes()[:400])
    said[tmp_path / "cut"] = "saved_model.pb is damaged or cut short; copy the folder again"
    for folder, words in said.items():
        with pytest.raises(HeatlensError) as error:
            load_model(folder)
        assert words in str(error.value)
    for shape, words in ((None, "give input_shape=(height"), ((8, 8), "is not (height, width, channels)")):
        with pytest.raises(HeatlensError) as error:
            load_model(probabilities, input_shape=shape)
        assert words in str(error.value)
    with pytest.raises(HeatlensError, match=r"The images are 4 × 4 × 3; the network takes 8 × 8 × 3"):
        load_model(probabilities, input_shape=SHAPE).predict(PICTURES[:, :4, :4])


def test_onnx_that_does_not_run_here_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = onnx_file(tmp_path / "net.onnx").read_bytes()
    strange = onnx_file(tmp_path / "strange.onnx", last="Softmux")
    (tmp_path / "cut.onnx").write_bytes(whole[: len(whole) // 2])
    for path, words in ((tmp_path / "cut.onnx", "is damaged or cut short"), (strange, "Softmux")):
        with pytest.raises(HeatlensError) as error:
            load_model(path)
        assert words in str(error.value)
        assert "\n" not in str(error.value)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(HeatlensError, match=r"needs ONNX Runtime; install the extra: pip install 'heatlens\[onnx\]'"):
        load_model(tmp_path / "net.onnx")


def test_a_card_beside_it_says_what_it_does_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = saved_model(tmp_path / "saved")
    model = load_model(folder)
    assert "classes" in model.card.guessed
    model.save_card(model.stating(classes=NAMES, scaling="none"))
    again = load_model(folder)
    assert (again.classes, again.card.scaling) == (NAMES, "none")
    assert Card.beside(folder).name == "saved.json"
    assert again.card.sha256 != load_model(saved_model(tmp_path / "other")).card.sha256 != ""

    picture, table = tmp_path / "p.png", tmp_path / "p.csv"
    Image.fromarray(np.full((SIDE, SIDE, 3), 9, np.uint8)).save(picture)
    assert cli.main(["predict", str(picture), "--model", str(folder), "--out", str(table)], lambda _: 0) == cli.DONE
    again.save_card(again.stating(classes=NAMES[::-1]))
    assert cli.main(["reproduce", str(table), "--out", str(tmp_path / "again")], lambda _: 0) == cli.DONE
    assert "saved.json is not what it was then" in capsys.readouterr().err


def test_its_maps_are_judged_by_all_that_needs_no_look_inside() -> None:
    box = load_model(probabilities, input_shape=SHAPE)
    (found,) = verdict(box, PICTURES[:1], "occlusion", patch=2, stride=2, orders=2, changes=2)
    assert found.drop is not None
    assert found.moves is not None
    assert "randomised weights: a black box shows none" in found.words


def test_what_looks_inside_says_that_it_cannot(tmp_path: Path) -> None:
    box = load_model(probabilities, input_shape=SHAPE)
    for look in (
        lambda: tfcore.dissect(box, PICTURES, concepts=np.ones((5, 1, SIDE, SIDE), bool)),
        lambda: tfcore.maximise(box, "stage1", 0),
        lambda: tfcore.trust.counterfactual(box, PICTURES[0], tmp_path),
        lambda: list(parts(box)),
    ):
        with pytest.raises(HeatlensError, match="is a black box, which can only be asked"):
            look()
