"""What is said of an opened network where nothing is computed: plain data for the window and for lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfcore.models import layers
from tfcore.results import ModelInfo

if TYPE_CHECKING:
    from tfcore.models.model import Model


def info_of(model: Model) -> ModelInfo:
    feature_maps = model.layers()
    return ModelInfo(
        name=model.name,
        source=model.source,
        classes=model.classes,
        input_shape=model.input_shape,
        parameters=model.box.parameters if model.box else model.keras.count_params(),
        layers=feature_maps,
        default_layer=layers.default_layer(model.program) if feature_maps else "",
        card=model.card.as_dict(),
        guessed=tuple(model.card.guessed),
        task=model.card.task,
        answers=model.outputs.words_of(model.box.explained if model.box else "") + _drawn_words(model),
        outputs_open=model.outputs.open,
        weights=model.weights,
        box=model.box.words if model.box else "",
        heads=model.box.heads if model.box else (),
        mask_classes=model.mask_classes if model.card.task == "segmentation" else (),
        thresholded=model.card.task == "segmentation" and model.thresholded,
    )


def _drawn_words(model: Model) -> str:
    """What is added where it draws: what lies around, and from where on something is there."""
    if model.card.task != "segmentation":
        return ""
    around = "overlapping" if model.around is None else f"around all lies {model.classes[model.around]}"
    return f"; {around}" + (f"; there from {model.card.threshold:g} on" if model.thresholded else "")
