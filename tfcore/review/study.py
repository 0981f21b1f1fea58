"""A reader study as a file: cases, what is shown beside them, what is asked; it is locked by its hash.

>>> from tfcore import study                                                                # doctest: +SKIP
>>> mri = study.read("mri.heatlens-study")                                                  # doctest: +SKIP
>>> [arm.text for arm in mri.arms], len(mri.cases)                                          # doctest: +SKIP
(['none', 'grad-cam+uncertainty'], 40)
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tfcore.dropped import STUDY_ENDING as ENDING
from tfcore.errors import HeatlensError
from tfcore.files import check_free, written_from, written_whole
from tfcore.marks import PROGRAM
from tfcore.marks import version as program_version
from tfcore.pictures.address import file_of
from tfcore.registry import find
from tfcore.review.file import stored_in
from tfcore.words import counted, listed

VERSION = 1
# The end of the scale of ratings and of confidence.
BEST = 5
NONE = "none"
_BESIDE = ("prediction", "uncertainty", "spread")
# What can be asked, and how it is asked unless the study has words of its own.
QUESTIONS = {
    "rating": f"Your rating, from 1 (lowest) to {BEST} (highest)",
    "diagnosis": "What does it show?",
    "confidence": f"How sure are you, from 1 (guessed) to {BEST} (certain)?",
    "draw": "Draw around what you found; leave it out where there is nothing",
}


@dataclass(frozen=True)
class Arm:
    """What a reader gets beside the picture: a method's heat, the network's answer, how sure it is; or nothing.

    With ``spread`` not the heat is seen but where it wavers: its standard deviation over passes with dropout on.
    """

    method: str = ""
    layer: str = ""
    prediction: bool = False
    uncertainty: bool = False
    spread: bool = False

    @classmethod
    def of(cls, text: str) -> Arm:
        """From its text, whose parts are joined by a plus.

        >>> Arm.of("grad-cam@stage3+uncertainty")
        Arm(method='grad-cam', layer='stage3', prediction=False, uncertainty=True, spread=False)
        """
        parts = [part.strip() for part in text.split("+")]
        methods = [part for part in parts if part not in (NONE, *_BESIDE)]
        if len(methods) > 1 or not all(parts) or (NONE in parts and len(parts) > 1) or len({*parts}) < len(parts):
            raise HeatlensError(
                f"{text!r} is no arm of a study; write none, a method, prediction, uncertainty or spread, joined by +, "
                "such as grad-cam or grad-cam@stage3+uncertainty."
            )
        if "spread" in parts and not methods:
            raise HeatlensError(f"{text!r}: spread is that of a method's heat; name it, such as grad-cam+spread.")
        method, _, layer = "".join(methods).partition("@")
        return cls(find("method", method).name if method else "", layer, *(name in parts for name in _BESIDE))

    @property
    def text(self) -> str:
        parts = [f"{self.method}@{self.layer}" if self.layer else self.method]
        parts += [name for name in _BESIDE if getattr(self, name)]
        return "+".join(filter(None, parts)) or NONE


@dataclass(frozen=True)
class Case:
    """One picture by its address and the hash of its file, and what it really shows, where that is known."""

    picture: str
    sha256: str
    truth: str = ""
    # Of so many that readers leaf through; a picture by itself has none.
    slices: int = 0


@dataclass(frozen=True)
class Question:
    """One of ``QUESTIONS`` in the words of the study; a diagnosis is one of the choices."""

    kind: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Study:
    """What every reader is shown and asked; addresses are absolute here and relative to the file that holds them."""

    cases: tuple[Case, ...]
    arms: tuple[Arm, ...]
    questions: tuple[Question, ...]
    model: str = ""
    model_sha256: str = ""
    # Labels that are a finding: sensitivity, specificity and AUC are about them.
    positive: tuple[str, ...] = ()
    # A rating from here on is a call of a finding, where no diagnosis is asked.
    call_from: int = 4
    seed: int = 0
    # Each reader sees every case once, and not once in every arm.
    once: bool = False
    # So many other cases lie at least between two sights of one, and so many days between the parts.
    washout: int = 0
    days: float = 0
    # Of arms with uncertainty.
    passes: int = 50
    insert: float | None = None
    title: str = ""
    hash: str = ""

    def __post_init__(self) -> None:
        if not self.cases:
            raise HeatlensError("A study needs cases; name pictures that can be read.")
        if not self.arms:
            raise HeatlensError("A study needs at least one arm, such as none or grad-cam.")
        if not self.questions:
            raise HeatlensError(f"A study asks something; name one or more of {', '.join(QUESTIONS)}.")
        texts, kinds = [arm.text for arm in self.arms], [each.kind for each in self.questions]
        if len({*texts}) < len(texts) or len({*kinds}) < len(kinds):
            raise HeatlensError(f"{', '.join((*texts, *kinds))}: name every arm and every question once.")
        if odd := [kind for kind in kinds if kind not in QUESTIONS]:
            raise HeatlensError(f"{odd[0]!r} is no question of a study; there are {', '.join(QUESTIONS)}.")
        if any(each.kind == "diagnosis" and len(each.choices) < 2 for each in self.questions):
            raise HeatlensError("A diagnosis is chosen among two or more; name them (--diagnoses A,B).")
        if not self.once and len(self.arms) > 1 and not 0 <= self.washout < len(self.cases):
            raise HeatlensError(
                f"A washout of {self.washout} is not possible: between two sights of a case there are at most "
                f"{len(self.cases) - 1} others; give less, or more cases."
            )

    @property
    def parts(self) -> int:
        """How often a reader goes through all cases."""
        return 1 if self.once else len(self.arms)

    @property
    def about(self) -> str:
        """In one line, for whoever is about to begin."""
        readings = counted(len(self.cases) * self.parts, "reading")
        return f"{counted(len(self.cases), 'case')}, {readings} in {counted(self.parts, 'part')}"

    def finding(self, label: str) -> bool | None:
        """Whether a label is a finding; not known without a label, or where the study names none."""
        return label in self.positive if label and self.positive else None


def folder_of(path: Path) -> Path:
    """Where what belongs to a study lies, beside its file: what is shown to readers, and what they answered."""
    return path.with_name(f"{path.name.removesuffix(ENDING)}-study")


def write_check(path: Path) -> None:
    """A sentence if no study may be written there: one that was begun is never replaced."""
    if begun := len(list((folder_of(path) / "answers").glob("*.jsonl"))):
        raise HeatlensError(f"{path} was begun by {counted(begun, 'reader')} and is locked; choose another name.")
    check_free(path)


def write(study: Study, path: Path) -> Study:
    """The study with its hash, in a file that is whole or not there."""
    write_check(path)
    folder = path.absolute().parent
    cases = [replace(case, picture=written_from(folder, case.picture)) for case in study.cases]
    arms = [arm.text for arm in study.arms]
    # Begins with a dot, so that a folder beside the study is never taken for the name of a model that ships.
    model = f"./{written_from(folder, study.model)}" if Path(study.model).is_absolute() else study.model
    named = asdict(replace(study, cases=tuple(cases), model=model, hash=""))
    content = json.loads(json.dumps({**named, "arms": arms}))
    content["hash"] = _hash(content)
    parts = ",\n ".join(f'"{name}": {json.dumps(part)}' for name, part in content.items())
    with written_whole(path) as temporary:
        temporary.write_text(f'{{"{PROGRAM}": "{program_version()}",\n "study": {VERSION},\n {parts}}}\n', "ascii")
    return replace(study, hash=content["hash"])


def read(path: str | Path) -> Study:
    """The study in a file; one that was changed since it was made is refused."""
    path = Path(path)
    try:
        stored = stored_in(path)
    except OSError as error:
        raise HeatlensError(f"There is no study {path} that can be read; check the name.") from error
    if not isinstance(stored, dict) or "study" not in stored:
        raise HeatlensError(f"{path} is damaged or no reader study of Heatlens.")
    if stored["study"] != VERSION:
        raise HeatlensError(f"{path} was made by a later Heatlens; open it with that one.")
    content = {name: part for name, part in stored.items() if name not in (PROGRAM, "study")}
    if content.get("hash") != _hash(content):
        raise HeatlensError(f"{path} was changed since it was made, and a study is locked; make a new one for changes.")
    folder = path.absolute().parent
    parts: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in content.items()}
    parts["cases"] = tuple(replace(each, picture=_found(folder, each.picture)) for each in _all(Case, parts["cases"]))
    parts["arms"] = tuple(map(Arm.of, parts["arms"]))
    parts["questions"] = tuple(
        replace(each, choices=tuple(each.choices)) for each in _all(Question, parts["questions"])
    )
    if parts["model"].startswith("./"):
        parts["model"] = _found(folder, parts["model"][2:])
    return Study(**parts)


def check_cases(study: Study) -> None:
    """A sentence if the picture of a case is no longer there."""
    lost = [case.picture for case in study.cases if not file_of(case.picture).exists()]
    if lost:
        raise HeatlensError(
            f"{counted(len(lost), 'case')} of the study {'is' if len(lost) == 1 else 'are'} not where it says "
            f"({listed(lost, 3)}); put the pictures back there."
        )


def _all(kind: Any, parts: tuple[dict[str, Any], ...]) -> list[Any]:
    return [kind(**part) for part in parts]


def _hash(content: dict[str, Any]) -> str:
    """Of what the study says, whatever the layout of its file."""
    told = {name: part for name, part in content.items() if name != "hash"}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _found(folder: Path, address: str) -> str:
    return os.path.normpath(folder / address)
