"""The models that are measured: a name for each, and which of their classes the labels of the data mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data.dataset import Dataset, Sample
from tfcore.errors import HeatlensError
from tfcore.explain.many import asks_of
from tfcore.pictures.formats import VOLUME_SUFFIXES
from tfcore.registry import find, nearest
from tfcore.words import listed, matched, stated_for

if TYPE_CHECKING:
    from tfcore.models.model import Model

# What a methods section tells of a model.
_TOLD = ("classes", "input_shape", "task", "scaling", "colour", "resize", "fit", "intensity")


@dataclass(frozen=True, eq=False)
class Subject:
    """A model under a name of its own. ``meant`` has its class for each label of the data that it knows."""

    name: str
    model: Model
    target: Any = None
    meant: Mapping[str, str] = field(default_factory=dict)
    # Labels that are none of its classes.
    unknown: tuple[str, ...] = ()
    # Labels whose class was guessed from another spelling.
    guessed: tuple[str, ...] = ()

    def labels(self, samples: Sequence[Sample]) -> np.ndarray:
        """The number of the class that each picture shows, −1 where that is not known."""
        number = {name: index for index, name in enumerate(self.model.classes)}
        return np.array([number.get(self.meant.get(sample.label or "", ""), -1) for sample in samples], int)

    def remedy(self, among: bool = False) -> str:
        """What is to be done about labels that are none of its classes; ``among`` others the model is named."""
        label = f"{self.name}:" * among + self.unknown[0]
        return (
            f"say which class is meant (--map '{label}={self.model.classes[0]}'), or none (--map '{label}='); in the "
            "window, under what labels mean."
        )

    @property
    def facts(self) -> dict[str, Any]:
        """What tells the model from others."""
        return {
            "name": self.name,
            "model": self.model.source or self.model.name,
            "weights": self.model.weights,
            "model_sha256": self.model.hash,
            "classes": dict(self.meant),
            "card": {**{name: getattr(self.model.card, name) for name in _TOLD}, "outputs": self.model.outputs.kind},
        }


def subjects(models: Any, data: Dataset, target: Any = None, mapping: Mapping[str, str] | None = None) -> list[Subject]:
    """One per model, with the labels of the data matched to its classes: as stated, or by their names."""
    named = dict(models) if isinstance(models, Mapping) else _named(models)
    if not named:
        raise HeatlensError("No model was named; give one or several.")
    shown = dict.fromkeys(sample.label for sample in data if sample.label is not None)
    there = [*dict.fromkeys([*shown, *data.classes])]
    every = [name for model in named.values() for name in model.classes]
    for said, wanted in (mapping or {}).items():
        of = next((name for name in named if said.startswith(f"{name}:")), "")
        label, classes = (said.removeprefix(f"{of}:"), named[of].classes) if of else (said, every)
        if label not in there:
            raise HeatlensError(f"--map {said}={wanted}: no picture is labelled {label!r}; {nearest(label, there)}")
        if wanted and wanted not in classes:
            who = f"{of} has not" if of else "no model has"
            raise HeatlensError(f"--map {said}={wanted}: {who} the class {wanted!r}; {nearest(wanted, classes)}")
    found = []
    for name, model in named.items():
        stated = stated_for(name, mapping or {})
        meant = matched(there, model.classes, stated)
        unknown = tuple(label for label in shown if label not in meant and stated.get(label) != "")
        guessed = tuple(label for label, class_ in meant.items() if class_ not in (label, stated.get(label)))
        wanted = matched([target], model.classes, stated).get(target, target) if isinstance(target, str) else target
        found.append(Subject(name, model, wanted, meant, unknown, guessed))
    return found


def check_layers(
    subjects: Sequence[Subject], methods: Sequence[str], layers: Sequence[str | None], params: Mapping[str, Any]
) -> None:
    """That every model can be asked so, said before the first of them has taken its hours."""
    for subject in subjects:
        for method in methods:
            for layer in find("method", method).places(layers):
                try:
                    asks_of(subject.model, method, layer, params.get(method, {}))
                except HeatlensError as error:
                    raise HeatlensError(f"{subject.name}: {error}" if len(subjects) > 1 else str(error)) from None


def notes(found: Sequence[Subject], needy: Sequence[str], data: Dataset) -> list[str]:
    """What was guessed about names, a sentence for each model, and what is measured of volumes; refused where metrics
    need what nobody can guess."""
    said = []
    for one in found:
        if one.unknown and needy:
            raise HeatlensError(
                f"{data.root}: {listed(one.unknown)} {'are' if len(one.unknown) > 1 else 'is'} none of the classes of "
                f"{one.name} ({listed(one.model.classes)}), and {', '.join(needy)} asks which pictures are classified "
                f"as labelled; {one.remedy(len(found) > 1)}"
            )
        if one.guessed:
            pairs = [f"{label} as {one.meant[label]}" for label in one.guessed]
            said.append(f"{one.name}: labels in another spelling were taken for its classes: {listed(pairs)}.")
        if one.unknown:
            said.append(f"{one.name}: the labels {listed(one.unknown)} are none of its classes.")
    whole = [sample.path.name for sample in data if sample.path.name.lower().endswith(VOLUME_SUFFIXES)]
    if whole:
        said.append(
            f"Of {listed(whole)} the middle axial slice is measured; name others in the rows of a table "
            f"({whole[0]}#axial=57)."
        )
    return said


def _named(models: Any) -> dict[str, Model]:
    """Models by short names that differ."""
    some = list(models) if isinstance(models, Sequence) else [models]
    found: dict[str, Model] = {}
    for model in some:
        name, number = model.name, 2
        while name in found:
            name, number = f"{model.name}-{number}", number + 1
        found[name] = model
    return found
