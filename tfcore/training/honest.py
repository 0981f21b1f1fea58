"""Once a network has learnt: probabilities made honest on validation pictures, and what its own pictures look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.runners import Progress
from tfcore.files import sha256
from tfcore.trust.calibrate import FEWEST, fitted
from tfcore.trust.calibration import calibration
from tfcore.trust.reference import FEWEST as FEWEST_KNOWN
from tfcore.trust.reference import keep, reference

if TYPE_CHECKING:
    from tfcore.training.session import Session

_SIDE = "val"


def make_honest(session: Session) -> str:
    """Keep the temperature of the validation pictures in the card; a sentence where there is none."""
    if not session.task.one_of_many:
        return ""
    if (count := len(session.sides.part(_SIDE, session.plan))) < FEWEST:
        return f"Probabilities are not calibrated: {count} validation pictures are too few for it."
    pictures, answers = session.predictions(_SIDE)
    p, labels = np.concatenate(list(answers)), pictures.targets
    found = fitted(np.log(np.maximum(p, np.finfo(np.float32).tiny)), labels)
    if found.after is None:
        return found.why
    facts = {"temperature": found.temperature, "on": _SIDE, "pictures": len(labels)}
    session.keep(session.card.with_(calibration={**facts, "nll": [found.before.nll, found.after.nll]}))
    session.model.outputs = replace(session.model.outputs, temperature=found.temperature)
    return ""


def know_again(session: Session) -> str:
    """Keep beside the model what its training pictures look like to it; a sentence where that cannot be told."""
    data = session.sides.data.part("train")
    if len(data) < FEWEST_KNOWN:
        return ""
    tick: Progress = lambda done, total: session.watch.tick(done, total, "looking at what is usual")  # noqa: E731
    try:
        found = reference(session.model, data, progress=tick)
    except HeatlensError as why:
        return f"Pictures unlike the training pictures will not be noticed. {why}"
    model = session.folder.model
    session.keep(session.card.with_(reference=keep(found, model, sha256(model))))
    return ""


def both(kept: Mapping[str, Any], p: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """The temperature with the errors of the test pictures before and after."""
    if not kept:
        return {}
    plain = p.astype(np.float64) ** kept["temperature"]
    before, after = calibration(plain / plain.sum(1, keepdims=True), labels), calibration(p, labels)
    errors = {name: [value, after.figures[name]] for name, value in before.figures.items()}
    return {"calibration": {**kept, "test": errors}}
