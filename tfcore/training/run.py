"""Training from data to run folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tfcore.data.dataset import Dataset
from tfcore.data.splits import save_split
from tfcore.device import versions
from tfcore.errors import HeatlensError
from tfcore.files import sha256
from tfcore.training.folder import RunFolder
from tfcore.training.honest import know_again, make_honest
from tfcore.training.plan import Plan, plan
from tfcore.training.report import folds_report, write_report
from tfcore.training.session import Session, task_of
from tfcore.training.sides import Cleaned, Sides, cleaned, data_hash, folds, opened, placed
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
        """The network of the best epoch; of cross-validation, that of the first fold."""
        whole = self.folder / "model.keras"
        return whole if whole.exists() else self.folder / "fold-1" / "model.keras"


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
    resume: bool = False,
    drop_duplicates: bool = False,
    reading: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
    **settings: Any,
) -> Run:
    """A run folder with the network of the best epoch, its card, history, figures and report.

    ``settings`` are the recipe's and the architecture's (``heatlens recipes --json``), ``reading`` are keywords of
    :func:`tfcore.data.open_data`. ``folds`` asks for cross-validation. ``progress(done, total, text)`` is called after
    every step; what it raises ends the run, and the best epoch so far is kept. ``resume`` goes on where a run of the
    same plan stopped, to the same result; settings that are not stated are those it was begun with.

    >>> tfcore.train("brain_mri", "mri-4class", arch="cnn-5", out="run", epochs=20).report["accuracy"]  # doctest: +SKIP
    """
    if out is None:
        raise HeatlensError("train needs out, the folder to write the run into.")
    if folds is not None and folds < 2:
        raise HeatlensError(f"folds = {folds} is too few; cross-validation takes 2 or more.")
    if watch is None:
        watch = Watch() if progress is None else Watch(tick=progress)
    intended = plan(recipe, arch, seed, weights, drop_duplicates, epochs=epochs, **settings)
    folder = RunFolder(out)
    if resume:
        intended = intended.going_on(folder.stored() or {}, [name for name in settings if settings[name] is not None])
    with folder.claimed(intended, resume):
        watch = folder.heeding(watch)
        for note in intended.notes:
            watch.say(note)
        pictures = opened(data, intended, reading or {})
        facts = {"data": data_hash(pictures, watch.tick), **({"reading": dict(reading)} if reading else {})}
        clean = cleaned(pictures, intended, watch.tick)
        if folds is not None:
            return _cross_validated(intended, clean, folder, folds, facts, watch)
        return _one(intended, placed(clean, intended), folder, facts, watch)


def _one(plan: Plan, sides: Sides, folder: RunFolder, facts: dict[str, Any], watch: Watch) -> Run:
    for note in sides.notes:
        watch.say(note)
    folder.begin(plan, **facts)
    facts = {
        **facts,
        "split": sha256(save_split(sides.data, folder.split, overwrite=True)),
        "mean recall of": task_of(plan, sides.data).mean_of,
    }
    folder.begin(plan, **facts)
    session = Session(plan, sides, folder, watch, {**plan.as_dict(), **facts, "versions": versions()})
    for note in session.notes:
        watch.say(note)
    session.run()
    left = [make_honest(session), know_again(session)]
    pictures, answers = session.predictions("test")
    gathered = session.task.gathered(answers, pictures)
    notes = [*plan.notes, *sides.notes, *session.notes, *filter(None, left)]
    return Run(folder.path, write_report(folder, session, pictures, gathered, {**sides.facts, **facts}, notes))


def _cross_validated(
    plan: Plan, clean: Cleaned, folder: RunFolder, count: int, facts: dict[str, Any], watch: Watch
) -> Run:
    """A run per fold in a folder of its own, then their means and deviations."""
    parted = folds(clean, plan, count)
    folder.begin(plan, **facts, folds=count)
    runs = []
    for number, sides in enumerate(parted, start=1):
        watch.say(f"Fold {number} of {count}.")
        inner = RunFolder(folder.path / f"fold-{number}")
        with inner.held():
            runs.append(_one(plan, sides, inner, {**facts, "fold": f"{number} of {count}"}, inner.heeding(watch)))
    return Run(folder.path, folds_report(folder, plan, task_of(plan, clean.data), [dict(run.report) for run in runs]))
