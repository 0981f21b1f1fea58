"""Flags made from the Specs: a parameter is one flag, whichever methods, metrics, recipes or architectures take it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.registry import Kind, Param, catalogue, find

# Of the pictures of a data set.
LIMIT = Param("limit", "int", None, "take only so many pictures", low=1, high=10**9, optional=True)
# Settings that have flags of their own.
_OWN = ("epochs",)


def add_param_flags(parser: argparse.ArgumentParser, *kinds: Kind) -> None:
    """One flag per parameter name, told apart from the command's own flags by its group."""
    group = parser.add_argument_group("parameters of the " + " and ".join(f"{kind}s" for kind in kinds))
    taken: dict[str, dict[str, Param]] = {}
    for spec in (spec for kind in kinds for spec in catalogue(kind)):
        for param in (param for param in spec.params if not param.in_code):
            taken.setdefault(param.name, {})[spec.name] = param
    for name, takers in sorted(taken.items()):
        param, defaults = next(iter(takers.values())), {taker: param.default for taker, param in takers.items()}
        help = f"{param.help} ({', '.join(takers)}; {param.allowed()}; {_defaults(defaults)})"
        group.add_argument(_flag(name), dest=f"param_{name}", metavar="VALUE", help=help.replace("%", "%%"))


def chosen(given: argparse.Namespace, asked: Mapping[Kind, str]) -> dict[str, dict[str, Any]]:
    """What was asked for by names with commas between, each with those of the given parameters it takes, checked."""
    flags = {name.removeprefix("param_"): value for name, value in vars(given).items() if name.startswith("param_")}
    stated = {name: value for name, value in flags.items() if value is not None}
    found: dict[str, dict[str, Any]] = {}
    for spec in (find(kind, name) for kind, names in asked.items() for name in separated(names)):
        known = {param.name for param in spec.params}
        found[spec.name] = spec.parse({name: value for name, value in stated.items() if name in known})
    for name in stated:
        if not any(name in params for params in found.values()):
            lists = " and ".join(f"'heatlens {kind}s'" for kind in asked)
            raise HeatlensError(f"{_flag(name)} is no parameter of {', '.join(found)}; see {lists}.")
    return found


def separated(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


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
    named = {name.removeprefix("set_"): value for name, value in vars(given).items() if name.startswith("set_")}
    return {name: value for name, value in named.items() if value is not None}


def _shown(value: Any) -> str:
    """A default in a table or a sentence."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value in (None, "") else str(value)


def _defaults(by_owner: dict[str, Any]) -> str:
    """The default of most, then of those that have another."""
    values = {owner: _shown(value) for owner, value in by_owner.items()}
    (usual, _), *_ = Counter(values.values()).most_common()
    others = [f"{value} for {owner}" for owner, value in values.items() if value != usual]
    return "default " + ", ".join([usual, *others])


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")
