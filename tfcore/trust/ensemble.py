"""Several networks of one task asked as one: their mean, what they disagree about, the heat of each (METHODS.md §7)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.dropped import models_of
from tfcore.errors import HeatlensError
from tfcore.explain.drawn import mask_of, shares_of
from tfcore.explain.files import Explained
from tfcore.explain.heat import hashes_of, heats_of
from tfcore.explain.many import explain_many
from tfcore.explain.region import Region
from tfcore.explain.runners import Progress, silent
from tfcore.figure.spreads import OVER_MODELS
from tfcore.figure.words import called
from tfcore.lazy import tf
from tfcore.models.loading import load_model
from tfcore.models.model import Model
from tfcore.pictures import Picture, read
from tfcore.pictures.many import Left
from tfcore.results import Box, Heat, Mask, Shift, Sureness
from tfcore.uncertainty.passes import Moments, Ranks
from tfcore.uncertainty.structures import drawn_by

_MODEL = "model.keras"


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Networks that answer the same question, each by its own preprocessing and calibration."""

    members: tuple[Model, ...]

    def __post_init__(self) -> None:
        if len(self.members) < 2:
            raise HeatlensError("An ensemble takes two models or more; name another one.")
        first = self.members[0]
        for other in self.members[1:]:
            if other.card.task != first.card.task:
                raise HeatlensError(
                    f"{_name(first)} is for {first.card.task}, {_name(other)} for {other.card.task}; "
                    "an ensemble takes models of one task."
                )
            if other.classes != first.classes:
                raise HeatlensError(
                    f"{_name(first)} has the classes {', '.join(first.classes)}; {_name(other)} has "
                    f"{', '.join(other.classes)}; an ensemble takes models of the same classes in the same order."
                )
        first.outputs.check_probabilities("An ensemble")

    @classmethod
    def of(cls, sources: Iterable[str | Path], trust: bool = False) -> Ensemble:
        """Of model files, run folders, and the folders of cross-validations, which stand for all their folds."""
        return cls(tuple(load_model(str(file), trust=trust) for source in sources for file in models_of(source)))

    @property
    def names(self) -> tuple[str, ...]:
        """Of each its own, with folders where those are the same."""
        own = tuple(map(_name, self.members))
        return own if len(set(own)) == len(own) else tuple(called(source, self.sources) for source in self.sources)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where they lie."""
        return tuple(model.source or model.name for model in self.members)

    def predict(self, picture: Picture | str | Path) -> Sureness:
        """Of one picture what all of them say together; members stand in place of passes.

        >>> Ensemble.of(["run"]).predict("slice.png").mutual_information                    # doctest: +SKIP
        """
        began = time.perf_counter()
        shown = picture if isinstance(picture, Picture) else read(picture)
        first = self.members[0]
        answers, box, shift = self.answers(shown)
        return replace(
            together(first, answers, self.names),
            path=str(shown.path),
            box=box,
            hashes=hashes_of(first, shown),
            sources=self.sources,
            seconds=time.perf_counter() - began,
            shift=shift,
        )

    def answers(self, shown: Picture) -> tuple[np.ndarray, Box, Shift | None]:
        """(T, …, C) what each says of a picture, the part of it that they look at, and how far it lies from the
        training pictures.
        """
        answers, boxes, shifts = [], [], []
        for model in self.members:
            batch, (box,) = model.prepare_with_boxes([shown])
            if model.reference is None:
                logits = model.logits(batch)
            else:
                logits, features = model.seen(batch)
                shifts.append(model.reference.shift(features[0], shown))
            if not np.isfinite(logits).all():
                raise HeatlensError(f"{shown.path}: {_name(model)} answers with NaN or infinity; it was left out.")
            answers.append(model.outputs.probabilities(logits)[0])
            boxes.append(box)
        if len({answer.shape for answer in answers}) > 1:
            raise HeatlensError("The models draw at different sizes; an ensemble takes networks of one input size.")
        if answers[0].ndim > 1 and len(set(boxes)) > 1:
            raise HeatlensError(
                "The models look at different parts of the picture; an ensemble that draws takes networks whose cards "
                "fit pictures in the same way."
            )
        shift = _middle(shifts) if len(shifts) == len(self.members) else None
        return np.stack(answers), boxes[0], shift

    def draw(self, picture: Picture | str | Path) -> tuple[Mask, Sureness]:
        """Of networks that segment the mask of their mean probabilities, and how far they agree."""
        shown = picture if isinstance(picture, Picture) else read(picture)
        found = self.predict(shown)
        mask = mask_of(self.members[0], shown, found.mean, found.box)
        return replace(mask, members=found.sources, shift=found.shift), found

    def draw_files(self, paths: Iterable[Path]) -> Iterator[tuple[Mask, Sureness] | Left]:
        """Each file in its turn."""
        for path in paths:
            try:
                yield self.draw(path)
            except HeatlensError as why:
                yield Left(path, str(why))

    def predict_files(self, paths: Iterable[Path]) -> Iterator[Sureness | Left]:
        """Each file in its turn."""
        for path in paths:
            try:
                yield self.predict(path)
            except HeatlensError as why:
                yield Left(path, str(why))

    def explain(
        self,
        picture: Picture,
        methods: Sequence[str] = ("grad-cam",),
        layers: Sequence[str | None] = (None,),
        target: Any = None,
        params: Mapping[str, Mapping[str, Any]] | None = None,
        region: Region | None = None,
        progress: Progress = silent,
    ) -> list[Heat]:
        """For every method and layer the heat of each member, their mean and their spread, all for one class: that
        which the mean of the members predicts, unless another is asked for.
        """
        said = self.predict(picture)
        target = said.predicted if target is None else target
        each: list[list[Heat]] = []
        for done, model in enumerate(self.members):
            progress(done, len(self.members))
            batch, (box,) = model.prepare_with_boxes([picture])
            seen = region and region.seen(picture, box, *batch.shape[1:3])
            found = explain_many(model, batch, methods, layers, target, params, region=seen).values()
            each.append(heats_of(model, picture, found, box, 0, region))
        return [heat for alike in zip(*each, strict=True) for heat in (*alike, *self._joined(alike, said, picture))]

    def explain_files(
        self,
        paths: Iterable[Path],
        methods: Sequence[str] = ("grad-cam",),
        layers: Sequence[str | None] = (None,),
        target: Any = None,
        params: Mapping[str, Mapping[str, Any]] | None = None,
        region: Region | None = None,
    ) -> Iterator[Explained | Left]:
        """Each file in its turn, as :func:`tfcore.explain.files.explain_files` does of one network."""
        for path in paths:
            try:
                picture = read(path)
                yield Explained(path, picture, self.explain(picture, methods, layers, target, params, region))
            except HeatlensError as why:
                yield Left(path, str(why))

    def _joined(self, heats: Sequence[Heat], said: Sureness, picture: Picture) -> Iterator[Heat]:
        outputs = self.members[0].outputs
        # Of every pixel there is an answer; of the picture their mean, and what each class covers.
        p = said.mean.reshape(-1, said.mean.shape[-1]).mean(0)
        shares = shares_of(self.members[0], picture, said.mean) if said.mean.ndim > 1 else None
        maps = [heat.map for heat in heats]
        if len({(heat.map.shape, heat.box) for heat in heats}) > 1:
            raise HeatlensError(
                "The maps of these models have different sizes, or lie on different parts of the picture; explain them "
                "one by one."
            )
        # Of maps of different heights the mean would be that of the highest: each is brought to its own.
        scaled = Moments.of(np.stack([map / (np.abs(map).max() or 1) for map in maps]))
        alike = Ranks.of(np.stack([heat.native for heat in heats])).correlation if _one_size(heats) else float("nan")
        for which, map in (("mean", scaled.mean), ("sd", np.sqrt(scaled.variance))):
            shown = map.astype(np.float32)
            yield replace(
                heats[0],
                model=" + ".join(self.names),
                method=f"{which} of {heats[0].method} over {len(heats)} models",
                map=shown,
                native=shown,
                probabilities=p,
                logits=np.log(np.maximum(p, np.finfo(np.float32).tiny)),
                entropy=float(outputs.entropy_of(p)),
                shares=shares,
                signed=heats[0].signed and which == "mean",
                degenerate=which == "mean" and not shown.any(),
                note=f"each map divided by its highest value · rank correlation of two models {alike:.2f}",
                facts={},
                belief=None,
                shift=said.shift,
                made={
                    "map": f"{which}{OVER_MODELS}",
                    "method": heats[0].method,
                    "layer": _asked(heats),
                    "members": [heat.model for heat in heats],
                    "hashes": [heat.hashes.get("model", "") for heat in heats],
                    "rank_correlation": alike,
                },
            )


def together(model: Model, answers: np.ndarray, names: tuple[str, ...]) -> Sureness:
    """From the answers (T, …, C) of all members to one picture."""
    mean: np.ndarray = answers.astype(np.float64).mean(0)
    entropy = model.outputs.entropy_of(mean)
    votes = model.outputs.votes(tf.constant(answers)).numpy()
    structures = None
    variance = answers.astype(np.float64).var(0)
    if mean.ndim > 1:
        structures = drawn_by(model, votes)
        variance = variance.mean(-1)
    return Sureness(
        classes=model.classes,
        mean=mean.astype(np.float32),
        variance=variance,
        entropy=entropy,
        mutual_information=np.maximum(entropy - model.outputs.entropy_of(answers.astype(np.float64)).mean(0), 0.0),
        votes=votes.mean(0),
        samples=answers if mean.ndim == 1 else None,
        structures=structures,
        passes=len(answers),
        members=names,
        largest_entropy=model.outputs.largest_entropy(len(model.classes)),
        model=" + ".join(names),
        weights=model.weights,
    )


def _name(model: Model) -> str:
    """Of a fold its folder, else its file."""
    return f"{model.file.parent.name}" if model.file and model.file.name == _MODEL else model.name


def _asked(heats: Sequence[Heat]) -> str | None:
    """The layer by the name that all of them know; nothing where each was asked for its own last one."""
    return next(
        (name for name in (heats[0].layer, heats[0].stage) if name and all(name in (h.layer, h.stage) for h in heats)),
        None,
    )


def _one_size(heats: Sequence[Heat]) -> bool:
    return len({heat.native.shape for heat in heats}) == 1


def _middle(shifts: Sequence[Shift]) -> Shift:
    """Of the member in the middle: one alone does not decide."""
    return sorted(shifts, key=lambda shift: shift.percentile)[(len(shifts) - 1) // 2]
