"""``heatlens train``: from data and a recipe to a run folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._cohort import add_cohort_flags, check_cohort_flags, where_of
from tfcore.commands._lists import print_json
from tfcore.commands._params import add_setting_flags, separated, stated_settings
from tfcore.commands._reading import add_reading_flags, stated_reading
from tfcore.commands._words import say
from tfcore.errors import Cancelled, HeatlensError
from tfcore.registry import Param

if TYPE_CHECKING:
    from tfcore.training.watch import Watch

_STAYS = "A run is learnt from all pictures and written into its folder by the worker that trains it"
_FOLDS = Param("folds", "int", None, "parts of a cross-validation", low=2, high=1000, optional=True)
_SEEDS = Param("seeds", "int", None, "runs from as many seeds", low=2, high=1000, optional=True)


def add(commands: Any) -> None:
    """Describe the command, with every setting of the recipes and architectures from their Specs."""
    parser = commands.add_parser(
        "train",
        help="train a network by a recipe",
        description="Train a network and write a run folder: model, card, history, report (HTML, JSON, CSV), plots. "
        "Ctrl-C, or 'heatlens stop DIR' elsewhere, keeps the best epoch so far; --resume goes on.",
    )
    parser.add_argument("data", metavar="DATA", help="folder, table, COCO file or session")
    add_reading_flags(parser)
    parser.add_argument("--recipe", default="mri-4class", help="see 'heatlens recipes'")
    parser.add_argument("--arch", help="architecture (see 'heatlens models'); default: the recipe's own")
    parser.add_argument("--epochs", type=int, help="passes over the training pictures; default: the recipe's own")
    parser.add_argument("--seed", type=int, default=0, help="the same seed trains the same network (default 0)")
    parser.add_argument("--weights", help="imagenet, or a file of weights to start from")
    parser.add_argument("--folds", type=int, metavar="K", help="cross-validation: mean ± sd over K folds")
    parser.add_argument(
        "--seeds", type=int, metavar="K", help="mean ± sd over K runs, from --seed on, on the same sides"
    )
    parser.add_argument("--resume", action="store_true", help="go on with the run in DIR, as it was begun")
    parser.add_argument("--drop-duplicates", action="store_true", help="drop copies, keep near copies on one side")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="a new folder for the run")
    parser.add_argument("--device", help="cpu, gpu:0 …; default: every GPU there is")
    parser.add_argument(
        "--machines", type=separated, metavar="HOST:PORT,…", help="learn one run together; the first machine writes it"
    )
    parser.add_argument("--machine", type=int, metavar="N", help="which of --machines this is, counted from 1")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    add_cohort_flags(parser)
    add_setting_flags(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    from tfcore.explain.params import SEED
    from tfcore.training.plan import plan

    # What is wrong with the request is said before TensorFlow is waited for.
    SEED.parse(given.seed)
    _FOLDS.parse(given.folds)
    _SEEDS.parse(given.seeds)
    check_cohort_flags(given, _STAYS)
    if (where := where_of(given, given.out, False)) and not (given.folds or given.seeds):
        raise HeatlensError("One training is one process; --workers and --cluster share out --folds or --seeds.")
    if given.plan:
        raise HeatlensError("How long a training takes is told after its first epoch; leave --plan out.")
    if (given.machines is None) != (given.machine is None):
        raise HeatlensError("--machines names all of them and --machine which one this is; give both or none.")
    settings, reading = stated_settings(given), stated_reading(given)
    plan(given.recipe, given.arch, given.seed, given.weights, epochs=given.epochs, **settings)

    from tfcore.device import start_tensorflow

    start_tensorflow(given.device)
    machines = None
    if given.machines is not None:
        from tfcore.training.machines import Machines

        say(
            f"machine {given.machine} of {len(given.machines)}: waiting for the others; TensorFlow listens on every "
            "interface of this machine at its port, so keep it behind a firewall"
        )
        machines = Machines(given.machines, given.machine)
    from tfcore.training.run import train

    by = None
    if where is not None:
        from tfcore.cohort.runs import trained_by

        by = trained_by(where, say)
    with _watching(given.out) as watch:
        finished = train(
            given.data,
            given.recipe,
            given.arch,
            given.out,
            given.epochs,
            given.seed,
            given.weights,
            folds=given.folds,
            seeds=given.seeds,
            resume=given.resume,
            drop_duplicates=given.drop_duplicates,
            reading=reading,
            watch=watch,
            by=by,
            machines=machines,
            **settings,
        )
    if machines is not None and not machines.first:
        say(f"the run is written by the first machine ({given.machines[0]})")
        return 0
    if given.json:
        print_json(finished.report)
    else:
        _summary(finished.report)
        print(finished.folder / "report.html")
    return 0


def _summary(report: Mapping[str, Any]) -> None:
    if "sd" in report:
        for name, mean in report["mean"].items():
            print(f"{name} {mean:.3f} ± {report['sd'][name]:.3f}", file=sys.stderr)
    elif "regions" in report:
        text = ", ".join(f"{name} {each['dice']['mean']:.3f}" for name, each in report["regions"].items())
        print(f"{report['cases']} test cases: Dice {text}", file=sys.stderr)
    else:
        low, high = report["accuracy interval"]
        text = f"accuracy {report['accuracy']:.3f} ({low:.3f} to {high:.3f}), macro F1 {report['macro']['f1']:.3f}"
        print(f"{report['n']} test pictures: {text}", file=sys.stderr)


@contextmanager
def _watching(out: Path) -> Iterator[Watch]:
    """A bar with the time left on a terminal, a line per epoch everywhere; after Ctrl-C, what is left."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from tfcore.training.watch import Watch

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def tick(done: int, total: int, text: str) -> None:
            if total != bar.tasks[0].total or done < bar.tasks[0].completed:
                bar.reset(task, total=total)
            bar.update(task, completed=done, description=text)

        try:
            yield Watch(
                tick=tick,
                epoch=lambda row: console.print(_line(row), markup=False),
                say=lambda sentence: console.print(sentence, markup=False),
            )
        except (KeyboardInterrupt, Cancelled):
            if (out / "model.keras").exists():
                console.print(f"The best epoch so far is in {out / 'model.keras'}; --resume goes on.", markup=False)
            raise


def _line(row: Mapping[str, Any]) -> str:
    figures = [name for name in ("accuracy", "macro-f1", "dice") if f"val_{name}" in row]
    learnt = "".join(f"  {name} {row[name]:.3f}" for name in figures if name in row)
    measured = "".join(f"  {name.replace('-f1', ' F1')} {row[f'val_{name}']:.3f}" for name in figures)
    return (
        f"epoch {row['epoch']} ({row['stage']})  loss {row['loss']:.4f}{learnt}  "
        f"validation: loss {row['val_loss']:.4f}{measured}  {row['seconds']:.1f} s"
    )
