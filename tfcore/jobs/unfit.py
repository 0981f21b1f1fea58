"""What cannot be asked of a model, and why: so that nobody has to find out in the middle of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfcore.errors import HeatlensError
from tfcore.explain.many import asks_of
from tfcore.registry import catalogue

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def unfit(context: Context, model: str, trust: bool = False) -> dict[str, str]:
    """A sentence for each method that the model lacks something for, and for each metric."""
    opened = context.models.get(model, trust)
    found: dict[str, str] = {}
    for spec in catalogue("method"):
        context.check()
        try:
            asks_of(opened, spec.name, None, {})
        except HeatlensError as why:
            found[spec.name] = str(why)
    for metric in catalogue("metric"):
        if "probabilities" in metric.needs:
            try:
                opened.outputs.check_probabilities(metric.name)
            except HeatlensError as why:
                found[metric.name] = str(why)
    return found
