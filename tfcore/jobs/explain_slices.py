"""Many slices of a volume through one method, batch by batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.explain.files import explain_files
from tfcore.explain.region import Region
from tfcore.pictures.many import Left

if TYPE_CHECKING:
    from tfcore.engine.context import Context
    from tfcore.results import Heat


def explain_slices(
    context: Context,
    model: str,
    pictures: Sequence[str],
    method: str,
    layer: str | None = None,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    region: str | None = None,
    trust: bool = False,
) -> dict[str, Heat | str]:
    """The heat of every slice by its address, or the sentence why there is none; each as soon as it is there."""
    opened = context.models.get(model, trust)
    asked = {str(Path(picture)): picture for picture in pictures}
    found: dict[str, Heat | str] = {}
    part = Region.of(region) if region else None
    how = ([method], [layer], target, {method: params or {}}, lambda *_: context.check(), part)
    answers = explain_files(opened, map(Path, pictures), *how)
    for one in answers:
        address = asked[str(one.path)]
        found[address] = one.sentence if isinstance(one, Left) else one.heats[0]
        context.partial({address: found[address]})
        context.progress(len(found), len(pictures))
    return found
