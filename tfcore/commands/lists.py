"""``heatlens methods``, ``metrics``, ``models`` and ``recipes``: what there is to choose from, from the registry."""

from __future__ import annotations

import argparse
from typing import Any

from tfcore.commands._lists import print_rows
from tfcore.commands._params import separated
from tfcore.registry import MethodSpec, MetricSpec, RecipeSpec, catalogue

# What --help says of each.
_TOLD = {
    "methods": "list the explanation methods and their parameters",
    "metrics": "list the metrics of explanations and their parameters",
    "models": "list the models that can be named where a model is wanted",
    "recipes": "list the training recipes and their settings",
}
_DEMOS = [
    {"model": "demo", "what": "small network trained on phantom brain slices, 128 × 128, 4 classes"},
    {"model": "demo-segmentation", "what": "small U-Net that draws tumours in phantom brain volumes, 64 × 64 × 4"},
]


def add(commands: Any) -> None:
    for name, help in _TOLD.items():
        parser = commands.add_parser(name, help=help)
        parser.add_argument("--json", action="store_true", help="print JSON, with every setting")
        if name in ("methods", "metrics"):
            parser.add_argument("--cite", metavar="NAMES", help="whom to cite for these, as BibTeX")
        parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    if given.command == "models":
        rows = [*_DEMOS, *({"model": f"zoo:{spec.name}", "what": spec.summary} for spec in catalogue("architecture"))]
        print_rows(rows, rows if given.json else None)
        return 0
    if getattr(given, "cite", None):
        from tfcore.report.methods.citations import cited

        print(cited(separated(given.cite)), end="")
        return 0
    specs = catalogue(given.command.removesuffix("s"))
    print_rows([_row(spec) for spec in specs], [spec.as_dict() for spec in specs] if given.json else None)
    return 0


def _row(spec: MethodSpec | MetricSpec | RecipeSpec) -> dict[str, str]:
    parameters = " ".join(f"--{param.name} {param.default}" for param in spec.params if not param.in_code)
    notes = "; ".join(filter(None, (spec.note, spec.terms)))
    summary = spec.summary + (f" ({notes})" if notes else "")
    if isinstance(spec, RecipeSpec):
        return {"recipe": spec.name, "task": spec.family, "architecture": spec.arch or "–", "summary": summary}
    row = {spec.kind: spec.name, "family": spec.family}
    if isinstance(spec, MetricSpec):
        row |= {"better": spec.better, "needs": ", ".join(spec.needs)}
    return {**row, "parameters": parameters, "summary": summary}
