"""Who computes what a command asks of many pictures: this process, several of them, or a Ray cluster."""

from __future__ import annotations

import argparse
import math
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tfcore.commands._progress import advanced, progress_bar
from tfcore.commands._words import say
from tfcore.errors import Answered, HeatlensError

if TYPE_CHECKING:
    from tfcore.cohort.plan import Asked
    from tfcore.cohort.rows import Where
    from tfcore.data.dataset import Dataset
    from tfcore.engine.context import OpenModels
    from tfcore.jobs.part import Row, Source
    from tfcore.models.model import Model
    from tfcore.trust.ensemble import Ensemble

_MOST = 1024
# Passes of a gradient, back and forth; the side taken for a picture of any size.
_BACK, _OPEN = 4, 256


def add_cohort_flags(parser: argparse.ArgumentParser) -> None:
    """``--workers``, ``--cluster``, and what each worker gets."""
    group = parser.add_argument_group(
        "many pictures",
        "the work is cut into parts, which are kept: the same command goes on where it was ended (see 'heatlens "
        "cohort --help')",
    )
    group.add_argument("--workers", type=int, metavar="N", help="so many processes of this machine; 0: in this process")
    group.add_argument(
        "--cluster", metavar="auto|ADDRESS", help="on a Ray cluster: that of this machine, or as HOST:PORT"
    )
    group.add_argument(
        "--cpus-per-worker", type=int, metavar="N", help="cores of each (default: a share of the machine; on Ray 1)"
    )
    group.add_argument(
        "--gpus-per-worker", type=float, default=0, metavar="N", help="of each worker on Ray (default 0)"
    )
    group.add_argument(
        "--plan",
        action="store_true",
        help="with one of them: say how many parts it makes and how long they take, by two pictures; nothing is kept",
    )
    group.add_argument(
        "--ship",
        action="store_true",
        help="pictures and models travel to workers that do not see the folders, and what is made of them comes back",
    )


def check_cohort_flags(given: argparse.Namespace, stays: str = "") -> None:
    """Say, before anything is opened, what is wrong with them; ``stays`` is why nothing of the work can travel."""
    if given.ship and given.cluster is None:
        raise HeatlensError("--ship takes pictures to the workers of a --cluster; those of this machine see them.")
    if given.ship and stays:
        raise HeatlensError(f"{stays}; share the folders with the workers, without --ship.")
    if given.workers is None and given.cluster is None:
        if given.plan:
            raise HeatlensError("--plan is about parts; say who is to compute them, with --workers or --cluster.")
        return
    if given.workers is not None and not 0 <= given.workers <= _MOST:
        raise HeatlensError(
            f"--workers {given.workers} is no number of processes; give 1 to {_MOST}, or 0 for this one."
        )
    if given.cpus_per_worker is not None and not 1 <= given.cpus_per_worker <= _MOST:
        raise HeatlensError(f"--cpus-per-worker {given.cpus_per_worker} is no number of cores; give 1 or more.")
    if not (math.isfinite(given.gpus_per_worker) and 0 <= given.gpus_per_worker <= _MOST):
        raise HeatlensError(f"--gpus-per-worker {given.gpus_per_worker:g} is no number of GPUs; give 0, 0.5, 1 …")
    if given.out is None:
        raise HeatlensError("--workers and --cluster keep what is finished; say where with --out.")
    if given.cluster is not None:
        from tfcore.cohort.cluster import connected

        # Before models are opened, which takes longer than to see that nobody is there.
        connected(given.cluster)


def where_of(given: argparse.Namespace, out: Path | None, table: bool, data: Dataset | None = None) -> Where | None:
    """Who computes, and where parts are kept (``table``: beside a file, else in the folder of results).

    Of ``data`` what a part needs travels with it, where that is wanted.
    """
    if out is None or (given.workers is None and given.cluster is None):
        return None
    from tfcore.cohort.rows import Where
    from tfcore.cohort.store import folder_of

    workers = given.workers if given.workers is not None else 0 if given.cluster is None else _MOST
    return Where(
        folder_of(out, table),
        workers,
        given.cluster,
        given.cpus_per_worker,
        given.gpus_per_worker,
        getattr(given, "device", None),
        tuple(given.line),
        given.plan,
        getattr(given, "json", False),
        given.ship,
        data if given.ship else None,
        str(out),
    )


@contextmanager
def kept(asked: Asked, sources: Iterable[Source], where: Where, text: str) -> Iterator[Iterator[Row]]:
    """The rows of what is asked of each picture, from parts, beside a bar that says how many are there."""
    from tfcore.cohort.rows import rows
    from tfcore.engine.context import OpenModels

    every = [tuple(source) for source in sources]
    if where.plan:
        _say_plan(asked, every, where, OpenModels())
    with (
        progress_bar(len(every), text) as advance,
        closing(rows(asked, every, OpenModels(), where, say=say)) as found,
    ):
        yield advanced(found, advance)


def answers(
    given: argparse.Namespace,
    kind: str,
    model: Model | Ensemble,
    sources: Sequence[Source],
    out: Path | None,
    table: bool,
    more: Mapping[str, Any],
    data: Dataset | None = None,
    **cost: Any,
) -> Generator[Row]:
    """The rows of a kind of job about models that are open here (see :func:`tfcore.cohort.rows.rows`)."""
    from tfcore.cohort.plan import Asked
    from tfcore.cohort.rows import rows
    from tfcore.engine.context import OpenModels
    from tfcore.models.model import Model

    members = [model] if isinstance(model, Model) else list(model.members)
    how = models_asked(given, members)
    models = OpenModels()
    models.hold(how, model)
    asked = Asked(kind, {"models": how, **more}, facts=facts_of(members), **cost)
    every, where = [tuple(source) for source in sources], where_of(given, out, table, data)
    if where is not None and where.plan:
        _say_plan(asked, every, where, models)
    return rows(asked, every, models, where, say=say)


def _say_plan(asked: Asked, sources: Sequence[tuple[str, ...]], where: Where, models: OpenModels) -> NoReturn:
    """Print what is to be done, and end the command: that was all it was asked."""
    from tfcore.cohort.rows import planned
    from tfcore.plain import json_text

    found = planned(asked, sources, models, where)
    # One line, for a program that reads it.
    print(json_text(asdict(found)) if where.json else found.words)
    raise Answered


def models_asked(given: argparse.Namespace, members: Sequence[Model]) -> dict[str, Any]:
    """How a worker opens the models that are open here."""
    from tfcore.dropped import models_of

    named = [given.model] if isinstance(given.model, str) else given.model
    files = [file for source in named for file in models_of(source)]
    return {
        "sources": files,
        "trust": given.trust,
        "memory": given.memory,
        "hashes": [one.hash for one in members],
        "threshold": getattr(given, "class_threshold", None),
    }


def facts_of(members: Sequence[Model]) -> dict[str, Any]:
    """What the numbers come from besides what is asked."""
    return {"cards": [one.card.as_dict() for one in members]}


def passes_of(model: Model, methods: Mapping[str, Mapping[str, Any]], layers: int) -> int:
    """Of the network for a picture: as many as the methods say; those that go back from the answer do so together."""
    from tfcore.registry import find, function

    total = 0
    back = set()
    for name, given in methods.items():
        spec = find("method", name)
        if spec.passes is None:
            back.add(function(spec))
            continue
        params = spec.parse({key: value for key, value in given.items() if key != "given"})
        sides = (side or _OPEN for side in model.input_shape[:2])
        total += spec.passes(params, *sides)
    return total + _BACK * layers * len(back)
