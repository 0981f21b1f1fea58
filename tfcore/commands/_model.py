"""The model of a command: its flags, and the model opened by them."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.commands._words import say
from tfcore.errors import HeatlensError

if TYPE_CHECKING:
    from tfcore.models.model import Model
    from tfcore.trust.ensemble import Ensemble


def add_model_flags(parser: argparse.ArgumentParser, several: bool = False) -> None:
    """``--model`` (``several``: as often as there are models), ``--class-threshold``, ``--device``, and more."""
    again = {"action": "append", "metavar": "MODEL"} if several else {}
    help = "demo, demo-segmentation, zoo:NAME, a model file or a run folder"
    help += "; again for each further one" if several else ""
    parser.add_argument("--model", required=True, help=help, **again)
    threshold = "probability from which on a label, or what is drawn, is there; default: as its card says"
    parser.add_argument("--class-threshold", type=float, metavar="P", help=threshold)
    parser.add_argument("--device", help="cpu, gpu:0 …")
    add_opening_flags(parser)


def add_opening_flags(parser: argparse.ArgumentParser) -> None:
    """What a model file may do and take."""
    parser.add_argument(
        "--memory",
        type=float,
        metavar="GB",
        help="what the network may take; default: as its card says, or half of what the machine has",
    )
    parser.add_argument("--trust", action="store_true", help="let the model file run the code it carries")


def add_map_flag(parser: argparse.ArgumentParser) -> None:
    """``--map``."""
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="LABEL=CLASS",
        help="which class of the model a label of the data means, where their names differ; none after = for no class; "
        "of one of several models: MODEL:LABEL=CLASS",
    )


def mapping(given: argparse.Namespace) -> dict[str, str]:
    """The pairs of ``--map``."""
    found = {}
    for pair in given.map:
        label, equals, meant = pair.partition("=")
        if not (equals and label.strip()):
            raise HeatlensError(f"--map {pair} is no pair; write LABEL=CLASS, such as --map yes=tumour.")
        found[label.strip()] = meant.strip()
    return found


def together(given: argparse.Namespace) -> Model | Ensemble:
    """The model of the command; several, and the folds of a cross-validation, as one ensemble."""
    from tfcore.device import start_tensorflow

    start_tensorflow(given.device)
    from tfcore.dropped import models_of
    from tfcore.trust.ensemble import Ensemble

    files = [file for source in given.model for file in models_of(source)]
    models = all_opened(argparse.Namespace(**{**vars(given), "model": files}))
    if len(models) == 1:
        return models[0]
    ensemble = Ensemble(tuple(models))
    say(f"{len(models)} models are asked as one: {', '.join(ensemble.names)}")
    return ensemble


def all_opened(given: argparse.Namespace) -> list[Model]:
    """Every model of the command."""
    return [opened(argparse.Namespace(**{**vars(given), "model": model})) for model in given.model]


def opened(given: argparse.Namespace) -> Model:
    """TensorFlow started on the device and the model opened; what was guessed of it is said."""
    from tfcore.device import start_tensorflow

    if given.memory is not None and not (math.isfinite(given.memory) and given.memory > 0):
        raise HeatlensError(f"--memory {given.memory:g} is no number of gigabytes; give one above 0, such as 8.")
    start_tensorflow(given.device)
    from tfcore.dropped import models_of
    from tfcore.models.loading import load_model
    from tfcore.results import untrained

    # A run folder stands for the model in it.
    files = models_of(given.model)
    if len(files) > 1:
        raise HeatlensError(
            f"{given.model} holds {len(files)} folds; predict and explain ask them as one, here name one of them, such "
            f"as {Path(files[0]).parent}."
        )
    model = load_model(files[0], trust=given.trust, memory=given.memory)
    if model.card.guessed:
        say(f"{given.model} states no {', '.join(model.card.guessed)}; guessed")
    if said := untrained(model.weights):
        say(f"{given.model} has {said}: its answers and heatmaps mean nothing before it is trained (heatlens train)")
    threshold = getattr(given, "class_threshold", None)
    return model if threshold is None else model.at_threshold(threshold)
