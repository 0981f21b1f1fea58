"""Pictures that were explained before, so that nothing is left but what parts cost. A part of ``cohort``."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from tests.benchmarks.sleeping import Say, consumed
from tfcore.cohort.plan import Asked
from tfcore.cohort.rows import Where, rows
from tfcore.engine.context import Context, OpenModels
from tfcore.explain.files import Explained
from tfcore.jobs.explain_pictures import row_of
from tfcore.jobs.part import Row, Source

_KIND = "tests.benchmarks.recalled:recalled"
_known: dict[Path, Explained] = {}


def recalled(context: Context, parts: Sequence[Sequence[Source]]) -> Iterator[Row]:
    """The rows of what is known already."""
    for (address,) in chain.from_iterable(parts):
        yield row_of(_known[Path(address)], [Path(address)])


def parts_alone(say: Say, explained: Sequence[Explained], folder: Path, turns: int = 20) -> float:
    """Milliseconds of computing for a picture: its row, hashing its file, keeping the part and reading it back."""
    _known.update({one.path: one for one in explained})
    sources = [(str(one.path),) for one in explained]
    spent = []
    for turn in range(turns):
        began = time.process_time()
        consumed(rows(Asked(_KIND, {}), sources, OpenModels(), Where(folder / str(turn), 0)))
        spent.append(time.process_time() - began)
    _known.clear()
    each = min(spent) / len(sources) * 1e3
    say(f"  what parts add, of {len(sources)} pictures explained before: {each:.2f} ms a picture   goal ≤ 2 ms")
    return each
