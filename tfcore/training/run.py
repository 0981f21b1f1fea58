"""Training from data to run folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from tfcore.data.dataset import Dataset
from tfcore.data.splits import save_split
from tfcore.device import versions
from tfcore.dropped import models_of
from tfcore.errors import HeatlensError
from tfcore.files import sha256
from tfcore.training.folder import RunFolder
from tfcore.training.honest import know_again, make_honest
from tfcore.training.machines import Machines
from tfcore.training.plan import Plan, plan
from tfcore.training.report import several_report, write_report
from tfcore.training.session import Session, task_of
from tfcore.training.several import By, Report, Several, several
from tfcore.training.sides import Sides, cleaned, data_hash, opened, placed
from tfcore.training.watch import Watch


@dataclass(frozen=True)
class Run(os.PathLike[str]):
    """A finished run: its folder and what its report says (the figures of report.json)."""

    folder: Path
    report: Mapping[str, Any]

    def __fspath__(self) -> str:
        return str(self.folder)

    @property
    def model(self) -> Path:
        """The network of the best epoch; of several runs, that of the first."""
        return Path(models_of(self.folder)[0])


def train(
    data: Dataset | str | Path,
    recipe: str = "mri-4class",
    arch: str | None = None,
    out: str | Path | None = None,
    epochs: int | None = None,
    seed: int = 0,
    weights: str | Path | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    *,
    folds: int | None = None,
    seeds: int | None = None,
    resume: bool = False,
    drop_duplicates: bool = False,
    reading: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
    by: By | None = None,
    machines: Machines | None = None,
    **settings: Any,
) -> Run:
    """A run folder with the network of the best epoch, its card, history, figures and report.

    ``settings`` are the recipe's and the architecture's (``heatlens recipes --json``), ``reading`` are keywords of
    :func:`tfcore.data.open_data`. ``folds`` asks for cross-validation, ``seeds`` for as many runs from ``seed`` on;
    ``by`` trains these elsewhere (:func:`tfcore.cohort.runs.trained_by`); ``machines`` learn one run together, and the
    first of them writes it. ``progress(done, total, text)`` is called
    after every step; what it raises ends the run, and the best epoch so far is kept. ``resume`` goes on where a run of
    the same plan stopped, to the same result; settings that are not stated are those it was begun with.

    >>> tfcore.train("brain_mri", "mri-4class", arch="cnn-5", out="run", epochs=20).report["accuracy"]  # doctest: +SKIP
    """
    if out is None:
        raise HeatlensError("train needs out, the folder to write the run into.")
    if folds is not None and folds < 2:
        raise HeatlensError(f"folds = {folds} is too few; cross-validation takes 2 or more.")
    if seeds is not None and (seeds < 2 or folds is not None):
        raise HeatlensError("seeds takes 2 or more, and no folds beside it; leave one of the two out.")
    if by is not None and not (folds or seeds):
        raise HeatlensError("One run is trained by one process; ask for several runs by folds or seeds.")
    if watch is None:
        watch = Watch() if progress is None else Watch(tick=progress)
    if machines is not None and (folds or seeds):
        raise HeatlensError("Several machines learn one run together; leave folds and seeds out.")
    intended = plan(recipe, arch, seed, weights, drop_duplicates, epochs=epochs, **settings)
    with ExitStack() as stack:
        if machines is not None and not machines.first:
            # What the first one writes is the run.
            out = stack.enter_context(TemporaryDirectory(prefix="heatlens-"))
        folder = RunFolder(out)
        if resume:
            if machines is not None:
                machines.copied(folder.path, folder.needed)
            stated = [name for name in settings if settings[name] is not None]
            intended = intended.going_on(folder.stored() or {}, stated)
        stack.enter_context(folder.claimed(intended, resume))
        watch = folder.heeding(watch)
        for note in intended.notes:
            watch.say(note)
        pictures = opened(data, intended, reading or {})
        facts = {"data": data_hash(pictures, watch.tick), **({"reading": dict(reading)} if reading else {})}
        if machines is not None:
            machines.agree({**intended.as_dict(), **facts})
        if count := folds or seeds:
            kind: Literal["fold", "seed"] = "fold" if folds else "seed"
            runs = several(intended, data, reading or {}, out, kind, count, facts, watch.tick, pictures)
            return _together(runs, by or (lambda runs: _each(runs, watch)))
        sides = placed(cleaned(pictures, intended, watch.tick), intended)
        return _one(intended, sides, folder, facts, watch, machines)


def _one(
    plan: Plan,
    sides: Sides,
    folder: RunFolder,
    facts: dict[str, Any],
    watch: Watch,
    machines: Machines | None = None,
) -> Run:
    for note in sides.notes:
        watch.say(note)
    folder.begin(plan, **facts)
    facts = {
        **facts,
        "split": sha256(save_split(sides.data, folder.split, overwrite=True)),
        "mean recall of": task_of(plan, sides.data).mean_of,
    }
    folder.begin(plan, **facts)
    provenance = {**plan.as_dict(), **facts, "versions": versions()}
    session = Session(plan, sides, folder, watch, provenance, machines)
    for note in session.notes:
        watch.say(note)
    session.run()
    left = [make_honest(session), know_again(session)]
    pictures, answers = session.predictions("test")
    gathered = session.task.gathered(answers, pictures)
    notes = [*plan.notes, *sides.notes, *session.notes, *filter(None, left)]
    return Run(folder.path, write_report(folder, session, pictures, gathered, {**sides.facts, **facts}, notes))


def one_of(several: Several, number: int, watch: Watch) -> Run:
    """One of the runs, in a folder of its own; begun anew or gone on with."""
    plan, sides = several.each[number]
    inner = several.inner(number)
    # A seed is one of the settings already.
    which = {"fold": f"{number} of {several.count}"} if several.kind == "fold" else {}
    with inner.held():
        return _one(plan, sides, inner, {**several.facts, **which}, inner.heeding(watch))


def _each(several: Several, watch: Watch) -> Iterator[Report]:
    """One after the other, here."""
    for number in several.each:
        watch.say(f"{several.kind.capitalize()} {number} of {several.count}.")
        yield one_of(several, number, watch).report


def _together(several: Several, by: By) -> Run:
    """All of them, then their means and deviations."""
    folder, plan = several.folder, several.plan
    folder.begin(plan, **several.facts, **{f"{several.kind}s": several.count})
    reports = [dict(report) for report in by(several)]
    return Run(folder.path, several_report(folder, plan, task_of(plan, several.data), several.kind, reports))
