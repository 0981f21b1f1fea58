"""Stating facts about a model: its card is written beside it, with the trust that opened it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import keras
import pytest

from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Job
from tfcore.errors import NeedsTrust
from tfcore.jobs import find
from tfcore.models.card import Card
from tfcore.results import ModelInfo


def saved(model: Path, **how: Any) -> ModelInfo:
    context = Context(Job("save_card", {}), lambda _: None, OpenModels(), threading.Event())
    how.setdefault("changes", {"classes": ("no", "yes")})
    info: ModelInfo = find("save_card")(context, model=str(model), **how)
    return info


def test_the_card_of_a_trusted_model_is_saved_with_the_trust(tmp_path: Path) -> None:
    L = keras.layers
    path = tmp_path / "m.keras"
    keras.Sequential([L.Input((8, 8, 3)), L.Lambda(lambda x: x * 2), L.Flatten(), L.Dense(2)]).save(path)
    with pytest.raises(NeedsTrust):
        saved(path)
    assert not path.with_suffix(".json").exists()
    assert saved(path, trust=True).classes == ("no", "yes")
    card = Card.load(path)
    assert card is not None
    assert card.classes == ("no", "yes")


def test_the_card_of_an_ordinary_model_needs_none(tmp_path: Path) -> None:
    L = keras.layers
    keras.Sequential([L.Input((8, 8, 3)), L.Flatten(), L.Dense(2)]).save(tmp_path / "m.keras")
    assert saved(tmp_path / "m.keras").classes == ("no", "yes")


def test_what_a_form_left_as_it_was_stays_a_guess(tmp_path: Path) -> None:
    L = keras.layers
    model = tmp_path / "m.keras"
    keras.Sequential([L.Input((8, 8, 3)), L.Flatten(), L.Dense(2, activation="softmax")]).save(model)
    form = {"classes": ["no", "yes"], "task": "classification", "scaling": "1/255", "resize": "area", "fit": "stretch"}
    assert saved(model, changes=form).guessed == ("scaling", "colour", "fit")
    assert saved(model, changes=form, stated=["scaling"]).guessed == ("colour", "fit")


def test_two_files_that_belong_together_and_a_folder_keep_their_card(tmp_path: Path) -> None:
    L = keras.layers
    network = keras.Sequential([L.Input((8, 8, 3)), L.Flatten(), L.Dense(2)])
    (tmp_path / "net.json").write_text(network.to_json())
    network.save_weights(tmp_path / "net.weights.h5")
    assert saved(tmp_path / "net.json").classes == ("no", "yes")
    assert saved(tmp_path / "net.weights.h5", changes={}).classes == ("no", "yes")
    (tmp_path / "run").mkdir()
    network.save(tmp_path / "run" / "model.keras")
    assert saved(tmp_path / "run").classes == ("no", "yes")
    assert (tmp_path / "run" / "model.json").is_file()
