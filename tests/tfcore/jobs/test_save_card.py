"""Stating facts about a model: its card is written beside it, with the trust that opened it."""

from __future__ import annotations

import threading
from pathlib import Path

import keras
import pytest

from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Job
from tfcore.errors import NeedsTrust
from tfcore.jobs import find
from tfcore.models.card import Card
from tfcore.results import ModelInfo


def saved(model: Path, **how: bool) -> ModelInfo:
    context = Context(Job("save_card", {}), lambda _: None, OpenModels(), threading.Event())
    info: ModelInfo = find("save_card")(context, model=str(model), changes={"classes": ("no", "yes")}, **how)
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
