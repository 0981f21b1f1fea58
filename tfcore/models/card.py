"""The facts beside a model file: what its outputs are called and how a picture becomes its input."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.files import why, write_whole
from tfcore.models import belief
from tfcore.models.intensity import Z_SCORE, parsed
from tfcore.models.opening import text
from tfcore.models.opening.claims import refuse_endless
from tfcore.models.opening.folder import architecture_of, is_architecture
from tfcore.models.outputs import STATED
from tfcore.plain import json_text
from tfcore.words import counted

TASKS = ("classification", "segmentation")
# Named after what they make of grey levels from 0 to 255; the numbers are in tfcore.models.prepare.
SCALINGS = ("none", "1/255", "x/127.5-1", "imagenet-torch", "imagenet-caffe", "per-image standard")
COLOURS = ("grey", "rgb", "bgr")
RESIZES = ("nearest", "bilinear", "area", "lanczos")
FITS = ("stretch", "centre", "pad")


_CHOICES = {
    "task": TASKS,
    "scaling": SCALINGS,
    "colour": COLOURS,
    "resize": RESIZES,
    "fit": FITS,
    "outputs": ("", *STATED),
}
_TEXTS = ("recipe", "sha256", "intensity", "background", "head")
# Of a network that segments, in place of a class: none of them lies around the others.
NO_BACKGROUND = "none"
_TUPLES = ("classes", "input_shape", "repaired", "guessed")
# What a model without a card leaves open.
_STATED = ("classes", "input_shape", "task", "scaling", "colour", "resize", "fit")


@dataclass(frozen=True)
class Card:
    """Classes and preprocessing of one model; ``model.keras`` has its card in ``model.json`` (see :meth:`beside`).

    ``input_shape`` is (height, width, channels), height and width ``None`` where any will do. ``scaling`` starts from
    grey levels 0 to 255. ``colour`` is the order of the channels the network eats: ``grey`` pictures are repeated over
    all its channels, and ``imagenet-caffe`` means BGR whatever else is stated. ``outputs`` says what the network
    answers with (tfcore.models.outputs); where it is empty, its structure tells. ``intensity`` says which values become
    black and white (tfcore.models.intensity); where it is empty, the picture's own window. Of networks that segment,
    ``background`` is the class that lies around all others (``none``: there is no such class; empty: the first, of
    labels none), and ``threshold`` the probability from which on a label, or the one unit, is there. ``memory`` is what
    the network may take in gigabytes, where half the machine's is not right; ``head`` names the output that is asked of
    a model with several whose inside nobody sees (tfcore.models.black). ``calibration`` (a temperature) and ``sets``
    say how far its answers may be believed, ``missed`` from which probability on a structure is taken so that little of
    it is missed (tfcore.models.belief), ``reference`` what lies beside it to tell pictures unlike those it has learnt
    from (tfcore.models.reference). ``guessed`` are fields that nobody stated, ``extra`` those of other programs.
    """

    classes: tuple[str, ...]
    input_shape: tuple[int | None, int | None, int]
    task: str = "classification"
    scaling: str = "1/255"
    colour: str = ""
    resize: str = "bilinear"
    fit: str = "stretch"
    outputs: str = ""
    intensity: str = ""
    background: str = ""
    threshold: float = 0.5
    memory: float | None = None
    head: str = ""
    recipe: str = ""
    calibration: dict[str, Any] = field(default_factory=dict)
    sets: dict[str, Any] = field(default_factory=dict)
    missed: dict[str, Any] = field(default_factory=dict)
    reference: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, Any] = field(default_factory=dict)
    sha256: str = ""
    repaired: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in _TUPLES:
            value = getattr(self, name)
            if isinstance(value, list | set | frozenset):
                object.__setattr__(self, name, tuple(sorted(value)) if name == "guessed" else tuple(value))
        _check_names("classes", self.classes)
        _check_names("repaired", self.repaired)
        _check_names("guessed", self.guessed)
        _check_shape(self.input_shape)
        if self.colour == "":
            object.__setattr__(self, "colour", "grey" if self.channels == 1 else "rgb")
        for name, allowed in _CHOICES.items():
            if getattr(self, name) not in allowed:
                raise HeatlensError(f"{name} = {getattr(self, name)!r} is not one of {', '.join(allowed)}.")
        for name in _TEXTS:
            if not isinstance(getattr(self, name), str):
                raise HeatlensError(f"{name} = {getattr(self, name)!r} is not a text; put it in quotes.")
        if parsed(self.intensity)[0] == Z_SCORE and self.scaling != "none":
            raise HeatlensError("intensity = 'z-score' scales by itself; state scaling = 'none' with it.")
        if self.background not in ("", NO_BACKGROUND, *self.classes) and self.classes:
            raise HeatlensError(
                f"background = {self.background!r} is no class; name one of {', '.join(self.classes)}, or none."
            )
        if not (type(self.threshold) in (int, float) and 0 < self.threshold < 1):
            raise HeatlensError(f"threshold = {self.threshold!r} is no probability between 0 and 1; write it as 0.5.")
        if self.memory is not None and not (type(self.memory) in (int, float) and 0 < self.memory < math.inf):
            raise HeatlensError(f"memory = {self.memory!r} is no number of gigabytes; write it as 8.")
        if not isinstance(self.provenance, Mapping):
            raise HeatlensError(f"provenance = {self.provenance!r} is not a list of named facts; write it as {{…}}.")
        belief.check(self.calibration, self.sets, self.missed)
        if not isinstance(self.reference, Mapping):
            raise HeatlensError(f"reference = {self.reference!r} is not a list of named facts; write it as {{}}.")
        if self.channels == 1 and self.colour != "grey":
            raise HeatlensError(f"colour = {self.colour!r} needs three channels, but input_shape has one; use 'grey'.")
        if self.scaling.startswith("imagenet") and self.channels != 3:
            raise HeatlensError(
                f"scaling = {self.scaling!r} needs three channels, but input_shape has {self.channels}; use another."
            )

    @property
    def channels(self) -> int:
        return self.input_shape[2]

    # --- without a card, and against a model ---

    @classmethod
    def guess(cls, input_shape: Iterable[int | None], classes_count: int, **stated: Any) -> Card:
        """The likeliest card of a model that has none; ``stated`` are fields known from elsewhere.

        >>> Card.guess((224, 224, 3), 2).classes
        ('class 0', 'class 1')
        """
        facts = {"classes": _numbered(classes_count), "input_shape": tuple(input_shape), **stated}
        return cls(**facts, guessed=tuple(name for name in _STATED if name != "input_shape" and name not in stated))

    def for_model(self, input_shape: Iterable[int | None], outputs: int, source: str | Path) -> Card:
        """This card with what it left open taken from the model, or a sentence where the two contradict each other.

        ``outputs`` is the number of output units (one unit with a sigmoid stands for two classes), ``source`` names
        the card in the sentence.
        """
        theirs = tuple(input_shape)
        _check_shape(theirs)
        changes: dict[str, Any] = {"input_shape": theirs}
        if "input_shape" in self.guessed:
            changes["guessed"] = tuple(name for name in self.guessed if name != "input_shape")
            if "colour" in self.guessed:
                changes["colour"] = ""
        else:
            pairs = list(zip(self.input_shape, theirs, strict=True))
            if any(ours and other and ours != other for ours, other in pairs):
                raise HeatlensError(
                    f"{source}: input_shape is {_times(self.input_shape)}, but the model takes {_times(theirs)}; "
                    "correct it."
                )
            changes["input_shape"] = tuple(ours or other for ours, other in pairs)
        card: Card = replace(self, **changes)
        count = max(2, outputs)
        if not card.classes:
            return replace(card, classes=_numbered(count))
        if len(card.classes) != count:
            raise HeatlensError(
                f"{source}: classes names {len(card.classes)}, but the model has {counted(outputs, 'output')} "
                f"for {count} classes; name {count}."
            )
        return card

    def with_(self, **changes: Any) -> Card:
        """The card with these fields stated by somebody: they no longer count as guessed.

        >>> "scaling" in Card.guess((224, 224, 3), 2).with_(scaling="none").guessed
        False
        """
        guessed = changes.pop("guessed", tuple(name for name in self.guessed if name not in changes))
        return replace(self, guessed=guessed, **changes)

    def stated(self, name: str) -> Any:
        """A field that somebody stated, empty where it was guessed."""
        return "" if name in self.guessed else getattr(self, name)

    def answering(self, outputs: str, guessed: bool) -> Card:
        """The card of a network that was looked into: what it answers with, as its structure tells."""
        others = tuple(name for name in self.guessed if name != "outputs")
        return replace(self, outputs=outputs, guessed=(*others, "outputs") if guessed else others)

    # --- beside the model file ---

    @staticmethod
    def beside(model: str | Path) -> Path:
        """Where the card of a model file lies: ``model.card.json`` if that is there or if ``model.json`` is taken by
        the architecture of a pair (``model.json`` and ``model.weights.h5``), else ``model.json``.
        """
        plain, own = Card.places(model)
        return own if own.is_file() or is_architecture(architecture_of(Path(model))) else plain

    @staticmethod
    def places(model: str | Path) -> tuple[Path, Path]:
        """The two names a card can have."""
        path = Path(model)
        # What follows a point in the name of a folder is no ending.
        plain = path.with_name(f"{path.name}.json") if path.is_dir() else path.with_suffix(".json")
        return plain, architecture_of(path).with_suffix(".card.json")

    @classmethod
    def load(cls, model: str | Path) -> Card | None:
        """The card beside a model file, ``None`` where there is none.

        Fields that are missing get their usual values and are listed in ``guessed``.
        """
        path = cls.beside(model)
        stored = _read(path)
        if stored is None:
            return None
        try:
            return cls.from_dict(stored)
        except HeatlensError as error:
            raise HeatlensError(f"{path}: {error}") from error

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Card:
        """The card that :meth:`as_dict` gave, or one written by hand."""
        names = {each.name for each in fields(cls)} - {"extra"}
        facts: dict[str, Any] = {"classes": (), "input_shape": (None, None, 3)}
        facts.update({name: value for name, value in stored.items() if name in names})
        missing = {name for name in _STATED if name not in stored}
        guessed = facts.get("guessed", ())
        _check_names("guessed", tuple(guessed) if isinstance(guessed, list) else guessed)
        facts["guessed"] = tuple(name for name in (*_STATED, "outputs") if name in missing or name in guessed)
        return cls(**facts, extra={name: value for name, value in stored.items() if name not in names})

    def as_dict(self) -> dict[str, Any]:
        """Plain data in the order of the fields, fields of other programs last."""
        named = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "extra"}
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in named.items()}
        return {**plain, **self.extra}

    def save(self, model: str | Path) -> Path:
        """Write the card beside the model file, whole or not at all; the path written comes back."""
        path = self.beside(model)
        before = _read(path, strict=False)
        # Cards are written by hand as well, so any that names a field of a card may be replaced, and nothing else.
        if path.is_file() and not any(each.name in (before or {}) for each in fields(self)):
            raise HeatlensError(f"{path} holds something else than a model card; rename it and save again.")
        return write_whole(path, json_text(self.as_dict(), indent=2) + "\n", overwrite=True)


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(f"class {number}" for number in range(max(2, count)))


def _times(shape: Iterable[int | None]) -> str:
    return " × ".join("any" if size is None else str(size) for size in shape)


def _check_names(name: str, value: Any) -> None:
    if not isinstance(value, tuple) or not all(isinstance(each, str) and each for each in value):
        raise HeatlensError(f"{name} = {value!r} is not a list of names; write it as ['first', 'second'].")
    if name == "classes" and len(value) == 1:
        raise HeatlensError(f"classes = {value!r} holds one name; name both sides, for example 'absent', 'present'.")
    if len(set(value)) != len(value):
        twice = next(each for each in value if value.count(each) > 1)
        raise HeatlensError(f"{name} holds {twice!r} twice; every name must be its own.")


def _check_shape(shape: Any) -> None:
    whole = isinstance(shape, tuple) and len(shape) == 3 and shape[2] is not None
    if not whole or not all(size is None or (type(size) is int and size > 0) for size in shape):
        raise HeatlensError(
            f"input_shape = {shape!r} is not [height, width, channels]; for example [224, 224, 3], or null for any "
            "height and width."
        )


def _read(path: Path, strict: bool = True) -> dict[str, Any] | None:
    try:
        refuse_endless(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise HeatlensError(f"{path} was not read: {why(error)}.") from error
    try:
        stored = json.loads(text.read(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        if not strict:
            return None
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise HeatlensError(f"{path} is not valid JSON{where}; correct it, or remove it to go on without.") from error
    if isinstance(stored, dict):
        return stored
    if not strict:
        return None
    raise HeatlensError(f"{path} is not a model card, which begins with {{; correct it, or remove it.")
