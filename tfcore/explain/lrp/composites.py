"""Which linear layer follows which rule: a table from a layer's path or type to a rule."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from tfcore.errors import HeatlensError
from tfcore.explain.lrp.graph import first_linear
from tfcore.explain.lrp.linear import LINEAR, is_linear
from tfcore.explain.lrp.rules import Rule
from tfcore.models.program import Program, Step

# Besides paths (with * and ?) and types: the layers that read the picture, and all that nothing else names.
FIRST, OTHERS = "first", "others"
Composite = Mapping[str, Rule]


def assigned(program: Program, rules: Composite) -> dict[Step, Rule]:
    """The rule of every linear layer: its path decides before being first, that before its type."""
    first = first_linear(program)
    paths = [step.path for step in program.steps]
    kinds = {step.kind for step in program.steps}
    for name in rules:
        if name not in (FIRST, OTHERS, *LINEAR, *kinds) and not any(fnmatchcase(path, name) for path in paths):
            raise HeatlensError(
                f"composite names {name!r}, and the model has no such layer; name a layer's path (* stands for any "
                f"text), a type such as Conv2D or Dense, {FIRST} or {OTHERS}."
            )
    return {step: _rule(step, step in first, rules) for step in program.steps if is_linear(step.operation)}


def _rule(step: Step, is_first: bool, rules: Composite) -> Rule:
    by_path = (rule for name, rule in rules.items() if fnmatchcase(step.path, name) and name != step.kind)
    found = next(by_path, None) or (rules.get(FIRST) if is_first else None) or rules.get(step.kind)
    return found or rules[OTHERS]
