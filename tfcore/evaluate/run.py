"""``evaluate``: every picture explained by every method at every layer, and every map measured by every metric."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.evaluate.asked import Asked, asked_for, named
from tfcore.evaluate.images import Images
from tfcore.evaluate.lanes import Turns, lanes, side_by_side, together
from tfcore.evaluate.marks import is_marked
from tfcore.evaluate.metric import Outcome
from tfcore.evaluate.parts import Answer, Of, Part, Parts, key
from tfcore.evaluate.reading import TOGETHER, Batch, Seen, batches, mean_input, seen
from tfcore.evaluate.rows import Value
from tfcore.evaluate.subjects import Subject, check_layers, notes, subjects
from tfcore.evaluate.table import Table, table, value
from tfcore.explain.explanation import Explanation
from tfcore.explain.finite import WHY
from tfcore.explain.many import explain_many
from tfcore.explain.runners import Progress, silent
from tfcore.models.scores import target_of
from tfcore.pictures.many import Left
from tfcore.registry import find
from tfcore.told import placed

if TYPE_CHECKING:
    from tfcore.models.model import Model

    Models = Model | Sequence[Model] | Mapping[str, Model]

Params = Mapping[str, Mapping[str, Any]]
Explained = Mapping[tuple[str, str | None], Explanation]
# By model, method, layer and metric, an outcome for each picture.
Found = dict[tuple[str, str, str, str], list[tuple[str, Outcome]]]


def evaluate(
    model: Models,
    data: Dataset | str | Path,
    methods: Sequence[str] = ("grad-cam",),
    metrics: Sequence[str] = ("iou",),
    layers: Sequence[str | None] = (None,),
    target: Any = None,
    params: Params | None = None,
    limit: int | None = None,
    seed: int = 0,
    progress: Progress = silent,
    map: Mapping[str, str] | None = None,
    parts: str | Path | None = None,
) -> Table:
    """How well each method does at each layer by each metric, with the number of every image behind it.

    ``model`` may be several, in a list or by names of your own. ``data`` is a data set (``tfcore.data.open_data``) or
    its folder; ``layers`` and ``target`` are those of ``explain_many``, ``"aggregate"`` included; ``params`` holds
    parameters by the name of a method or metric. ``limit`` takes that many pictures at random. ``seed`` settles these
    and the bootstrap intervals. ``map`` says which class a label of the data (of one model alone ``"MODEL:LABEL"``)
    means, where names differ. ``parts`` is a folder for what is finished, from which an ended evaluation goes on.

    >>> print(evaluate(model, "phantoms", ["grad-cam"], ["iou"], ["stage4"]).as_text())    # doctest: +SKIP
    """
    evaluation = Evaluation(model, data, methods, metrics, layers, target, params, limit, seed, map, parts)
    for _ in evaluation.measured(progress):
        pass
    return evaluation.table()


class Evaluation:
    """The same step by step, so that what is measured can be kept as it comes. What cannot be is said at once."""

    def __init__(
        self,
        model: Models,
        data: Dataset | str | Path,
        methods: Sequence[str] = ("grad-cam",),
        metrics: Sequence[str] = ("iou",),
        layers: Sequence[str | None] = (None,),
        target: Any = None,
        params: Params | None = None,
        limit: int | None = None,
        seed: int = 0,
        map: Mapping[str, str] | None = None,
        parts: str | Path | None = None,
    ) -> None:
        self._methods, self._params = named("method", methods), params or {}
        self._metrics = asked_for(metrics, self._params)
        self.data = (data if isinstance(data, Dataset) else open_data(data)).drawn(limit, seed)
        _check_marks(self.data, self._metrics)
        self.subjects = subjects(model, self.data, target, map)
        check_layers(self.subjects, self._methods, layers, self._params)
        needy = [each.name for each in self._metrics if each.correct_only]
        self.notes = (*self.data.notes, *notes(self.subjects, needy, self.data))
        self._layers, self._target, self._seed = layers, target, seed
        self._parts = Parts(None if parts is None else Path(parts))
        self._found: Found = {}
        self._answers: list[Answer] = []
        self._unread: list[str] = []
        self._progress: Progress = silent

    def __len__(self) -> int:
        """Pictures to be measured, those of every model."""
        return len(self.data) * len(self.subjects)

    def measured(self, progress: Progress = silent) -> Iterator[list[Value]]:
        """The number of every picture by one method, layer and metric after the other."""
        self._progress, self._done = progress, 0
        for subject in self.subjects:
            for cell, outcomes in self._cells(subject):
                of = (subject.name, *cell)
                self._found.setdefault(of, []).extend(outcomes)
                yield [value(of, picture, outcome) for picture, outcome in outcomes]

    def explained(self, progress: Progress = silent) -> Iterator[tuple[Images, Batch, Explained]]:
        """Batch by batch, the pictures and every explanation of them by the first model."""
        self._progress, self._done, subject = progress, 0, self.subjects[0]
        mean = self._mean(subject)
        stream = seen(subject.model, self.data, self.data.samples)
        while some := list(islice(stream, TOGETHER)):
            self._unread += [one.sentence for one in some if isinstance(one, Left)]
            for batch in batches(one for one in some if isinstance(one, Seen)):
                yield self._explained(subject, batch, mean)
            self._tell(len(some))

    def maps(
        self, subject: Subject, sample: Sample, places: Mapping[str, str]
    ) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """A picture as the network eats it, and its map by each method at its layer."""
        batch = subject.model.prepare([reading.picture(sample)])
        found: dict[str, np.ndarray] = {}
        for layer in dict.fromkeys(places.values()):
            methods = [method for method, place in places.items() if place == layer]
            given = {name: self._params[name] for name in methods if name in self._params}
            explained = explain_many(subject.model, batch, methods, [layer], subject.target, given)
            found |= {method: each.maps[0] for (method, _), each in explained.items()}
        return batch[0], found

    def _cells(self, subject: Subject) -> Iterator[Of]:
        """The outcomes of some pictures by method, layer and metric; what is finished is taken from the disk."""
        mean, turns, samples = self._mean(subject), Turns(), self.data.samples
        told = self._asked(subject, mean)
        size = together(subject.model)
        groups = [samples[start : start + size] for start in range(0, len(samples), size)]
        keys = [key(told, group) for group in groups]
        anew = [sample for group, name in zip(groups, keys, strict=True) if name not in self._parts for sample in group]
        begun: deque[Part] = deque()

        def works() -> Iterator[Iterator[Of]]:
            stream = seen(subject.model, self.data, anew)
            for group, name in zip(groups, keys, strict=True):
                if part := self._parts.get(name, group):
                    begun.append(part)
                    yield part.outcomes()
                else:
                    # One that lies there but is damaged was not read ahead.
                    ahead = seen(subject.model, self.data, group) if name in self._parts else islice(stream, len(group))
                    begun.append(Part())
                    yield self._part(subject, list(ahead), mean, begun[-1], name, turns)

        # Closed here, whatever ends it: left to the garbage collector, one of its own threads might wait for itself.
        with closing(side_by_side(works(), lanes(subject.model), turns, lambda: self._tell(0))) as found_by_group:
            for group, found in zip(groups, found_by_group, strict=True):
                part, known = begun.popleft(), len(self._answers)
                for of in found:
                    self._answers[known:] = part.answers
                    yield of
                self._answers[known:] = part.answers
                self._unread += [sentence for sentence in part.unread if sentence not in self._unread]
                self._tell(len(group))

    def _part(
        self, subject: Subject, some: list[Seen | Left], mean: np.ndarray | None, part: Part, name: str, turns: Turns
    ) -> Iterator[Of]:
        part.unread += [one.sentence for one in some if isinstance(one, Left)]
        for batch in batches(one for one in some if isinstance(one, Seen)):
            images, _, explained = self._explained(subject, batch, mean, turns)
            part.answers += _answers(subject, images, batch)
            names = [sample.name for sample in batch.samples]
            for (method, layer), explanation in explained.items():
                # An answer or a map that is not finite has a reason of its own.
                why = explanation.facts.get(WHY, [""] * len(names))
                for metric in self._metrics:
                    cell = method, named_layer(method, layer, explanation), metric.name
                    measured = metric(images, explanation)
                    outcomes = [str(reason) or each for reason, each in zip(why, measured, strict=True)]
                    part.cells.setdefault(cell, []).extend(outcomes)
                    yield cell, list(zip(names, outcomes, strict=True))
        self._parts.keep(name, part)

    def _tell(self, more: int) -> None:
        self._done += more
        self._progress(self._done, len(self))

    def _explained(
        self, subject: Subject, batch: Batch, mean: np.ndarray | None, turns: Turns | None = None
    ) -> tuple[Images, Batch, Explained]:
        of_methods = {name: given for name, given in self._params.items() if name in self._methods}

        def check(*_: int) -> None:
            turns.pause() if turns else self._tell(0)

        def explain(model: Model, inputs: np.ndarray, target: Any) -> Explained:
            return explain_many(model, inputs, self._methods, self._layers, target, of_methods, check)

        def again(model: Model, inputs: np.ndarray, targets: np.ndarray) -> list[Explanation]:
            return [*explain(model, inputs, target_of(model, inputs, subject.target).settled(targets)).values()]

        found = explain(subject.model, batch.inputs, subject.target)
        labels, explained = subject.labels(batch.samples), [*found.values()]
        alone = turns.alone if turns else nullcontext
        asked, of = {each.name for each in self._metrics}, (subject.model, batch.inputs, batch.marks, mean)
        return Images(*of, explained, {}, labels, again, asked, check, alone), batch, found

    def _mean(self, subject: Subject) -> np.ndarray | None:
        needs_mean = any("data mean" in each.needs for each in self._metrics)
        return mean_input(subject.model, self.data.samples) if needs_mean else None

    def _asked(self, subject: Subject, mean: np.ndarray | None) -> dict[str, Any]:
        """All that the numbers of some pictures come from, but the pictures."""
        return {
            **subject.facts,
            "card": subject.model.card.as_dict(),
            "target": str(subject.target),
            "methods": {name: self._params.get(name, {}) for name in self._methods},
            "layers": list(self._layers),
            "metrics": {each.name: dict(each.settings) for each in self._metrics},
            "mean": None if mean is None else mean.tolist(),
            "mask values": str(self.data.mask_values),
        }

    def table(self, interrupted: bool = False) -> Table:
        """What was measured so far; ``interrupted`` goes into its facts."""
        if not self._found:
            data, unread = self.data, self._unread
            raise HeatlensError(f"{data.root}: none of the {len(data)} pictures could be read; the first: {unread[0]}")
        facts = self._facts()
        if interrupted:
            facts["interrupted"] = True
        better = {each.name: each.better for each in self._metrics}
        return table(self._found, better, self._seed, self._unread, facts, self._answers)

    def _facts(self) -> dict[str, Any]:
        models = [{**each, "model": placed(each["model"])} for each in (subject.facts for subject in self.subjects)]
        return {
            **{name: models[0][name] for name in ("model", "weights", "model_sha256")},
            "models": models,
            "data": self.data.root,
            "pictures": len(self.data),
            "target": "predicted" if self._target is None else str(self._target),
            "params": {name: dict(given) for name, given in self._params.items()},
            "seed": self._seed,
            "notes": list(self.notes),
        }

    @property
    def unread(self) -> Sequence[str]:
        """A sentence for each picture that could not be read so far."""
        return self._unread

    @property
    def begun(self) -> bool:
        """Whether there is a number or a reason of any picture."""
        return bool(self._found)


def named_layer(method: str, layer: str | None, explanation: Explanation) -> str:
    """The layer as it was asked for, else the one that was taken."""
    return layer if layer is not None and find("method", method).has_layers else explanation.layer


def _check_marks(data: Dataset, metrics: Sequence[Asked]) -> None:
    needy = [each.name for each in metrics if {"mask", "box"} & each.needs]
    if needy and not any(map(is_marked, data)):
        raise HeatlensError(
            f"{data.root} has no masks, and {', '.join(needy)} cannot do without; name a table with a column of masks, "
            "a COCO file, or metrics such as average-drop."
        )


def _answers(subject: Subject, images: Images, batch: Batch) -> list[Answer]:
    """What the model says of the pictures; answers per pixel as their mean."""
    outputs, classes = subject.model.outputs, subject.model.classes
    found = outputs.probabilities(images.explanations[0].logits)
    found = found.reshape(len(found), -1, found.shape[-1]).mean(1)
    answers = []
    for sample, label, each in zip(batch.samples, images.labels, found, strict=True):  # type: ignore[arg-type]
        best = int(each.argmax())
        probability = None if outputs.kind == "numbers" or not np.isfinite(each[best]) else float(each[best])
        said = None if label < 0 else classes[label]
        answers.append(Answer(subject.name, sample.name, said, classes[best], probability, sample.patient))
    return answers
