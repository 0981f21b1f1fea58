"""Which pictures to look at first, and why: wrong answers, right ones for the wrong reason, doubt and disagreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.evaluate.asked import named
from tfcore.evaluate.marks import Marked
from tfcore.evaluate.reading import TOGETHER, Batch, Seen, batches, seen
from tfcore.evaluate.reasons import Reason, masks_disagree, models_disagree, of_answer, of_heat
from tfcore.evaluate.signals import apart, combined, passes_of, right_by, signals
from tfcore.evaluate.subjects import Subject, notes, subjects
from tfcore.explain.many import explain_many
from tfcore.explain.runners import Progress, silent
from tfcore.pictures.many import Left

if TYPE_CHECKING:
    from tfcore.evaluate.run import Models

KINDS = {
    "wrong": "the answer is not the label",
    "wrong reason": "the answer is right, but the heat lies outside the mask, or outside the body",
    "models disagree": "two models answer differently",
    "methods disagree": "two methods point to different places",
    "unsure": "no class is much likelier than the others",
    "flat": "the heatmap hardly varies",
    "unlike": "the picture is unlike those the network was trained on",
}
Row = dict[str, Any]


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
            "picture": Path(self.picture),
            "weight": round(self.weight, 4),
            "kinds": ", ".join(dict.fromkeys(reason.kind for reason in self.reasons)),
            "label": self.label,
            "answers": said,
            "reasons": "; ".join(reason.words for reason in self.reasons),
            "failure": round(self.failure, 4),
            "signals": "; ".join(f"{name} {value:.3g}" for name, value in self.parts.items()),
        }

    def as_dict(self, place: Callable[[str], Any] = str) -> dict[str, Any]:
        """Plain data for JSON; the picture as ``place`` says it."""
        answers = [{"model": name, "answer": said, "probability": p} for name, (said, p) in self.answers.items()]
        reasons = [{"kind": each.kind, "weight": each.weight, "words": each.words} for each in self.reasons]
        return {
            "picture": place(self.picture),
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
    data = (data if isinstance(data, Dataset) else open_data(data)).drawn(limit, seed)
    every = subjects(model, data, None, map)
    return ranked(looked_at(every, data, methods, layer, params or {}, progress), every, data)


def looked_at(
    every: Sequence[Subject],
    data: Dataset,
    methods: Sequence[str],
    layer: str | None,
    params: Mapping[str, Mapping[str, Any]],
    progress: Progress = silent,
) -> Iterator[Row]:
    """A row for each picture with what is to be said of it by each model; all answer, the first one is explained."""
    methods, done = named("method", methods), 0
    streams = [seen(subject.model, data, data.samples) for subject in every]
    for start in range(0, len(data), TOGETHER):
        samples = data.samples[start : start + TOGETHER]
        rows: dict[str, Row] = {
            sample.name: {"path": sample.path, "picture": sample.name, "looks": [], "unread": []} for sample in samples
        }
        said_by: dict[str, list[np.ndarray]] = {sample.name: [] for sample in samples}
        for subject, stream in zip(every, streams, strict=True):
            some = list(islice(stream, len(samples)))
            for sample, one in zip(samples, some, strict=True):
                rows[sample.name]["unread"] += [one.sentence] if isinstance(one, Left) else []
            of = f"{subject.name}: " if len(every) > 1 else ""
            asked = methods if subject is every[0] else []
            for batch in batches(each for each in some if isinstance(each, Seen)):
                for sample, answer, said, found, *more in _looked_at(subject, of, batch, asked, layer, params):
                    said_by[sample.name].append(answer)
                    rows[sample.name]["looks"].append((subject.name, said, [*map(astuple, found)], *more))
            done += len(some)
            progress(done, len(data) * len(every))
        for name, answers in said_by.items():
            if 1 < len(answers) == len(every):
                _compare(every, answers, rows[name]["looks"][0])
        yield from rows.values()


def _compare(every: Sequence[Subject], answers: Sequence[np.ndarray], look: tuple[Any, ...]) -> None:
    """What several models disagree about is told of the first of them."""
    _, _, found, _, told = look
    if (value := apart([subject.model for subject in every], answers)) is not None:
        told["models"] = value
        if answers[0].ndim > 1:
            found += map(astuple, masks_disagree(value, len(every)))


def ranked(rows: Iterable[Row], every: Sequence[Subject], data: Dataset) -> Triage:
    """The pictures in their order, by what was said of each."""
    answers: dict[str, dict[str, tuple[str, float]]] = {}
    reasons: dict[str, list[Reason]] = {}
    parts: dict[str, dict[str, float]] = {}
    known: dict[str, float | None] = {}
    unread: dict[str, None] = {}
    for row in rows:
        unread |= dict.fromkeys([row["error"]] if "error" in row else row["unread"])
        for model, said, found, right, told in row.get("looks", ()):
            name = row["picture"]
            answers.setdefault(name, {})[model] = tuple(said)
            reasons.setdefault(name, []).extend(Reason(*each) for each in found)
            if model == every[0].name:
                # What is no number comes back from a part as nothing.
                parts[name] = {signal: np.nan if value is None else value for signal, value in told.items()}
                known[name] = right
    if not answers:
        first = next(iter(unread))
        raise HeatlensError(f"{data.root}: none of the {len(data)} pictures could be read; the first: {first}")
    cases = []
    names = list(parts)
    scores = dict(zip(names, combined([parts[name] for name in names]), strict=True))
    for sample in data:
        if (name := sample.name) in answers:
            found = [*reasons[sample.name], *models_disagree(answers[sample.name], every)]
            ordered = tuple(sorted(found, key=lambda reason: -reason.weight))
            told, score = parts.get(name, {}), float(scores.get(name, 0))
            cases.append(Case(name, sample.label, answers[name], ordered, known.get(name), told, score))
    cases.sort(key=lambda case: -case.weight)
    return Triage(tuple(cases), tuple(unread), (*data.notes, *notes(every, [], data)))


def _looked_at(
    subject: Subject,
    of: str,
    batch: Batch,
    methods: Sequence[str],
    layer: str | None,
    params: Mapping[str, Mapping[str, Any]],
) -> Iterator[tuple[Sample, np.ndarray, tuple[str, float], list[Reason], float | None, dict[str, float]]]:
    """Every picture with what the model says of it, what is remarkable, whether it is right, and the signals."""
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
        reasons = list(of_answer(p, best, int(label), classes, of))
        shift = None if model.reference is None or features is None else model.reference.shift(features[index])
        if shift is not None and shift.beyond:
            reasons.append(Reason("unlike", 0.7, of + shift.words))
        if explained:
            reasons += of_heat(explained, index, batch.inputs[index], batch.marks[index], label == best)
        right: float | None = float(label == best) if label >= 0 else None
        if answers.ndim > 2:
            marks = batch.marks[index]
            right = right_by(model, answers[index], marks.mask) if isinstance(marks, Marked) else None
        yield sample, answers[index], said, reasons, right, signals(model, p, shift, explained, index, passes)
