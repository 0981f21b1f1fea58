"""Everything that belongs to a reviewer's work, and the addresses in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from tfcore.review import parts
from tfcore.review.judgment import Judgment, judgment_of

# An address in, an address out; whether it may also be a mere name ("demo", "folders") goes with it.
Change = Callable[[str, bool], str]


@dataclass
class Session:
    """What is open, judged, asked and set; addresses are absolute here, and relative to the file that holds them."""

    # Files and folders as the user opened them.
    opened: list[str] = field(default_factory=list)
    # Pictures among and below them that were taken off the list.
    removed: list[str] = field(default_factory=list)
    current: str = ""
    selected: list[str] = field(default_factory=list)
    judgments: dict[str, Judgment] = field(default_factory=dict)
    # How the list is sorted and narrowed, and what a model said of its pictures.
    browsing: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    # What the pictures really show: a table, the names of their folders ("folders"), or not known.
    labels: str = "folders"
    model: str = "demo"
    request: dict[str, Any] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    evaluation: dict[str, Any] = field(default_factory=dict)
    # By name, what is asked in other forms.
    forms: dict[str, Any] = field(default_factory=dict)
    # Regions, distances and angles, each with its picture.
    regions: list[dict[str, Any]] = field(default_factory=list)
    display: dict[str, Any] = field(default_factory=dict)
    # What is being composed: the record that it would have as a figure.
    figure: dict[str, Any] = field(default_factory=dict)
    # By file: the values that are black and white on the screen, or the name of a usual choice.
    windows: dict[str, Any] = field(default_factory=dict)
    # How the canvas is parted, and which panels are out.
    mode: str = "overlay"
    docks: list[str] = field(default_factory=list)

    def remember_opened(self, paths: list[str]) -> None:
        """Add what the user opened, each path once; of very many the newest."""
        self.opened = list(dict.fromkeys([*self.opened, *paths]))[-parts.MOST_OPENED :]

    def become(self, other: Session) -> None:
        """Hold what another holds, for all who know this one."""
        for one in fields(self):
            setattr(self, one.name, getattr(other, one.name))

    def as_dict(self) -> dict[str, Any]:
        """In JSON's own types."""
        held = {one.name: getattr(self, one.name) for one in fields(self)}
        return held | {"judgments": {address: judged.as_dict() for address, judged in self.judgments.items()}}

    def changed(self, change: Change) -> Session:
        """The same work on other addresses."""

        def path(value: str) -> str:
            return change(value, False) if value else value

        def name(value: str) -> str:
            return change(value, True) if value else value

        def form(held: dict[str, Any]) -> dict[str, Any]:
            files = {of: name(held[of]) for of in _FILES if held.get(of)}
            return held | files | {of: list(map(name, held[of])) for of in _SEVERAL if of in held}

        def item(held: dict[str, Any]) -> dict[str, Any]:
            kind, _, file = str(held.get("region") or "").partition("=")
            moved = {"region": f"mask={path(file)}"} if kind == "mask" else {}
            picture = held["picture"] | {"path": path(held["picture"]["path"])}
            return (
                held | moved | {"picture": picture, "model": held["model"] | {"source": name(held["model"]["source"])}}
            )

        places = {path(tile): path(place) for tile, place in self.browsing.get("places", {}).items()}
        said = {
            part: {path(of): told for of, told in self.answers[part].items()}
            for part in ("notes", "labels")
            if part in self.answers
        }
        return replace(
            self,
            opened=list(map(path, self.opened)),
            removed=list(map(path, self.removed)),
            current=path(self.current),
            selected=list(map(path, self.selected)),
            judgments={path(address): judged for address, judged in self.judgments.items()},
            browsing=self.browsing | ({"places": places} if "places" in self.browsing else {}),
            answers=self.answers | said,
            labels=name(self.labels),
            model=name(self.model),
            training=form(self.training),
            evaluation=form(self.evaluation),
            forms={of: form(held) for of, held in self.forms.items()},
            regions=[{**region, "picture": path(region["picture"])} for region in self.regions],
            figure=self.figure | ({"items": list(map(item, self.figure["items"]))} if self.figure else {}),
            windows={path(file): window for file, window in self.windows.items()},
        )


# Settings that name a file or a folder, and several.
_FILES = ("data", "out", "weights", "model", "shows", "random")
_SEVERAL = ("models", "concepts", "masked")


def session_of(usable: dict[str, Any]) -> Session:
    """A session from parts that were read."""
    judged = {address: judgment_of(value) for address, value in usable.get("judgments", {}).items()}
    return Session(**usable | {"judgments": {address: one for address, one in judged.items() if one is not None}})
