"""The kinds of jobs, in one table: name → function. A function gets a Context and the job's arguments as keywords.

The same functions run in the engine process (window) and in this process (command line, tests).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.engine.context import Context
from tfcore.engine.one_picture import one_picture
from tfcore.engine.protocol import Box, Heat, ModelInfo, Prediction
from tfcore.errors import HeatlensError

if TYPE_CHECKING:
    import numpy as np

KINDS = {
    "open_model": "tfcore.engine.jobs:open_model",
    "save_card": "tfcore.engine.jobs:save_card",
    "predict": "tfcore.engine.jobs:predict",
    "explain": "tfcore.engine.jobs:explain",
    "compare": "tfcore.engine.compare:compare",
    "preview_card": "tfcore.engine.jobs:preview_card",
    "describe_data": "tfcore.data.jobs:describe_data",
    "audit": "tfcore.data.jobs:audit",
    "save_audit": "tfcore.data.jobs:save_audit",
    "train": "tfcore.training.jobs:train",
    "preview_augmentation": "tfcore.training.jobs:preview_augmentation",
    "uncertainty": "tfcore.uncertainty.jobs:uncertainty",
    "heat_spread": "tfcore.uncertainty.jobs:heat_spread",
    "dropout_layers": "tfcore.uncertainty.window_jobs:dropout_layers",
    "relevance_strip": "tfcore.explain.lrp_strip:relevance_strip",
}


def find(kind: str) -> Callable[..., Any]:
    """The function of a job kind (or of a ``module:function`` that is none of the shipped ones)."""
    place = KINDS.get(kind, kind)
    if ":" not in place:
        raise HeatlensError(f"There is no job kind {kind!r}; there are {', '.join(KINDS)}.")
    module, _, name = place.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def open_model(context: Context, model: str, trust: bool = False) -> ModelInfo:
    """Load a model and tell what it is."""
    context.progress(0, 1, f"opening {model}")
    info = context.models.get(model, trust).info()
    if info.guessed:
        context.log(f"{info.name} does not state {', '.join(info.guessed)}; guessed.", "warning")
    return info


def save_card(context: Context, model: str, changes: Mapping[str, Any], trust: bool = False) -> ModelInfo:
    """Write what the user stated about a model into its card."""
    if not Path(model).exists():
        raise HeatlensError(f"{model} has no file beside which a card could lie; open a model file of your own.")
    opened = context.models.get(model, trust)
    opened.stating(**changes).save(model)
    return context.models.get(model, trust).info()


def preview_card(
    context: Context, model: str, picture: str, changes: Mapping[str, Any], trust: bool = False
) -> tuple[np.ndarray, Box]:
    """What the network would see of a picture by a changed card (H, W, 3) uint8, and the part of it that it covers."""
    from tfcore.models.prepare import prepare, what_the_network_sees
    from tfcore.pictures import read

    card = context.models.get(model, trust).card.with_(**changes)
    context.check()
    shown = read(picture)
    return what_the_network_sees(card, shown), prepare(card, shown)[1][0]


def predict(context: Context, model: str, picture: str, trust: bool = False) -> Prediction:
    """What the network says of one picture."""
    from tfcore.explain.heat import prediction_of

    opened, shown, batch, _ = one_picture(context, model, picture, trust)
    return prediction_of(opened, shown, opened.logits(batch)[0])


def explain(
    context: Context,
    model: str,
    picture: str,
    method: str,
    layer: str | None = None,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    trust: bool = False,
) -> Heat:
    """One picture through one method."""
    from tfcore.explain import explain as explained
    from tfcore.explain.heat import heat_of

    opened, shown, batch, box = one_picture(context, model, picture, trust)
    found = explained(opened, batch, method, layer, target, progress=context.progress, **(params or {}))
    return heat_of(opened, shown, found, box, 0)
