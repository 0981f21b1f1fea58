from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcore.errors import HeatlensError
from tfcore.models.card import COLOURS, FITS, RESIZES, SCALINGS, TASKS, Card

CARD = Card(
    classes=("glioma", "Hirnhautgeschwulst ü"),
    input_shape=(224, None, 3),
    scaling="imagenet-torch",
    fit="centre",
    recipe="frozen-base",
    provenance={"trained": "2024-05-01", "epochs": 20},
    sha256="ab12",
    repaired=("Lambda removed",),
    guessed=("resize",),
)


def written(folder: Path, stored: Any) -> Path:
    """A model's path with this card beside it."""
    text = stored if isinstance(stored, str) else json.dumps(stored)
    (folder / "model.json").write_text(text, encoding="utf-8")
    return folder / "model.keras"


def test_a_saved_card_comes_back(tmp_path: Path) -> None:
    path = CARD.save(tmp_path / "model.keras")
    assert path == tmp_path / "model.json"
    assert Card.load(tmp_path / "model.keras") == CARD
    text = path.read_text(encoding="utf-8")
    assert "Hirnhautgeschwulst ü" in text
    assert list(json.loads(text))[:4] == ["classes", "input_shape", "task", "scaling"]
    CARD.save(tmp_path / "model.keras")
    assert path.read_text(encoding="utf-8") == text
    assert list(tmp_path.iterdir()) == [path]


@given(
    classes=st.lists(st.text(min_size=1, max_size=5), min_size=2, max_size=4, unique=True),
    size=st.tuples(*[st.none() | st.integers(1, 999)] * 2),
    task=st.sampled_from(TASKS),
    scaling=st.sampled_from(SCALINGS),
    colour=st.sampled_from(COLOURS),
    resize=st.sampled_from(RESIZES),
    fit=st.sampled_from(FITS),
    guessed=st.sets(st.sampled_from(["scaling", "fit", "classes"])),
)
@settings(deadline=None, derandomize=True)
def test_every_card_survives_as_json(
    classes: list[str],
    size: tuple[int | None, int | None],
    task: str,
    scaling: str,
    colour: str,
    resize: str,
    fit: str,
    guessed: set[str],
) -> None:
    names = tuple(name for name in ("classes", "scaling", "fit") if name in guessed)
    card = Card(tuple(classes), (*size, 3), task, scaling, colour, resize, fit, guessed=names)
    assert Card.from_dict(json.loads(json.dumps(card.as_dict()))) == card


def test_no_card_is_no_error(tmp_path: Path) -> None:
    assert Card.load(tmp_path / "model.keras") is None


def test_any_fact_can_be_noted(tmp_path: Path) -> None:
    facts = {"accuracy": np.float32(0.5), "counts": np.array([1, 2]), "from": Path("a")}
    CARD.with_(provenance=facts).save(tmp_path / "model.keras")
    card = Card.load(tmp_path / "model.keras")
    assert card is not None
    assert card.provenance == {"accuracy": 0.5, "counts": [1, 2], "from": "a"}


def test_an_architecture_of_keras_is_not_taken_for_a_card_nor_overwritten(tmp_path: Path) -> None:
    model = written(tmp_path, {"class_name": "Functional", "config": {}})
    assert Card.load(model) is None
    # However the pair is opened, it has one card.
    for name in ("model.json", "model.h5", "model.weights.h5", "model_weights.h5"):
        assert CARD.save(tmp_path / name) == tmp_path / "model.card.json"
        assert Card.load(tmp_path / name) == CARD
    assert "Functional" in (tmp_path / "model.json").read_text()


def test_folders_that_differ_after_a_point_have_cards_of_their_own(tmp_path: Path) -> None:
    for name in ("net.v1", "net.v2"):
        (tmp_path / name).mkdir()
    assert Card.beside(tmp_path / "net.v1") != Card.beside(tmp_path / "net.v2")


def test_a_card_by_hand_needs_only_what_is_known(tmp_path: Path) -> None:
    card = Card.load(written(tmp_path, "\ufeff" + json.dumps({"classes": ["no", "yes"], "scaling": "x/127.5-1"})))
    assert card is not None
    assert card.classes == ("no", "yes")
    assert card.guessed == ("input_shape", "task", "colour", "resize", "fit")
    completed = card.for_model((96, 96, 1), 1, "model.json")
    assert completed.input_shape == (96, 96, 1)
    assert completed.colour == "grey"
    assert "input_shape" not in completed.guessed


def test_fields_of_other_programs_are_kept(tmp_path: Path) -> None:
    model = written(tmp_path, {**CARD.as_dict(), "hospital": {"ward": 3}})
    card = Card.load(model)
    assert card is not None
    assert card.extra == {"hospital": {"ward": 3}}
    card.with_(scaling="none").save(model)
    assert json.loads((tmp_path / "model.json").read_text())["hospital"] == {"ward": 3}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"classes": "no"}, "classes = 'no' is not a list of names"),
        ({"classes": ["no", 3]}, "classes = .* is not a list of names"),
        ({"classes": ["tumour"]}, "classes .* holds one name; name both sides"),
        ({"classes": ["a", "b", "a"]}, "classes holds 'a' twice"),
        ({"input_shape": [224, 224]}, r"input_shape = \(224, 224\) is not \[height, width, channels\]"),
        ({"input_shape": [224, "224", 3]}, "input_shape"),
        ({"input_shape": [True, 224, 3]}, "input_shape"),
        ({"input_shape": [224, 224, None]}, "input_shape"),
        ({"input_shape": 7}, "input_shape"),
        ({"scaling": "1/256"}, "scaling = '1/256' is not one of none, 1/255"),
        ({"scaling": ["none"]}, "scaling"),
        ({"colour": "cmyk"}, "colour = 'cmyk' is not one of grey, rgb, bgr"),
        ({"resize": None}, "resize = None is not one of"),
        ({"fit": 3}, "fit = 3 is not one of stretch, centre, pad"),
        ({"task": "regression"}, "task = 'regression' is not one of"),
        ({"recipe": 3}, "recipe = 3 is not a text"),
        ({"provenance": "me"}, "provenance = 'me' is not"),
        ({"guessed": "fit"}, "guessed = 'fit' is not a list"),
        ({"repaired": 1}, "repaired = 1 is not a list"),
        ({"input_shape": [8, 8, 1], "scaling": "1/255", "colour": "rgb"}, "colour = 'rgb' needs three channels"),
        ({"input_shape": [8, 8, 4]}, "scaling = 'imagenet-torch' needs three channels, but input_shape has 4"),
    ],
)
def test_a_wrong_field_is_named_with_its_file(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    model = written(tmp_path, {**CARD.as_dict(), **change})
    with pytest.raises(HeatlensError, match=r"model\.json: " + says) as caught:
        Card.load(model)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [("{", "not valid JSON"), ("", "not valid JSON"), ("[" * 100_000, "not valid JSON"), ("[1]", "not a model card")],
)
def test_malformed_json_is_named_with_its_file(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(HeatlensError, match=r"model\.json is " + says):
        Card.load(written(tmp_path, text))


def test_bytes_that_are_no_text_are_named_with_their_file(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(HeatlensError, match=r"model\.json is not valid JSON"):
        Card.load(tmp_path / "model.h5")


def test_a_card_that_is_a_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "model.json").mkdir()
    with pytest.raises(HeatlensError, match=r"model\.json was not read"):
        Card.load(tmp_path / "model.keras")


def test_a_guess_says_what_it_guessed() -> None:
    card = Card.guess((None, None, 1), 3, task="segmentation")
    assert card.classes == ("class 0", "class 1", "class 2")
    assert (card.scaling, card.colour, card.task) == ("1/255", "grey", "segmentation")
    assert card.guessed == ("classes", "scaling", "colour", "resize", "fit")


def test_one_sigmoid_unit_stands_for_two_classes() -> None:
    assert Card.guess((8, 8, 3), 1).classes == ("class 0", "class 1")
    assert CARD.for_model((224, 224, 3), 1, "model.json").classes == CARD.classes


def test_what_somebody_states_is_no_longer_guessed() -> None:
    card = Card.guess((8, 8, 3), 2).with_(classes=("no", "yes"), scaling="none")
    assert card.classes == ("no", "yes")
    assert card.guessed == ("task", "colour", "resize", "fit")
    with pytest.raises(HeatlensError, match="scaling = 'half'"):
        card.with_(scaling="half")


def test_a_card_is_completed_by_its_model() -> None:
    assert CARD.for_model((224, 300, 3), 2, "model.json").input_shape == (224, 300, 3)
    assert CARD.for_model((None, None, 3), 2, "model.json").input_shape == (224, None, 3)
    nameless = Card.from_dict({"input_shape": [8, 8, 3]})
    assert nameless.for_model((8, 8, 3), 3, "model.json").classes == ("class 0", "class 1", "class 2")


def test_a_card_that_contradicts_its_model_says_where() -> None:
    with pytest.raises(HeatlensError, match=r"model\.json: classes names 2, but the model has 4 outputs"):
        CARD.for_model((224, 224, 3), 4, "model.json")
    with pytest.raises(HeatlensError, match="input_shape is 224 × any × 3, but the model takes 299 × 299 × 3"):
        CARD.for_model((299, 299, 3), 2, "model.json")
