"""How sentences of the methods section are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tfcore.words import counted

# Topic, sentence, and the entries that it cites.
Said = tuple[str, str, tuple[str, ...]]


def and_(names: Sequence[str]) -> str:
    """``a, b and c``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def options(given: Mapping[str, Any]) -> str:
    """Settings in brackets; what was left at nothing is left out."""
    words = {True: "on", False: "off"}
    told = ", ".join(
        f"{name} {words[value] if isinstance(value, bool) else value}"
        for name, value in given.items()
        if value is not None and value != ""
    )
    return f" ({told})" if told else ""


def preprocessed(card: Mapping[str, Any]) -> str:
    """How pictures come to the network."""
    height, width, channels = card["input_shape"]
    size = "kept in their own size"
    if None not in (height, width):
        size = f"resampled to {height} × {width} pixels ({card['resize']} interpolation, {_FITS[card['fit']]})"
    levels = f"grey levels by {card['intensity']}; " if card.get("intensity") else ""
    fed = f"given to the network in {counted(channels, 'channel')} ({levels}colour {card['colour']}; scaling"
    return f"Pictures were {size} and {fed} {card['scaling']})."


def learnt(how: Mapping[str, Any], task: str) -> str:
    """By what a network was trained, and what that was set to; what was switched off is not mentioned."""
    told = [
        *(f"learning rate {how['lr']:g}", f"batch size {how['batch']}", f"up to {counted(how['epochs'], 'epoch')}"),
        *(words.format(f"{how[name]:g}") for name, words in _NUMBERS.items() if how.get(name)),
        *(["decay of the learning rate along half a cosine"] if how.get("decay") == "cosine" else []),
        *(["class weights"] if how.get("class_weights") else []),
        *([f"{how['balance']}-sampling of classes"] if how.get("balance", "none") != "none" else []),
        *(["only the head trained"] if how.get("frozen") else []),
    ]
    if how.get("fine_tune_epochs"):
        more = counted(how["fine_tune_epochs"], "more epoch")
        told.append(f"{more} for all layers with learning rate {how['fine_tune_lr']:g}")
    loss = "the sum of Dice loss and cross-entropy" if task == "segmentation" else "the cross-entropy"
    return f"{loss}, minimised by {_OPTIMISERS.get(how['optimizer'], how['optimizer'])} with {and_(told)}"


def answers(card: Mapping[str, Any]) -> str:
    """What the network was trained to say."""
    classes, labels = and_(list(card["classes"])), card.get("outputs") == "labels"
    if card.get("task") == "segmentation":
        if labels:
            return f"The network was trained to say of each pixel whether it belongs to {classes}, which may overlap."
        return f"The network was trained to give each pixel one of the classes {classes}."
    if labels:
        return f"The network was trained to say of {classes} whether they are there."
    given = "" if card.get("outputs") == "numbers" else ", and gives a probability of each"
    return f"The network was trained to tell {classes} apart{given}."


_FITS = {
    "stretch": "stretched to fit",
    "centre": "largest central part of that shape",
    "pad": "aspect ratio kept, black beside it",
}
_OPTIMISERS = {"adam": "Adam", "adamw": "AdamW", "adamax": "Adamax"}
_NUMBERS = {
    "weight_decay": "weight decay {}",
    "label_smoothing": "label smoothing {}",
    "warm_up": "warm-up over a share of {} of the steps",
    "averaging": "weights averaged over about {} epochs",
    "patience": "early stopping after {} epochs without improvement",
    "empty": "a share of {} of the pictures with empty masks",
}
