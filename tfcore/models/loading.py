"""Opening a model: the demo, a network of the zoo, or a file or folder, whatever its name says it is.

What a file holds decides, not its ending. Nothing in it is run: layers that carry code are refused unless the user
trusts the file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import resources
from tfcore.errors import HeatlensError, Unrecorded
from tfcore.files import sha256
from tfcore.lazy import keras
from tfcore.models import black, reference
from tfcore.models.black import BlackBox
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
    source: Any, weights: str | Path | None = None, trust: bool = False, memory: float | None = None, **stated: Any
) -> Model:
    """The model behind ``"demo"``, ``"demo-segmentation"``, ``"zoo:NAME"``, a file, a folder, a Keras model at hand, or
    any function from pictures (n, H, W, C) to scores (n, K), or (n, H, W, K) of pixels.

    Files are ``.keras``, HDF5, ONNX, or an architecture in JSON with its ``weights``; folders hold one of these or are
    SavedModels. What old versions of Keras wrote is repaired, and the card says how. ``trust=True`` lets a file run
    the code it carries (Lambda layers, operations that do more than compute). A file whose network would take more
    than ``memory`` gigabytes (by default what its card says, or half the machine's) is refused before it is built. A
    Keras model at hand is copied, so that it stays as it is. Of a model or a function at hand, ``stated`` are fields of
    its card; a function needs ``input_shape``.

    >>> tfcore.load_model(scores, input_shape=(64, 64, 1), classes=("no", "yes"))           # doctest: +SKIP
    """
    if not isinstance(source, str | Path):
        return _at_hand(source, stated)
    if stated:
        raise HeatlensError(
            f"{', '.join(stated)}: a file has a card beside it, which says so (heatlens card); leave out."
        )
    if str(source).startswith("zoo:"):
        from tfcore.models.build import build

        return build(str(source).removeprefix("zoo:"), weights=weights)
    with quiet():
        return _from_disk(str(source), None if weights is None else Path(weights), trust, memory)


def _from_disk(source: str, weights: Path | None, trust: bool, memory: float | None) -> Model:
    path = resources.path(resources.DEMOS[source]) if source in resources.DEMOS else Path(source)
    if weights is not None and not weights.is_file():
        raise HeatlensError(f"There is no weights file {weights}; check the name.")
    if weights is None and (file := black.onnx_in(path)) is not None:
        return _boxed(black.onnx_box(file, Card.load(file)), file, source)
    try:
        found = stored(path, beside=weights is None)
    except Unrecorded:
        return _boxed(black.saved_model_box(path, trust, Card.load(path)), path, source)
    if weights is not None and found.kind == "architecture":
        found = replace(found, weights=weights)
    stated, ours = Card.load(found.path), source in resources.DEMOS
    # Our own need not be laid out to be counted first.
    most = math.inf if ours else stated.memory if memory is None and stated else memory
    network, repaired = rebuilt(found, trust, most)
    if weights is not None and found.weights != weights:
        load_weights(network, weights)
    try:
        _check(network, str(found.path))
    except Unrecorded:
        return _boxed(black.keras_box(network, None, str(found.path)), found.path, source)
    digest = sha256(weights or found.weights or found.path)
    card = replace(_card(network, found, stated), repaired=repaired, sha256=digest)
    return Model(network, card, source, file=None if ours else found.path, reference=reference.of(card, found.path))


def _at_hand(given: Any, stated: dict[str, Any]) -> Model:
    """A model or a function of the caller's, with what is stated of it."""
    shape = stated.pop("input_shape", None)
    if not isinstance(given, keras.Model):
        if not callable(given):
            raise HeatlensError(f"{type(given).__name__} is neither a Keras model nor the name of one, nor a function.")
        return _boxed(black.function_box(given, shape), stated=stated)
    try:
        _check(given, f"Model {given.name!r}")
    except Unrecorded:
        return _boxed(black.keras_box(given, shape), stated=stated)
    copy = keras.models.clone_model(given)
    copy.set_weights(given.get_weights())
    return Model(copy, _stating(_guessed(copy), stated), weights="given")


def _boxed(box: BlackBox, file: Path | None = None, source: str = "", stated: Mapping[str, Any] | None = None) -> Model:
    """A model whose inside nobody sees."""
    box = black.probed(box)
    card = black.card_of(box, None if file is None else Card.load(file), file and Card.beside(file))
    if file is not None:
        card = replace(card, sha256=sha256(file))
    return Model(black.network(box), _stating(card, stated or {}), source, "file" if file else "given", file)


def _stating(card: Card, stated: Mapping[str, Any]) -> Card:
    known = {each.name for each in fields(Card)}
    if unknown := [name for name in stated if name not in known]:
        raise HeatlensError(f"A card has no field {unknown[0]!r}; it has {', '.join(sorted(known))}.")
    changed = {name: tuple(value) if isinstance(value, list) else value for name, value in stated.items()}
    return card.with_(**changed).for_model(card.input_shape, len(card.classes), "The card as stated")


def _check(network: keras.Model, named: str) -> None:
    """Refuse now, and not at the first picture, what cannot be looked into."""
    try:
        program(network)
    except Unrecorded:
        raise
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
