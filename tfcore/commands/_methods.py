"""Flags of the methods, made from their Specs: a parameter is one flag, whichever methods take it."""

from __future__ import annotations

import argparse
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.registry import Param, catalogue, find


def add_method_flags(parser: argparse.ArgumentParser) -> None:
    """One flag per parameter name, told apart from the command's own flags by its group."""
    group = parser.add_argument_group("parameters of the methods")
    taken: dict[str, tuple[Param, list[str]]] = {}
    for spec in catalogue("method"):
        for param in spec.params:
            taken.setdefault(param.name, (param, []))[1].append(spec.name)
    for name, (param, methods) in sorted(taken.items()):
        help = f"{param.help} ({', '.join(methods)}; {param.allowed()}; default {param.default})"
        group.add_argument(_flag(name), dest=f"param_{name}", metavar="VALUE", help=help.replace("%", "%%"))


def chosen_methods(given: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """The methods asked for, each with those of the given parameters that it takes, checked."""
    stated = {name.removeprefix("param_"): value for name, value in vars(given).items() if name.startswith("param_")}
    stated = {name: value for name, value in stated.items() if value is not None}
    methods: dict[str, dict[str, Any]] = {}
    for name in given.method.split(","):
        spec = find("method", name.strip())
        known = {param.name for param in spec.params}
        methods[spec.name] = spec.parse({name: value for name, value in stated.items() if name in known})
    for name in stated:
        if not any(name in params for params in methods.values()):
            raise HeatlensError(f"{_flag(name)} is no parameter of {', '.join(methods)}; see 'heatlens methods'.")
    return methods


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")
