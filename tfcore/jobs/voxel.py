"""Everything that is known of one pixel of a picture, or voxel of a volume, that a network segments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tfcore.data.truth import truths_of
from tfcore.engine.context import Context
from tfcore.errors import HeatlensError
from tfcore.explain.drawn import mask_of
from tfcore.results import Insert, Voxel
from tfcore.trust.ensemble import Ensemble


def voxel(
    context: Context,
    model: str,
    picture: str,
    x: int,
    y: int,
    passes: int = 100,
    seed: int = 0,
    insert: Insert = None,
    trust: bool = False,
    models: Sequence[tuple[str, bool]] = (),
) -> Voxel:
    """What the network says there, within which limits the passes do, and what is true; without dropout no passes.

    ``models`` are those that say it as one, in place of passes.
    """
    from tfcore.uncertainty.network import DropoutNetwork
    from tfcore.uncertainty.place import at_place

    opened, shown, batch, box = context.ready(model, picture, trust)
    members = None
    if models:
        members, box, _ = Ensemble(context.models.all_of(models)).answers(shown)
    answer = opened.predict(batch)[0] if members is None else members.mean(0)
    drawn = mask_of(opened, shown, answer, box)
    # The place of the answer that the middle of the pixel lies in.
    row = int((y + 0.5 - box.y) / box.height * answer.shape[0])
    column = int((x + 0.5 - box.x) / box.width * answer.shape[1])
    if not (0 <= x < shown.width and 0 <= y < shown.height and 0 <= row < len(answer) and 0 <= column < len(answer[0])):
        raise HeatlensError(f"{shown.path}: the network does not look at {x}, {y}; click inside the part that it sees.")
    samples = None if members is None else members[:, row, column]
    if members is None and (insert is not None or opened.box or DropoutNetwork(opened, opened.program, None).streams):
        samples = at_place(opened, batch, row, column, passes, seed, insert, context.progress)
    true: tuple[str, ...] | None = None
    try:
        if (truth := truths_of(shown, drawn.classes)) is not None and truth.shape[1:] == drawn.labels.shape:
            true = tuple(name for name, there in zip(drawn.classes[1:], truth[:, y, x], strict=True) if there)
    except HeatlensError:
        # The mask says why.
        pass
    here = tuple(name for index, name in enumerate(drawn.classes) if index and drawn.inside(index)[y, x])
    value = tuple(float(each) for each in np.atleast_1d(shown.array[y, x]))
    of = "passes" if members is None else "models"
    return Voxel(str(shown.path), x, y, value, opened.classes, answer[row, column], samples, here, true, of)
