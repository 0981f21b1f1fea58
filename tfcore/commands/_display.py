"""How heat is drawn, as flags."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.errors import HeatlensError

if TYPE_CHECKING:
    from tfcore.figure.display import Display

# A flag of one scale asks for that scale.
_SCALES = {"percent": "percentiles", "low": "manual", "high": "manual"}


def add_display_flags(parser: argparse.ArgumentParser) -> None:
    from tfcore.figure.display import SETTINGS

    group = parser.add_argument_group("how heat is drawn")
    for name, param in SETTINGS.items():
        help = f"{param.help} ({param.allowed()}; default {param.default})".replace("%", "%%")
        group.add_argument(_flag(name), dest=f"display_{name}", metavar="VALUE", help=help)
    group.add_argument("--like", type=Path, metavar="JSON", help="as in the record beside an earlier figure")


def _flag(name: str) -> str:
    # Methods have a parameter that is called so.
    return "--scale" if name == "normalise" else f"--{name}"


def display_of(given: argparse.Namespace) -> Display:
    """What the flags say, over what the record of an earlier figure says."""
    from tfcore.figure.display import SETTINGS, Display

    flags = {name: getattr(given, f"display_{name}") for name in SETTINGS}
    stated = {
        name: replace(SETTINGS[name], name=_flag(name)).parse(value)
        for name, value in flags.items()
        if value is not None
    }
    for name in _SCALES.keys() & stated:
        if stated.setdefault("normalise", _SCALES[name]) != _SCALES[name]:
            raise HeatlensError(f"--{name} is of use with --scale {_SCALES[name]} only.")
    before = asdict(_recorded(given.like)) if given.like else {}
    return Display(**before | stated)


def _recorded(path: Path) -> Display:
    from tfcore.figure.record import Record

    try:
        return Record(path).display
    except HeatlensError as error:
        raise HeatlensError(f"--like {error}") from error
