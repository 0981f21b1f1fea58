"""``calibrate``: are a network's probabilities honest on pictures with labels, and what would make them so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import softmax

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.open import open_data
from tfcore.data.splits import load_split
from tfcore.errors import HeatlensError
from tfcore.evaluate.subjects import Subject, notes, subjects
from tfcore.explain.runners import Progress, silent
from tfcore.models.card import Card
from tfcore.pictures.many import Left, Ready, many, stacked
from tfcore.results import Calibrated, Calibration
from tfcore.trust.calibration import by_class, calibration, temperature
from tfcore.trust.conformal import conformal
from tfcore.words import counted, listed

if TYPE_CHECKING:
    from tfcore.models.model import Model

# Fewer say nothing: an error of calibration of some tenths would be chance.
FEWEST = 20
_TOGETHER = 32


def calibrate(
    model: Model,
    data: Dataset | str | Path,
    split: str | None = None,
    alpha: float = 0.1,
    score: str = "lac",
    force: bool = False,
    map: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> Calibrated:
    """Compare probabilities with labels; learn a temperature, and sets that hold the truth 1 − alpha times.

    ``data`` is a data set or its folder, ``split`` the side of it: as the data say, or as the run says in whose folder
    the model lies. Pictures that the run learnt from are refused unless ``force``. ``map`` says which class of the
    model a label means, where their names differ. What is learnt is kept by :func:`keep`.

    >>> tfcore.calibrate(model, "phantoms", split="val").before.ece                         # doctest: +SKIP
    """
    if model.card.task != "classification" or model.outputs.kind not in ("classes", "unit"):
        raise HeatlensError(f"{model.name}: only classes that exclude each other are calibrated.")
    model.outputs.check_logits("A temperature")
    part, learnt_from = unlearnt(model, data if isinstance(data, Dataset) else open_data(data), split, force)
    data = part.labelled()
    (subject,) = subjects(model, data, None, map)
    said = [*data.notes, *notes([subject], [], data)]
    said += [learnt(learnt_from)] if learnt_from else []
    logits, labels, left = _answers(model, data, subject, progress)
    said += left
    if len(labels) < FEWEST:
        unknown = f" {listed(subject.unknown)}: none of its classes; {subject.remedy()}" if subject.unknown else ""
        raise HeatlensError(
            f"{data.root}: {counted(len(labels), 'picture')} with a class of {model.name} "
            f"{'are' if len(labels) != 1 else 'is'} too few to calibrate on; {FEWEST} are the least.{unknown}"
        )
    counts = np.bincount(labels, minlength=len(model.classes))
    if (counts == 0).any():
        missing = listed([name for name, count in zip(model.classes, counts, strict=True) if not count])
        said.append(f"No picture shows {missing}: how honest the network is about that is not known.")
    origin = {
        "on": named(data, split),
        "pictures": len(labels),
        **({"learnt from": learnt_from} if learnt_from else {}),
    }
    found = fitted(logits, labels)
    said += filter(None, [found.why])
    p = softmax(logits / found.temperature, 1)
    sets, coverage, sizes = _sets(p, labels, alpha, score, said)
    kept: dict[str, Any] = {}
    if found.after is not None:
        kept = {"temperature": found.temperature, **origin, "nll": [found.before.nll, found.after.nll]}
    return Calibrated(
        model=model.name,
        classes=model.classes,
        on=named(data, split),
        counts=counts,
        accuracy=float((logits.argmax(1) == labels).mean()),
        before=found.before,
        after=found.after,
        each=by_class(softmax(logits, 1), labels),
        each_after=() if found.cooled is None else by_class(found.cooled, labels),
        calibration=kept,
        sets={**sets, **origin} if sets else {},
        coverage=coverage,
        sizes=sizes,
        notes=tuple(said),
    )


def keep(model: Model, found: Calibrated) -> Card:
    """The model's card with what was learnt, in place of what it said before."""
    return model.stating(calibration=dict(found.calibration), sets=dict(found.sets))


def unlearnt(model: Model, data: Dataset, split: str | None, force: bool) -> tuple[Dataset, int]:
    """The pictures of the split, and how many of them the model has learnt from."""
    placed = _placed(model, data)
    part = side(model, data, split)
    if placed is None:
        return part, 0
    learnt = {sample.identity for sample in placed if sample.split == "train"}
    count = sum(sample.identity in learnt for sample in part)
    if count and not force:
        raise HeatlensError(
            f"{model.name} has learnt from {count} of these {len(part)} pictures, on which it is surer than it should "
            "be; name a side that it has not (--split val), or take them all the same (--force)."
        )
    return part, count


def learnt(count: int) -> str:
    """What is said of pictures that were taken all the same."""
    return f"{count} of the pictures were learnt from; on them a network is surer than it should be."


def side(model: Model, data: Dataset, split: str | None) -> Dataset:
    """One side of the data: as they say themselves, or as the run says in whose folder the model lies."""
    if split is None:
        return data
    placed = None if split in data.splits else _placed(model, data)
    return (data if placed is None else placed).part(split)


def _placed(model: Model, data: Dataset) -> Dataset | None:
    """The data on the sides of the run in whose folder the model lies, if they are that run's data."""
    saved = None if model.file is None else model.file.parent / "split.csv"
    if saved is None or not saved.is_file():
        return None
    try:
        return load_split(data.merged(), saved)
    except HeatlensError:
        return None


def _answers(
    model: Model, data: Dataset, subject: Subject, progress: Progress
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Logits (N, C), labels (N,), and a sentence for each picture without an answer; memory holds a batch of them."""
    labels = subject.labels(data.samples)
    known = [(sample, label) for sample, label in zip(data, labels, strict=True) if label >= 0]
    found: list[tuple[np.ndarray, int]] = []
    left: list[str] = []
    answers = many([one for one, _ in known], model.prepare_with_boxes, _said(model), _TOGETHER, reading.picture)
    for done, ((_, label), answer) in enumerate(zip(known, answers, strict=True)):
        progress(done, len(known))
        if isinstance(answer, Left):
            left.append(answer.sentence)
        else:
            found.append((answer, label))
    progress(len(known), len(known))
    logits = np.array([logit for logit, _ in found], np.float64).reshape(
        len(found), -1 if found else len(model.classes)
    )
    # One unit is the second of two classes.
    logits = np.hstack([np.zeros_like(logits), logits]) if logits.shape[1] == 1 else logits
    return logits, np.array([label for _, label in found], int), left


def _said(model: Model) -> Callable[[list[Ready[Sample]]], Iterator[np.ndarray | Left]]:
    def said(some: list[Ready[Sample]]) -> Iterator[np.ndarray | Left]:
        for one, logits in zip(some, model.logits(stacked(some)), strict=True):
            if np.isfinite(logits).all():
                yield logits
            else:
                yield Left(one.source.path, f"{one.source.name}: {model.name} answers with NaN or infinity.")

    return said


def _halves(n: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Which pictures learn and which are judged, and the other way round."""
    order = np.random.default_rng(0).permutation(n)
    first, second = order[: n // 2], order[n // 2 :]
    return [(first, second), (second, first)]


@dataclass(frozen=True, eq=False)
class Fitted:
    """A temperature, what it does held out, and the sentence why there is none."""

    temperature: float
    before: Calibration
    after: Calibration | None = None
    # Probabilities that the held-out temperatures make (N, C).
    cooled: np.ndarray | None = None
    why: str = ""


def fitted(logits: np.ndarray, labels: np.ndarray) -> Fitted:
    """The temperature of all pictures, if it does good to those it was not learnt from."""
    before = calibration(softmax(logits, 1), labels)
    try:
        cooled = np.empty_like(logits)
        for learns, judged in _halves(len(labels)):
            cooled[judged] = softmax(logits[judged] / temperature(logits[learns], labels[learns]), 1)
        after = calibration(cooled, labels)
        found = temperature(logits, labels)
    except HeatlensError as error:
        return Fitted(1.0, before, why=f"No temperature is kept. {error}")
    if after.nll < before.nll:
        return Fitted(found, before, after, cooled)
    sentence = (
        f"No temperature is kept: on pictures it was not learnt from it does not lower the NLL ({before.nll:.4f} "
        f"before, {after.nll:.4f} after)."
    )
    return Fitted(1.0, before, why=sentence)


def _sets(
    p: np.ndarray, labels: np.ndarray, alpha: float, score: str, said: list[str]
) -> tuple[dict[str, Any], np.ndarray, np.ndarray]:
    """What the card keeps of the sets; held out, the share of pictures of each class whose set holds it, and sizes."""
    classes = p.shape[1]
    found = conformal(p, labels, alpha, score)
    coverage, sizes = np.full(classes, np.nan), np.zeros(classes + 1, int)
    if not np.isfinite(found.threshold):
        least = int(np.ceil(1 / alpha)) - 1
        said.append(
            f"No sets are kept: {len(p)} pictures are too few to promise {100 * (1 - alpha):g}%; {least} are the least."
        )
        return {}, coverage, sizes
    members = np.zeros(p.shape, bool)
    for learns, judged in _halves(len(p)):
        members[judged] = conformal(p[learns], labels[learns], alpha, score).sets(p[judged])
    holds = members[np.arange(len(p)), labels]
    with np.errstate(invalid="ignore"):
        coverage = np.bincount(labels, holds, classes) / np.bincount(labels, minlength=classes)
    sizes = np.bincount(members.sum(1), minlength=classes + 1)
    return {"score": score, "alpha": alpha, "threshold": found.threshold}, coverage, sizes


def named(data: Dataset, split: str | None) -> str:
    """The data by the name of their folder or file: no path of a user goes into a card."""
    name = Path(data.root).name
    return f"{name} ({split})" if split else name
