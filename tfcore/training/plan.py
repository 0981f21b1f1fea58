"""What a training run is going to do, fully spelled out and checked before any data are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.models import weight_files
from tfcore.registry import ArchSpec, Param, RecipeSpec, find
from tfcore.training.settings import is_file, shares, usual

# What may differ between an interrupted run and the one that goes on with it.
_LENGTHS = ("epochs", "fine_tune_epochs")


@dataclass(frozen=True)
class Plan:
    """Recipe, architecture and every setting of both with its value."""

    recipe: str
    arch: str
    settings: Mapping[str, Any]
    architecture: Mapping[str, Any]
    seed: int = 0
    weights: str | None = None
    drop_duplicates: bool = False
    notes: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Any:
        return self.settings[name]

    @property
    def spec(self) -> RecipeSpec:
        return find("recipe", self.recipe)

    def as_dict(self) -> dict[str, Any]:
        return {
            "recipe": self.recipe,
            "arch": self.arch,
            "seed": self.seed,
            "weights": self.weights,
            "drop_duplicates": self.drop_duplicates,
            "settings": dict(self.settings),
            "architecture": dict(self.architecture),
        }

    def differences(self, before: Mapping[str, Any]) -> list[str]:
        """What an earlier run's settings.json says otherwise, lengths apart."""
        now = self.as_dict()
        names = ("recipe", "arch", "seed", "weights", "drop_duplicates")
        found = [name for name in names if now[name] != before.get(name)]
        for group, params in self._params.items():
            ours, theirs = now[group], _begun(before, group, params)
            found += [n for n in {**ours, **theirs} if n not in _LENGTHS and ours.get(n) != theirs.get(n)]
        return found

    def going_on(self, before: Mapping[str, Any], stated: Collection[str]) -> Plan:
        """The plan for resuming an earlier run: what nobody states now is as it was then, whatever is usual today."""
        if (self.recipe, self.arch) != (before.get("recipe"), before.get("arch")):
            return self
        kept: dict[str, dict[str, Any]] = {}
        for group, params in self._params.items():
            kept[group], theirs = dict(self.as_dict()[group]), _begun(before, group, params)
            for param in params:
                if param.name in theirs and param.name not in (*stated, *_LENGTHS):
                    # What cannot be read is named as a difference afterwards.
                    with suppress(HeatlensError):
                        kept[group][param.name] = param.parse(theirs[param.name])
        return replace(self, settings=kept["settings"], architecture=kept["architecture"])

    @property
    def _params(self) -> dict[str, tuple[Param, ...]]:
        return {"settings": self.spec.params, "architecture": find("architecture", self.arch).params}


def plan(
    recipe: str,
    arch: str | None = None,
    seed: int = 0,
    weights: str | Path | None = None,
    drop_duplicates: bool = False,
    **given: Any,
) -> Plan:
    """The plan; ``given`` are settings of the recipe and of the architecture, ``None`` where nobody stated one."""
    spec = find("recipe", recipe)
    given = {name: value for name, value in given.items() if value is not None}
    if seed < 0:
        raise HeatlensError(f"seed = {seed} is not a seed; choose 0 or a whole number above it.")
    architecture = _architecture(spec, arch)
    known, built = {param.name for param in spec.params}, {param.name for param in architecture.params}
    for name in given:
        if name not in known | built:
            takes = ", ".join(sorted(known | built))
            raise HeatlensError(
                f"Neither {spec.name} nor {architecture.name} has a setting {name!r}; they take {takes}."
            )
    settings = {**usual(), **spec.parse({name: value for name, value in given.items() if name in known})}
    if settings["epochs"] is None:
        lengths = spec.epochs
        settings["epochs"] = lengths.get(architecture.name, lengths[""])
    if not is_file(settings["split"]):
        shares(settings["split"])
    elif not Path(settings["split"]).is_file():
        raise HeatlensError(f"There is no saved split {settings['split']}; name the split.csv of a run.")
    stated = {name: value for name, value in given.items() if name in built - known}
    frozen, notes = settings["frozen"], []
    if frozen is not None and "frozen" in built:
        stated["frozen"] = frozen
    elif frozen and given.get("frozen") is not None:
        raise HeatlensError(f"{architecture.name} has no base to freeze; leave --frozen out.")
    elif frozen:
        notes.append(f"{architecture.name} has no base to freeze, so all of it is trained.")
    if settings["fine_tune_epochs"] and not architecture.parse(stated).get("frozen"):
        raise HeatlensError("fine_tune_epochs train a base that was frozen before, and here none is; add --frozen yes.")
    return Plan(
        recipe=spec.name,
        arch=architecture.name,
        settings=settings,
        architecture=architecture.parse({**_of_weights(architecture, weights, stated), **stated}),
        seed=seed,
        weights=None if weights is None else str(weights),
        drop_duplicates=drop_duplicates,
        notes=tuple(notes),
    )


def _architecture(recipe: RecipeSpec, arch: str | None) -> ArchSpec:
    spec = find("architecture", arch or recipe.arch)
    if spec.task != recipe.family:
        does = {"classification": "classifies", "segmentation": "segments"}
        raise HeatlensError(
            f"{spec.name} {does[spec.task]} pictures, and {recipe.name} trains a network that {does[recipe.family]} "
            "them; choose another of the two."
        )
    return spec


def _of_weights(spec: ArchSpec, weights: str | Path | None, stated: Mapping[str, Any]) -> dict[str, Any]:
    """Settings that a file of weights implies, such as the width it was trained with."""
    if weights is None or str(weights) == "imagenet":
        return {}
    known = weight_files.read(weights).pretrained
    if known is None or known.architecture != spec.name:
        return {}
    return {name: value for name, value in known.params.items() if name not in stated}


def _begun(before: Mapping[str, Any], group: str, params: Iterable[Param]) -> dict[str, Any]:
    """A group of an earlier run's settings, with what could not be set in those days as it was in them."""
    unsaid = {param.name: param.before for param in params if param.before is not None}
    return {**unsaid, **before.get(group, {})}
