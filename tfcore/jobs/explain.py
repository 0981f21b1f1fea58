"""One picture through one method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tfcore.engine.context import Context
from tfcore.explain import explain as explained
from tfcore.explain.explanation import Explanation
from tfcore.explain.heat import heat_of
from tfcore.explain.region import Region
from tfcore.results import Heat
from tfcore.words import percent

# How many estimates are kept to go on with.
_BEGUN = 8


def explain(
    context: Context,
    model: str,
    picture: str,
    method: str,
    layer: str | None = None,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    region: str | None = None,
    trust: bool = False,
) -> Heat:
    """One picture through one method; ``region`` is a text for :class:`tfcore.explain.region.Region`.

    A method that estimates hands over what it has again and again; cancelled, it answers with that, and goes on from
    there when it is asked the same again.
    """
    opened, shown, batch, box = context.ready(model, picture, trust)
    part = None if region is None else Region.of(region)
    seen = part and part.seen(shown, box, *batch.shape[1:3])
    settings = {name: value for name, value in (params or {}).items() if name not in ("budget", "error")}
    question = (model, opened.card.threshold, picture, method, target, repr(sorted(settings.items())), region)
    sure = ""

    def progress(done: int, total: int) -> None:
        context.progress(done, total, sure)

    def heat(found: Explanation) -> Heat:
        return heat_of(opened, shown, found, box, 0, part)

    def so_far(found: Explanation) -> None:
        nonlocal sure
        estimate = heat(found)
        sure = f"±{percent(estimate.facts['error'])}" if "error" in estimate.facts else ""
        context.partial(estimate)

    begun = context.models.begun
    how = {"region": seen, "progress": progress, "so_far": so_far, "resume": begun.pop(question, None)}
    found = explained(opened, batch, method, layer, target, **how, **(params or {}))
    if found.facts.get("unfinished", [False])[0]:
        begun[question] = found
        while len(begun) > _BEGUN:
            del begun[next(iter(begun))]
    return heat(found)
