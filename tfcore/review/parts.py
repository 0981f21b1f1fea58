"""What each part of a session may hold: a reader answers with as much of a stored value as can be used.

Everything later on may rely on it: paths can be asked for, numbers are finite, names are known, and nothing is deep.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from typing import Any, TypeVar

from tfcore import measure
from tfcore.errors import HeatlensError
from tfcore.figure.composition import Composition
from tfcore.figure.display import SETTINGS, Display
from tfcore.figure.record import Record
from tfcore.plain import plain
from tfcore.registry import Param, catalogue
from tfcore.review.judgment import judgment_of

# Paths opened by hand; pictures inside opened folders are not counted.
MOST_OPENED = 10_000
# Judgments are what a session is kept for: as many as a folder may hold pictures.
MOST_JUDGED = 1_000_000
# What file systems take: bytes of a path and of one name in it.
_PATH, _NAME = 4095, 255
_LETTERS = 100_000
_SETTINGS = 200
_CLASSES = 10**6
# What forms name several of.
_LISTS = ("methods", "layers", "models", "concepts", "masked", "arms", "positive")
# And of what they name one.
_PLACES = ("data", "out", "model", "shows", "random")

One = TypeVar("One", str, int)


def text(value: Any, most: int = _LETTERS) -> str:
    """A text that can be shown and handed to the file system."""
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        return ""
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return ""
    return value


def path(value: Any) -> str:
    """A path that a file could have; whether there is one is another question."""
    named = os.fsencode(text(value, _PATH))
    fits = len(named) <= _PATH and all(len(name) <= _NAME for name in named.split(os.fsencode(os.sep)))
    return value if named and fits else ""


def paths(most: int) -> Callable[[Any], list[str]]:
    """Reader of a list of no more than so many paths, each once."""
    return lambda value: list(dict.fromkeys(filter(path, value[:most]))) if isinstance(value, list) else []


def one_of(choices: tuple[One, ...], usual: One) -> Callable[[Any], One]:
    """Reader of a name, or a number, out of these."""
    return lambda value: value if type(value) is type(usual) and value in choices else usual


def request(value: Any) -> dict[str, Any]:
    """The question to the model, as its method takes it; nothing where the method is not known."""
    methods = {spec.name: spec for spec in catalogue("method")}
    if not isinstance(value, dict) or (spec := methods.get(text(value.get("method")))) is None:
        return {}
    given = value.get("params")
    params = {name: setting for name, setting in (given if isinstance(given, dict) else {}).items() if _plain(setting)}
    target = value.get("target")
    whole = isinstance(target, int) and not isinstance(target, bool) and 0 <= target < _CLASSES
    usable = {
        "method": spec.name,
        "params": {one.name: params[one.name] for one in spec.params if _accepts(one, params)},
        "layer": text(value.get("layer")) or None,
        "target": target if whole else None,
        "region": text(value.get("region")),
    }
    return {name: part for name, part in usable.items() if name in value}


def training(value: Any) -> dict[str, Any]:
    """Settings of a training; which of them the recipe takes is the form's to say."""
    if not isinstance(value, dict) or len(value) > _SETTINGS:
        return {}
    found = {name: setting for name, setting in value.items() if text(name) and _plain(setting)}
    places = {name: path(found[name]) for name in ("data", "out", "weights") if name in found}
    return found | places


def evaluation(value: Any) -> dict[str, Any]:
    """The set-up of an evaluation, each part by itself; which models and layers there are is the form's to say."""
    if not isinstance(held := value, dict) or not held:
        # Most sessions have none, and the catalogue takes a while to read.
        return {}
    specs = {spec.name: spec for kind in ("method", "metric") for spec in catalogue(kind)}
    lists: dict[str, Callable[[str], Any]] = {
        "models": path,
        "layers": text,
        "methods": specs.get,
        "metrics": specs.get,
    }
    found: dict[str, Any] = {name: path(held[name]) for name in ("data", "out") if name in held}
    for name, known in lists.items():
        if isinstance(some := held.get(name), list):
            found[name] = [each for each in some[:_SETTINGS] if isinstance(each, str) and known(each)]
    if isinstance(given := held.get("params"), dict):
        found["params"] = {
            name: {one.name: settings[one.name] for one in specs[name].params if _accepts(one, settings)}
            for name, settings in given.items()
            if name in specs and isinstance(settings, dict)
        }
    if isinstance(pairs := held.get("map"), dict):
        found["map"] = {one: to for one, to in list(pairs.items())[:_SETTINGS] if text(one) and to == text(to)}
    return found | {name: held[name] for name in ("limit", "target", "seed") if name in held and _plain(held[name])}


def forms(value: Any) -> dict[str, Any]:
    """What is asked in forms, each by itself; which of it can be taken is the form's to say."""
    held = list(value.items())[:_SETTINGS] if isinstance(value, dict) else []
    return {of: _form(said) for of, said in held if text(of, _NAME) and isinstance(said, dict)}


def _form(value: dict[str, Any]) -> dict[str, Any]:
    """Lists of names, settings by their names, and single ones."""
    found: dict[str, Any] = {}
    for name, said in list(value.items())[:_SETTINGS]:
        if name in _LISTS:
            found[name] = [each for each in said[:_SETTINGS] if text(each)] if isinstance(said, list) else []
        elif name in ("params", "map"):
            some = list(said.items())[:_SETTINGS] if isinstance(said, dict) else []
            found[name] = {one: setting for one, setting in some if text(one) and _plain(setting)}
        elif text(name) and _plain(said):
            found[name] = said
    return found | {name: path(found[name]) for name in _PLACES if name in found}


def display(value: Any) -> dict[str, Any]:
    """Settings for looking, each by itself."""
    given = value if isinstance(value, dict) else {}
    held = {name: given[name] for name in SETTINGS if name in given and _plain(given[name])}
    return held if _suits(held) else {name: setting for name, setting in held.items() if _suits({name: setting})}


def _suits(settings: dict[str, Any]) -> bool:
    try:
        Display(**settings)
    except HeatlensError:
        return False
    return True


def browsing(value: Any) -> dict[str, Any]:
    """How the list is sorted and narrowed, and where its volumes were left, each by itself."""
    held = value if isinstance(value, dict) else {}
    known = ("order", "filter", "only")
    found = {name: held[name] for name in known if name in held and held[name] == text(held[name], _NAME)}
    places = held.get("places")
    if isinstance(places, dict):
        some = list(places.items())[-MOST_OPENED:]
        found["places"] = {tile: place for tile, place in some if path(tile) and path(place)}
    return found


def judgments(value: Any) -> dict[str, Any]:
    """Judgments by picture, each by itself."""
    held = list(value.items())[:MOST_JUDGED] if isinstance(value, dict) else []
    return {where: said for where, said in held if path(where) and judgment_of(said) is not None}


def figure(value: Any) -> dict[str, Any]:
    """What is being composed, as a whole: a figure of which a part is missing is another one."""
    try:
        found: dict[str, Any] = plain(value)
        Composition.of(Record.read(found).settings["composition"])
        return found if all(path(one["picture"]["path"]) for one in found["items"]) else {}
    except (HeatlensError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def windows(value: Any) -> dict[str, Any]:
    """Windows on the screen by file: a name, or the values that are black and white."""
    held = list(value.items())[-MOST_OPENED:] if isinstance(value, dict) else []
    return {where: seen for where, seen in held if path(where) and (_is_name(seen) or _is_range(seen))}


def _is_name(value: Any) -> bool:
    return bool(text(value, _NAME))


def _is_range(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)) and value[0] < value[1]


def regions(value: Any) -> list[dict[str, Any]]:
    """Regions with their pictures, each by itself."""
    held = value[: measure.MOST] if isinstance(value, list) else []
    return [entry for entry in held if isinstance(entry, dict) and path(entry.get("picture")) and measure.roi_of(entry)]


def answers(value: Any) -> dict[str, Any]:
    """What was written under pictures, and by which model: text, how unsure, class, when, how probable; and labels."""
    if not isinstance(value, dict) or not text(value.get("model")) or not isinstance(value.get("notes"), dict):
        return {}
    notes = list(value["notes"].items())[-MOST_OPENED:]
    found = {"model": value["model"], "notes": {where: note for where, note in notes if path(where) and _is_note(note)}}
    if isinstance(labels := value.get("labels"), dict):
        some = list(labels.items())[-MOST_OPENED:]
        found["labels"] = {where: label for where, label in some if path(where) and text(label)}
    return found


def _is_note(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 5:
        return False
    words, level, predicted, when, probability = value
    known = [one for one in (level, probability) if one is not None]
    return bool(text(words, _NAME)) and predicted == text(predicted) and all(map(_is_number, (when, *known)))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _plain(value: Any) -> bool:
    """One setting: nothing, yes or no, a number that is one, or a text."""
    if isinstance(value, str):
        return not value or bool(text(value))
    return value is None or (isinstance(value, bool | int | float) and math.isfinite(value))


def _accepts(param: Param, params: dict[str, Any]) -> bool:
    if param.name not in params:
        return False
    try:
        param.parse(params[param.name])
    except HeatlensError:
        return False
    return True


READERS: dict[str, Callable[[Any], Any]] = {
    "opened": paths(MOST_OPENED),
    "removed": paths(MOST_OPENED),
    "current": path,
    "selected": paths(MOST_OPENED),
    "judgments": judgments,
    "browsing": browsing,
    "answers": answers,
    "labels": lambda value: value if value == text(value) else "folders",
    "model": lambda value: path(value) or "demo",
    "request": request,
    "training": training,
    "evaluation": evaluation,
    "forms": forms,
    "regions": regions,
    "display": display,
    "figure": figure,
    "windows": windows,
    "mode": lambda value: text(value, _NAME) or "overlay",
    "docks": lambda value: [name for name in value[:_SETTINGS] if _is_name(name)] if isinstance(value, list) else [],
}
