"""Flags of methods and metrics, made from their Specs: a parameter is one flag, whichever of them take it."""

from __future__ import annotations

import argparse
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.registry import Kind, Param, catalogue, find


def add_param_flags(parser: argparse.ArgumentParser, kind: Kind) -> None:
    """One flag per parameter name, told apart from the command's own flags by its group."""
    group = parser.add_argument_group(f"parameters of the {kind}s")
    taken: dict[str, tuple[Param, list[str]]] = {}
    for spec in catalogue(kind):
        for param in (param for param in spec.params if not param.in_code):
            taken.setdefault(param.name, (param, []))[1].append(spec.name)
    for name, (param, takers) in sorted(taken.items()):
        help = f"{param.help} ({', '.join(takers)}; {param.allowed()}; default {param.default})"
        group.add_argument(_flag(name), dest=f"{kind}_{name}", metavar="VALUE", help=help.replace("%", "%%"))


def chosen(given: argparse.Namespace, kind: Kind, names: str) -> dict[str, dict[str, Any]]:
    """What was asked for by names with commas between, each with those of the given parameters it takes, checked."""
    flags = {name.removeprefix(f"{kind}_"): value for name, value in vars(given).items() if name.startswith(f"{kind}_")}
    stated = {name: value for name, value in flags.items() if value is not None}
    specs = [find(kind, name.strip()) for name in names.split(",")]
    found: dict[str, dict[str, Any]] = {}
    for spec in specs:
        known = {param.name for param in spec.params}
        found[spec.name] = spec.parse({name: value for name, value in stated.items() if name in known})
    for name in stated:
        if not any(name in params for params in found.values()):
            raise HeatlensError(f"{_flag(name)} is no parameter of {', '.join(found)}; see 'heatlens {kind}s'.")
    return found


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")
