"""Flags of the recipes and architectures, made from their Specs: a setting is one flag, whichever of them takes it."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from tfcore.registry import Kind, Param, catalogue

# These have flags of their own.
_OWN = ("epochs",)


def add_setting_flags(parser: argparse.ArgumentParser) -> None:
    """One flag per setting, in two groups."""
    taken: set[str] = set(_OWN)
    titles: dict[Kind, str] = {"recipe": "settings of the recipes", "architecture": "settings of the architectures"}
    for kind, title in titles.items():
        group = parser.add_argument_group(title)
        found: dict[str, tuple[Param, dict[str, Any]]] = {}
        for spec in catalogue(kind):
            for param in spec.params:
                found.setdefault(param.name, (param, {}))[1][spec.name] = param.default
        for name, (param, defaults) in sorted(found.items()):
            if name not in taken:
                taken.add(name)
                help = f"{param.help} ({param.allowed()}; {_defaults(defaults)})"
                group.add_argument(_flag(name), dest=f"set_{name}", metavar="VALUE", help=help.replace("%", "%%"))


def stated_settings(given: argparse.Namespace) -> dict[str, Any]:
    """The settings that were given on the command line."""
    named = {name.removeprefix("set_"): value for name, value in vars(given).items() if name.startswith("set_")}
    return {name: value for name, value in named.items() if value is not None}


def shown(value: Any) -> str:
    """A default in a table or a sentence."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value in (None, "") else str(value)


def _defaults(by_owner: dict[str, Any]) -> str:
    """The default of most, then of those that have another."""
    values = {owner: shown(value) for owner, value in by_owner.items()}
    (usual, _), *_ = Counter(values.values()).most_common()
    others = [f"{value} for {owner}" for owner, value in values.items() if value != usual]
    return "default " + ", ".join([usual, *others])


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")
