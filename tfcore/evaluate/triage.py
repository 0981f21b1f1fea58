"""Which pictures to look at first, and why: wrong answers, right ones for the wrong reason, doubt and disagreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.evaluate.asked import named
from tfcore.evaluate.localisation import energy_pointing, pointing_game
from tfcore.evaluate.marks import Marked
from tfcore.evaluate.reading import TOGETHER, Batch, Seen, batches, seen
from tfcore.evaluate.signals import combined, passes_of, right_by, signals
from tfcore.evaluate.similar import ranks_alike
from tfcore.evaluate.subjects import Subject, notes, subjects
from tfcore.explain.many import explain_many
from tfcore.explain.runners import Progress, silent
from tfcore.figure.display import FLAT
from tfcore.pictures.body import foreground
from tfcore.pictures.many import Left
from tfcore.results.prediction import FAIRLY_CLEAR

if TYPE_CHECKING:
    from tfcore.evaluate.run import Models
    from tfcore.explain.explanation import Explanation

KINDS = {
    "wrong": "the answer is not the label",
    "wrong reason": "the answer is right, but the heat lies outside the mask, or outside the body",
    "models disagree": "two models answer differently",
    "methods disagree": "two methods point to different places",
    "unsure": "the answer is open",
    "flat": "the heatmap hardly varies",
    "unlike": "the picture is unlike those the network was trained on",
}
# The rank correlation of two maps below which they disagree, and the share of the side within which heat is close.
_ALIKE, _CLOSE = 0.3, 0.05


@dataclass(frozen=True)
class Reason:
    """Why a picture is worth a look; ``weight`` (0 to 1) ranks, ``words`` say what was seen."""

    kind: str
    weight: float
    words: str


@dataclass(frozen=True, eq=False)
class Case:
    """A picture with its reasons, the weightiest first; without any it is unremarkable."""

    picture: str
    label: str | None
    # By model: the answer and its probability.
    answers: Mapping[str, tuple[str, float]]
    reasons: tuple[Reason, ...]
    # Of the first model: whether it is right (of masks how right), what may tell that it is not, and that as one score.
    right: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    failure: float = 0.0

    @property
    def weight(self) -> float:
        """By which cases are ranked."""
        return sum(reason.weight for reason in self.reasons)

    def row(self) -> dict[str, Any]:
        """Its cells in a table."""
        said = "; ".join(
            f"{model}: {answer} {probability:.3f}" for model, (answer, probability) in self.answers.items()
        )
        return {
            "picture": self.picture,
            "weight": round(self.weight, 4),
            "kinds": ", ".join(dict.fromkeys(reason.kind for reason in self.reasons)),
            "label": self.label,
            "answers": said,
            "reasons": "; ".join(reason.words for reason in self.reasons),
            "failure": round(self.failure, 4),
            "signals": "; ".join(f"{name} {value:.3g}" for name, value in self.parts.items()),
        }

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        answers = [{"model": name, "answer": said, "probability": p} for name, (said, p) in self.answers.items()]
        reasons = [{"kind": each.kind, "weight": each.weight, "words": each.words} for each in self.reasons]
        return {
            "picture": self.picture,
            "label": self.label,
            "weight": self.weight,
            "answers": answers,
            "reasons": reasons,
            "right": self.right,
            "failure": self.failure,
            "signals": dict(self.parts),
        }


COLUMNS = ("picture", "weight", "kinds", "label", "answers", "reasons", "failure", "signals")


@dataclass(frozen=True)
class Triage:
    """Every case, the most remarkable first; a sentence for each picture that could not be read, and notes."""

    cases: tuple[Case, ...]
    unread: tuple[str, ...]
    notes: tuple[str, ...]

    def of(self, kind: str) -> tuple[Case, ...]:
        """The cases of one kind, the weightiest first."""
        weights = {
            case: max((each.weight for each in case.reasons if each.kind == kind), default=-1.0) for case in self.cases
        }
        return tuple(sorted((case for case in self.cases if weights[case] >= 0), key=lambda case: -weights[case]))


def triage(
    model: Models,
    data: Dataset | str | Path,
    methods: Sequence[str] = ("grad-cam", "layer-cam"),
    layer: str | None = None,
    params: Mapping[str, Mapping[str, Any]] | None = None,
    limit: int | None = None,
    seed: int = 0,
    progress: Progress = silent,
    map: Mapping[str, str] | None = None,
) -> Triage:
    """The pictures of a data set ranked by how much they deserve a look.

    The arguments are those of ``evaluate``. Reasons about heat are of the first method and the first model; methods
    are compared in pairs, models by their answers in the words of the data.

    >>> triage(model, "phantoms").cases[0].reasons                                          # doctest: +SKIP
    """
    methods, params = named("method", methods), params or {}
    data = (data if isinstance(data, Dataset) else open_data(data)).drawn(limit, seed)
    every = subjects(model, data, None, map)
    answers: dict[str, dict[str, tuple[str, float]]] = {}
    reasons: dict[str, list[Reason]] = {sample.name: [] for sample in data}
    parts: dict[str, dict[str, float]] = {}
    known: dict[str, float | None] = {}
    unread: list[str] = []
    done = 0
    for number, subject in enumerate(every):
        stream = seen(subject.model, data, data.samples)
        while some := _some(stream):
            unread += [each.sentence for each in some if isinstance(each, Left) and each.sentence not in unread]
            for batch in batches(each for each in some if isinstance(each, Seen)):
                # Every model answers; the first one is explained.
                asked = methods if number == 0 else []
                of = f"{subject.name}: " if len(every) > 1 else ""
                for sample, said, found, right, told in _looked_at(subject, of, batch, asked, layer, params):
                    answers.setdefault(sample.name, {})[subject.name] = said
                    reasons[sample.name] += found
                    if number == 0:
                        parts[sample.name], known[sample.name] = told, right
            done += len(some)
            progress(done, len(data) * len(every))
    if not answers:
        raise HeatlensError(f"{data.root}: none of the {len(data)} pictures could be read; the first: {unread[0]}")
    cases = []
    names = list(parts)
    scores = dict(zip(names, combined([parts[name] for name in names]), strict=True))
    for sample in data:
        if (name := sample.name) in answers:
            found = [*reasons[sample.name], *_models_disagree(answers[sample.name], every)]
            ordered = tuple(sorted(found, key=lambda reason: -reason.weight))
            told, score = parts.get(name, {}), float(scores.get(name, 0))
            cases.append(Case(name, sample.label, answers[name], ordered, known.get(name), told, score))
    ranked = tuple(sorted(cases, key=lambda case: -case.weight))
    return Triage(ranked, tuple(unread), (*data.notes, *notes(every, [], data)))


def _some(stream: Iterator[Seen | Left]) -> list[Seen | Left]:
    return list(islice(stream, TOGETHER))


def _looked_at(
    subject: Subject,
    of: str,
    batch: Batch,
    methods: Sequence[str],
    layer: str | None,
    params: Mapping[str, Mapping[str, Any]],
) -> Iterator[tuple[Sample, tuple[str, float], list[Reason], float | None, dict[str, float]]]:
    """Every picture with the model's answer, what is remarkable about it, whether it is right, and the signals."""
    model, outputs, classes = subject.model, subject.model.outputs, subject.model.classes
    outputs.check_probabilities("Triage")
    features = None
    if model.reference is None:
        found = model.predict(batch.inputs)
    else:
        logits, features = model.seen(batch.inputs)
        found = outputs.probabilities(logits)
    answers, found = found, found.reshape(len(found), -1, found.shape[-1]).mean(1)
    # The first model is explained, and looked at for what may tell that it fails.
    passes = passes_of(model, batch.inputs) if methods else None
    given = {name: params[name] for name in methods if name in params}
    explained = (
        list(explain_many(subject.model, batch.inputs, methods, [layer], None, given).values()) if methods else []
    )
    for index, (sample, label) in enumerate(zip(batch.samples, subject.labels(batch.samples), strict=True)):
        p, best = found[index].astype(np.float64), int(found[index].argmax())
        said = classes[best], float(p[best])
        reasons = list(_of_answer(p, best, int(label), classes, of))
        shift = None if model.reference is None or features is None else model.reference.shift(features[index])
        if shift is not None and shift.beyond:
            reasons.append(Reason("unlike", 0.7, of + shift.words))
        if explained:
            reasons += _of_heat(explained, index, batch.inputs[index], batch.marks[index], label == best)
        right: float | None = float(label == best) if label >= 0 else None
        if answers.ndim > 2:
            marks = batch.marks[index]
            right = right_by(model, answers[index], marks.mask) if isinstance(marks, Marked) else None
        yield sample, said, reasons, right, signals(model, p, shift, explained, index, passes)


def _of_answer(p: np.ndarray, best: int, label: int, classes: Sequence[str], of: str) -> Iterator[Reason]:
    if label >= 0 and label != best:
        words = f"{of}says {classes[best]} ({p[best]:.2f}), and the label is {classes[label]} ({p[label]:.2f})"
        yield Reason("wrong", float(0.5 + p[best] / 2), words)
    shares = p / (p.sum() or 1)
    doubt = float(-(shares[shares > 0] * np.log(shares[shares > 0])).sum() / np.log(max(2, len(p))))
    if doubt > FAIRLY_CLEAR:
        first, second = np.argsort(-p)[:2]
        words = f"{of}open: {classes[first]} ({p[first]:.2f}) or {classes[second]} ({p[second]:.2f})"
        yield Reason("unsure", doubt / 2, words)


def _of_heat(
    explained: Sequence[Explanation], index: int, image: np.ndarray, marks: Marked | str, right: bool
) -> Iterator[Reason]:
    first = explained[0]
    heat = first.maps[index]
    for each in explained:
        if each.degenerate[index]:
            yield Reason("flat", 0.5, f"{each.method} finds no evidence at all")
        elif (share := np.ptp(each.maps[index]) / max(np.abs(each.maps[index]).max(), 1e-30)) < FLAT:
            yield Reason(
                "flat", 0.5 * float(1 - share), f"the heatmap of {each.method} varies by {share:.0%} of its height only"
            )
    if right and not first.degenerate[index]:
        yield from _wrong_place(heat, image, marks, first.method)
    for one, other in combinations(explained, 2):
        if not (one.degenerate[index] or other.degenerate[index]):
            alike = ranks_alike(one.maps[index], other.maps[index])
            if alike < _ALIKE:
                words = f"{one.method} and {other.method} point to different places (rank correlation {alike:.2f})"
                yield Reason("methods disagree", float(1 - alike) / 4, words)


def _wrong_place(heat: np.ndarray, image: np.ndarray, marks: Marked | str, method: str) -> Iterator[Reason]:
    """Whether the heat of a right answer lies outside what it should be about."""
    if isinstance(marks, Marked) and marks.mask.any():
        inside = energy_pointing(heat, marks.mask)
        close = pointing_game(heat, marks.mask, _CLOSE * max(heat.shape))
        if isinstance(inside, float) and close == 0:
            words = f"the hottest place of {method} lies outside the mask, which has {inside:.0%} of the heat"
            yield Reason("wrong reason", 0.6 + 0.4 * (1 - inside), words)
            return
    body = foreground(image)
    if body is not None:
        inside = energy_pointing(heat, body)
        if isinstance(inside, float) and inside < 0.5:
            words = f"{1 - inside:.0%} of the heat of {method} lies outside the body"
            yield Reason("wrong reason", 0.6 + 0.4 * (1 - inside), words)


def _models_disagree(answers: Mapping[str, tuple[str, float]], every: Sequence[Subject]) -> Iterator[Reason]:
    """Pairs of models with different answers, in the words of the data; classes of one of them alone say nothing."""
    words: dict[str, dict[str, str]] = {}
    for subject in every:
        labels = {class_: label for label, class_ in subject.meant.items()}
        words[subject.name] = {class_: labels.get(class_, class_) for class_ in subject.model.classes}
    for (one, (said, p)), (other, (against, q)) in combinations(answers.items(), 2):
        first, second = words[one][said], words[other][against]
        if first != second and first in words[other].values() and second in words[one].values():
            yield Reason("models disagree", min(p, q), f"{one} says {said} ({p:.2f}), {other} says {against} ({q:.2f})")
