"""One picture through many methods at many layers, so that they can be seen beside each other."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from tfcore.engine.context import Context
from tfcore.errors import Cancelled, HeatlensError, known_fault
from tfcore.explain.explanation import Explanation
from tfcore.registry import Runner, find, function
from tfcore.results import Heat

# A method at a layer (None: the model's default).
Place = tuple[str, str | None]


def compare(
    context: Context,
    model: str,
    picture: str,
    methods: Sequence[str],
    layers: Sequence[str | None] = (None,),
    target: int | str | None = None,
    params: Mapping[str, Mapping[str, Any]] | None = None,
    region: str | None = None,
    trust: bool = False,
) -> dict[Place, Heat | str]:
    """The heat of every method at every layer, row by row, or the sentence that says why there is none.

    Methods at input resolution appear once, as in ``explain_many``. Methods that share their passes through the
    network come together, each such group ahead of the end as a part of the result.
    """
    from tfcore.explain import explain_many
    from tfcore.explain.heat import heat_of
    from tfcore.explain.region import Region

    opened, shown, batch, box = context.ready(model, picture, trust)
    part_of = None if region is None else Region.of(region)
    seen = part_of and part_of.seen(shown, box, *batch.shape[1:3])
    order = places(methods, layers)
    found: dict[Place, Heat | str] = {}

    def progress(together: int, done: int, total: int) -> None:
        context.progress(len(found) + together * done // max(total, 1), len(order))

    def explained(methods: Sequence[str], layers: Sequence[str | None]) -> Mapping[Place, Explanation]:
        report = partial(progress, len(places(methods, layers)))
        return explain_many(opened, batch, methods, layers, target, params, report, seen)

    def tried(methods: Sequence[str], layers: Sequence[str | None]) -> dict[Place, Heat | str]:
        context.check()
        try:
            maps = explained(methods, layers)
            return {place: heat_of(opened, shown, one, box, 0, part_of) for place, one in maps.items()}
        except Cancelled:
            raise
        except Exception as error:  # one that fails must not take the others with it
            asked = places(methods, layers)
            if len(asked) == 1:
                return {asked[0]: _sentence(asked[0], error)}
            # Apart, those that can be answered are.
            if len(methods) > 1:
                parts = [tried([method], layers) for method in methods]
            else:
                parts = [tried(methods, [layer]) for _, layer in asked]
            return {place: one for part in parts for place, one in part.items()}

    for together in _sharing_passes(methods):
        part = tried(together, layers)
        found |= part
        context.partial(part)
    return {place: found[place] for place in order}


def places(methods: Sequence[str], layers: Sequence[str | None]) -> list[Place]:
    return [(method, layer) for method in methods for layer in find("method", method).places(layers)]


def _sharing_passes(methods: Sequence[str]) -> list[list[str]]:
    groups: dict[Runner, list[str]] = {}
    for method in methods:
        groups.setdefault(function(find("method", method)), []).append(method)
    return list(groups.values())


def _sentence(place: Place, error: Exception) -> str:
    if isinstance(error, HeatlensError):
        return str(error)
    # The engine's stderr is its log.
    traceback.print_exception(error)
    if said := known_fault(error):
        return f"{place[0]}: {said}"
    return f"{place[0]} failed inside ({type(error).__name__}); the details are in the engine's log."
