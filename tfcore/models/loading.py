"""Opening a model: the demo, a network of the zoo, or a file or folder, whatever its name says it is.

What a file holds decides, not its ending. Nothing in it is run: layers that carry code are refused unless the user
trusts the file.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import resources
from tfcore.errors import HeatlensError
from tfcore.files import sha256
from tfcore.lazy import keras
from tfcore.models import reference
from tfcore.models.card import Card
from tfcore.models.kinds import kind_of
from tfcore.models.model import Model
from tfcore.models.opening import teachable
from tfcore.models.opening.content import stored
from tfcore.models.opening.rebuild import load_weights, rebuilt
from tfcore.models.opening.stored import Stored
from tfcore.models.opening.with_keras import quiet
from tfcore.models.program import program


def load_model(
    source: Any, weights: str | Path | None = None, trust: bool = False, memory: float | None = None
) -> Model:
    """The model behind ``"demo"``, ``"demo-segmentation"``, ``"zoo:NAME"``, a file, a folder, or a Keras model at hand.

    Files are ``.keras``, HDF5, or an architecture in JSON with its ``weights``; folders hold one of these or are
    SavedModels. What old versions of Keras wrote is repaired, and the card says how. ``trust=True`` lets a file run
    the code it carries (Lambda layers). A file whose network would take more than ``memory`` gigabytes (by default
    what its card says, or half the machine's) is refused before it is built. A Keras model at hand is copied, so that
    it stays as it is.
    """
    if not isinstance(source, str | Path):
        return _from_keras(source)
    if str(source).startswith("zoo:"):
        from tfcore.models.build import build

        return build(str(source).removeprefix("zoo:"), weights=weights)
    with quiet():
        return _from_disk(str(source), None if weights is None else Path(weights), trust, memory)


def _from_disk(source: str, weights: Path | None, trust: bool, memory: float | None) -> Model:
    path = resources.path(resources.DEMOS[source]) if source in resources.DEMOS else Path(source)
    if weights is not None and not weights.is_file():
        raise HeatlensError(f"There is no weights file {weights}; check the name.")
    found = stored(path, beside=weights is None)
    if weights is not None and found.kind == "architecture":
        found = replace(found, weights=weights)
    stated = Card.load(found.path)
    network, repaired = rebuilt(found, trust, stated.memory if memory is None and stated else memory)
    if weights is not None and found.weights != weights:
        load_weights(network, weights)
    _check(network, str(found.path))
    digest = sha256(weights or found.weights or found.path)
    card = replace(_card(network, found, stated), repaired=repaired, sha256=digest)
    file = None if source in resources.DEMOS else found.path
    return Model(network, card, source, file=file, reference=reference.of(card, found.path))


def _from_keras(network: Any) -> Model:
    if not isinstance(network, keras.Model):
        raise HeatlensError(f"{type(network).__name__} is neither a Keras model nor the name of one.")
    _check(network, f"Model {network.name!r}")
    copy = keras.models.clone_model(network)
    copy.set_weights(network.get_weights())
    return Model(copy, _guessed(copy), weights="given")


def _check(network: keras.Model, named: str) -> None:
    """Refuse now, and not at the first picture, what cannot be looked into."""
    try:
        program(network)
    except HeatlensError as error:
        raise HeatlensError(f"{named}: {error}") from error
    shape = network.inputs[0].shape
    if len(shape) != 4 or shape[-1] is None:
        raise HeatlensError(
            f"{named} takes inputs of shape {tuple(shape[1:])}; Heatlens works with pictures (height, width, channels)."
        )


def _card(network: keras.Model, found: Stored, stated: Card | None) -> Card:
    inputs, outputs = tuple(network.inputs[0].shape[1:]), network.outputs[0].shape[-1]
    if stated is not None:
        return stated.for_model(inputs, outputs, Card.beside(found.path))
    return teachable.card(found.path, inputs, outputs) or _guessed(network)


def _guessed(network: keras.Model) -> Card:
    outputs = network.outputs[0].shape
    card = Card.guess(
        input_shape=tuple(network.inputs[0].shape[1:]),
        classes_count=max(2, outputs[-1] or 2),
        task="segmentation" if len(outputs) == 4 else "classification",
    )
    # Whole numbers are grey levels; from 0 to 1 they would all be black.
    whole = "int" in str(network.inputs[0].dtype)
    first = program(network).steps[0].operation
    return replace(card, scaling="none") if whole or kind_of(first).own_scale else card
