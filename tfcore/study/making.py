"""A study from pictures: its cases, and everything that is shown with them, computed before anybody reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.explain.heat import heat_of, prediction_of
from tfcore.explain.many import asks_of, explain
from tfcore.explain.runners import Progress, silent
from tfcore.figure.spreads import SD, heat_under_dropout
from tfcore.models.model import Model
from tfcore.pictures import read as read_picture
from tfcore.pictures.many import Ready, made_ready
from tfcore.review import study as files
from tfcore.review.beside import Beside, is_kept, keep, key, place
from tfcore.review.order import Sight
from tfcore.review.study import BEST, ENDING, QUESTIONS, Arm, Case, Question, Study
from tfcore.study.slices import besides as on_slices
from tfcore.study.slices import slices
from tfcore.uncertainty.explanation import of_explanation
from tfcore.uncertainty.network import dropout_network
from tfcore.uncertainty.passes import checked
from tfcore.uncertainty.prediction import uncertainty
from tfcore.words import listed

_FIRST = ("rating", "diagnosis", "confidence")


@dataclass(frozen=True)
class Made:
    """A study as it was written, and a sentence for each picture that is not in it."""

    path: Path
    study: Study
    left: tuple[str, ...] = ()


def make(
    source: Dataset | str | Path | Sequence[str | Path],
    out: str | Path,
    model: Model | None = None,
    arms: Sequence[str] = ("none", "grad-cam"),
    questions: Sequence[str] | Mapping[str, str] = _FIRST,
    positive: Sequence[str] = (),
    diagnoses: Sequence[str] = (),
    washout: int | None = None,
    days: float = 0,
    once: bool = False,
    limit: int | None = None,
    seed: int = 0,
    call_from: int = 4,
    passes: int = 50,
    insert: float | None = None,
    title: str = "",
    leaf: bool = True,
    progress: Progress = silent,
) -> Made:
    """Write a study of a folder, a table, a session or a data set, with all that its arms show.

    ``arms`` are texts of :class:`~tfcore.review.study.Arm`; ``questions`` names of what is asked, or names with their
    words. ``positive`` are labels that are a finding, ``diagnoses`` what can be chosen (by default the labels). Each
    reader sees every case in every arm, ``washout`` other cases (by default half of them) and ``days`` apart; with
    ``once`` in one arm only. Readers ``leaf`` through the slices of a volume that a case is one of, with the heat on
    each. ``limit`` draws so many cases, of each label alike. A picture that cannot be read, or that
    the network says nothing of, is left out.
    """
    out, shown = path_of(out), tuple(map(Arm.of, arms))
    data = source if isinstance(source, Dataset) else open_data(source)
    samples = _drawn([sample for sample in data if sample.frame is None], limit, seed)
    labels = tuple(dict.fromkeys(sample.label for sample in samples if sample.label))
    if odd := [label for label in positive if label not in labels]:
        raise HeatlensError(f"{listed(odd)}: no case has this label; the labels are {listed(labels) or 'not known'}.")
    if model is None and any(arm != Arm() for arm in shown):
        raise HeatlensError("Arms with heat, prediction or uncertainty need a model; name it (--model demo).")
    choices = tuple(diagnoses) or data.classes or (() if model is None else model.classes)
    made: dict[str, Any] = {
        "arms": shown,
        "questions": tuple(_question(kind, questions, positive, choices) for kind in questions),
        "model": "" if model is None else model.source or model.name,
        "model_sha256": "" if model is None else _hash_of(model),
        "positive": tuple(positive),
        "call_from": call_from,
        "seed": seed,
        "once": once,
        "days": days,
        "passes": passes,
        "insert": insert,
        "title": title or out.name.removesuffix(ENDING),
    }
    # What is wrong with the request is said before anything is computed.
    asked = Study(tuple(Case(str(each.path), "") for each in samples), washout=washout or 0, **made)
    files.write_check(out)
    for one in shown:
        _check(one, model, insert)
    cases: list[Case] = []
    left: list[str] = []
    for number, sample in enumerate(samples):
        progress(number, len(samples))
        try:
            case, besides = _one(asked, sample, model, leaf)
        except HeatlensError as error:
            left.append(str(error))
            continue
        for arm, beside in besides.items():
            keep(beside, place(out, len(cases), arm), key(asked, case, shown[arm]))
        cases.append(case)
    if not cases:
        raise HeatlensError(f"No picture can be a case: {left[0]}")
    apart = len(cases) // 2 if washout is None else washout
    return Made(out, files.write(Study(tuple(cases), washout=apart, **made), out), tuple(left))


def prepare(path: str | Path, load: Callable[[str], Model], progress: Progress = silent) -> int:
    """Compute what is missing of what a study shows, and how much that was; a changed model or picture is refused."""
    path = Path(path).absolute()
    study = files.read(path)
    files.check_cases(study)
    pairs = [(case, arm) for case in range(len(study.cases)) for arm in range(len(study.arms))]
    lacks = [(case, arm) for case, arm in pairs if not is_kept(path, study, Sight(case, arm, 0))]
    if not lacks:
        return 0
    model = load(study.model)
    if _hash_of(model) != study.model_sha256:
        raise HeatlensError(
            f"{study.model} is not the model this study was made with (its hash is another); put that one back, or "
            "make a new study."
        )
    for number, case in enumerate(wanted := sorted({case for case, _ in lacks})):
        progress(number, len(wanted))
        known = study.cases[case]
        found, besides = _one(study, Sample(Path(known.picture)), model, known.slices > 0)
        if (found.sha256, found.slices) != (known.sha256, known.slices):
            raise HeatlensError(f"{known.picture} was changed since the study was made; put the first one back.")
        for arm, beside in besides.items():
            keep(beside, place(path, case, arm), key(study, known, study.arms[arm]))
    return len(lacks)


def _check(arm: Arm, model: Model | None, insert: float | None) -> None:
    """A sentence if the network cannot have this arm, whatever the picture."""
    if model is None:
        return
    if (arm.prediction or arm.uncertainty) and model.card.task == "segmentation":
        raise HeatlensError(
            f"{model.name} draws and names no class; arms with it are methods alone, unlike {arm.text}."
        )
    if arm.method:
        asks_of(model, arm.method, arm.layer or None, {})
    if arm.uncertainty or arm.spread:
        dropout_network(model, checked(1, 0, insert)[2])


def path_of(out: str | Path) -> Path:
    """The file of a study that is given a name."""
    out = Path(out).absolute()
    return out if out.suffix == ENDING else out.with_name(f"{out.name}{ENDING}")


def _question(
    kind: str, questions: Sequence[str] | Mapping[str, str], positive: Sequence[str], choices: tuple[str, ...]
) -> Question:
    words = questions.get(kind, "") if isinstance(questions, Mapping) else ""
    if not words and kind == "rating" and positive:
        finding = " or ".join(filter(None, (", ".join(positive[:-1]), positive[-1])))
        words = f"How likely is {finding}, from 1 (surely not) to {BEST} (surely)?"
    return Question(kind, words or QUESTIONS.get(kind, ""), choices if kind == "diagnosis" else ())


def _drawn(samples: list[Sample], limit: int | None, seed: int) -> list[Sample]:
    """So many of them, of each label in turn."""
    if limit is None or limit >= len(samples):
        return samples
    rank: dict[int, tuple[int, int]] = {}
    counts: dict[str | None, int] = {}
    for turn, index in enumerate(np.random.default_rng([seed, 1]).permutation(len(samples)).tolist()):
        label = samples[index].label
        counts[label] = counts.get(label, 0) + 1
        rank[index] = counts[label], turn
    return [samples[index] for index in sorted(sorted(rank, key=lambda index: rank[index])[:limit])]


def _hash_of(model: Model) -> str:
    return model.card.sha256 or model.weights_hash


def _one(study: Study, sample: Sample, model: Model | None, leaf: bool) -> tuple[Case, dict[int, Beside]]:
    """The case, and what each arm shows with it."""
    ready = None if model is None else made_ready(sample.path, model.prepare_with_boxes)
    picture = read_picture(sample.path) if ready is None else ready.picture
    others = slices(picture) if leaf else []
    case = Case(str(sample.path.absolute()), picture.sha256, sample.label or "", len(others))
    if model is None or ready is None:
        return case, {}
    besides = dict(_besides(study, ready, model))
    arms = {number: (study.arms[number], each.heat.target if each.heat else None) for number, each in besides.items()}
    found = on_slices(model, others, arms, (study.passes, study.seed, study.insert))
    return case, besides | {number: replace(besides[number], slices=of_arm) for number, of_arm in found.items()}


def _besides(study: Study, ready: Ready[Path], model: Model) -> Iterator[tuple[int, Beside]]:
    batch = ready.input[None]
    sure: Any = None
    for number, arm in enumerate(study.arms):
        if arm == Arm():
            continue
        heat = said = intervals = None
        if arm.method:
            found = explain(model, batch, arm.method, arm.layer or None)
            heat = heat_of(model, ready.picture, found, ready.box, 0)
        if heat is not None and arm.spread:
            how = (study.passes, study.seed, study.insert)
            spread = of_explanation(model, batch, arm.method, arm.layer or None, heat.target, *how)[0]
            heat = heat_under_dropout(heat, spread, SD, False)
        if arm.prediction:
            said = prediction_of(model, ready.picture, model.logits(batch)[0]).probabilities
        if arm.uncertainty:
            sure = sure or uncertainty(model, batch, study.passes, study.seed, study.insert)
            said, intervals = sure[0].mean, sure[0].intervals
        yield number, Beside(heat, model.classes, said, intervals)
