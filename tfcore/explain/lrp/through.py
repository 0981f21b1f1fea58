"""Concept relevance: only what passes chosen channels of a layer goes on down (CRP; Achtibat et al. 2023).

Relevance is linear in where it comes from, so the maps of all channels of a layer add up to what passes the layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import sent
from tfcore.lazy import tf
from tfcore.models.layers import resolve
from tfcore.models.model import Model
from tfcore.models.program import Program
from tfcore.models.reference import pooled
from tfcore.models.traced import Traced
from tfcore.pictures.find import find
from tfcore.pictures.many import Left, Ready, many, stacked
from tfcore.registry import Param

THROUGH = Param(
    "through",
    "text",
    None,
    "only relevance that passes these channels of a layer: LAYER:CHANNEL, counted from 0, more with commas "
    "(concept relevance; empty: all)",
    optional=True,
    like=(r".+:\s*\d+(\s*,\s*\d+)*", "channels of a layer as in stage3:17"),
)
# Of a folder of references so many are looked at, and named.
_LOOKED_AT, _NAMED = 500, 5
AMONG = Param(
    "among",
    "text",
    None,
    f"folder in whose first {_LOOKED_AT} pictures those are found that excite these channels most (empty: none)",
    optional=True,
    path="folder",
)


@dataclass(frozen=True, eq=False)
class Through:
    """A value of the program, 1 at its chosen channels, and the values that come later than it.

    What is traced for a layer serves all of its channels: it is given the mask.
    """

    number: int
    mask: np.ndarray
    later: frozenset[int]

    def cut(self, found: dict[int, Any], mask: Any) -> dict[int, Any]:
        """Of the relevance so far what goes on: what went past the layer does not, what lies above is known."""
        kept = {number: relevance for number, relevance in found.items() if number in self.later}
        return {**kept, self.number: found[self.number] * mask}


def through(program: Program, text: str | None) -> Through | None:
    """Which channels a setting names."""
    if text is None:
        return None
    name, _, listed = text.rpartition(":")
    step = resolve(program, name.strip())
    count = int(step.shape[-1] or 0)
    chosen = [int(one) for one in listed.split(",")]
    if max(chosen) >= count:
        raise HeatlensError(f"through = {text!r}: the channels of {step.path} are numbers from 0 to {count - 1}.")
    later = program.steps[program.steps.index(step) + 1 :]
    mask = np.isin(np.arange(count), chosen).astype(np.float32)
    return Through(step.output, mask, frozenset(number for each in later for number in each.outputs))


def excited(model: Model, text: str, folder: str) -> dict[str, float]:
    """The pictures of a folder, without cards or labels, by how strongly these channels answer to them on average, the
    strongest first.
    """
    if not sent(folder).is_dir():
        raise HeatlensError(f"among = {folder!r} is no folder of pictures; name one that is there.")
    channels = through(model.program, text)
    assert channels is not None

    def run(batch: Any) -> Any:
        found = model.program.run({model.program.input: batch}, [channels.number])
        return tf.reduce_sum(pooled(found[channels.number]) * channels.mask, -1)

    traced = model.compiled(("excited", text), lambda: Traced(run, [model.signature]))

    def answered(some: list[Ready[Path]]) -> Iterator[tuple[str, float]]:
        for one, value in zip(some, traced(tf.constant(stacked(some))).numpy().tolist(), strict=True):
            yield str(one.source), value

    paths = islice(find([sent(folder)]), _LOOKED_AT)
    found = dict(one for one in many(paths, model.prepare_with_boxes, answered, 8) if not isinstance(one, Left))
    if not found:
        raise HeatlensError(f"among = {folder!r} holds no picture that can be read; name a folder that does.")
    return dict(sorted(found.items(), key=lambda one: -one[1])[:_NAMED])
