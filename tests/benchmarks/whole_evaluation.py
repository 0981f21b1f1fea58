"""What a whole evaluation costs: phantoms × methods × the demo's four stages × every metric, and where the time goes.

Run with ``python -m tests.benchmarks.whole_evaluation`` (ten minutes; ``--n 20`` for a part, ``--out docs/results`` to
write the page); with ``--workers 2`` as the command of that name does it, whose steps are not timed one by one. Nothing
is asserted: the goal stands beside the numbers.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

import tfcore
from tests.benchmarks.localisation import SEED, STAGES, page, phantoms
from tfcore.evaluate import run as running
from tfcore.evaluate.asked import Asked
from tfcore.evaluate.files import PARTS
from tfcore.evaluate.run import Evaluation
from tfcore.registry import catalogue
from tfcore.report import write_report

# Of 004; score-cam, which runs the network once per channel and so again in each rerun, may be asked for.
METHODS = "grad-cam,grad-cam++,xgrad-cam,layer-cam,relevance-cam,xrelevance-cam"
_GOAL = "goal for 200 on 2 cores: ≤ 600 s"


Seconds = defaultdict[str, np.ndarray]


def now() -> np.ndarray:
    """By the clock and of computing, that of all threads (which other programs hardly disturb)."""
    return np.array([time.perf_counter(), time.process_time()])


@contextmanager
def timed(where: Any, name: str, into: Seconds, of: Callable[..., str]) -> Iterator[None]:
    """Seconds of every call of ``where.name``, by what ``of`` makes of its arguments."""
    plain = getattr(where, name)

    def measured(*given: Any, **named: Any) -> Any:
        began = now()
        found = plain(*given, **named)
        into[of(*given)] += now() - began
        return found

    setattr(where, name, measured)
    try:
        yield
    finally:
        setattr(where, name, plain)


def main() -> None:
    """Measure, print, and write if wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200, help="phantoms (default 200)")
    parser.add_argument("--methods", default=METHODS, help=f"default: {METHODS}")
    parser.add_argument("--layers", default=",".join(STAGES), help="default: the four stages")
    parser.add_argument("--out", type=Path, help="folder for whole-evaluation.md")
    parser.add_argument("--metrics", default=",".join(spec.name for spec in catalogue("metric")), help="default: all")
    parser.add_argument("--workers", type=int, help="measure the command with so many")
    given = parser.parse_args()
    lines = _in_steps(given) if given.workers is None else _by_workers(given)
    print(*lines, sep="\n")
    if given.out:
        about = (_STEPS if given.workers is None else _WORKERS).format(" ".join(sys.argv[1:]))
        page(given.out.resolve() / "whole-evaluation.md", [about, "```", *lines, "```", ""])


def _by_workers(given: argparse.Namespace) -> list[str]:
    """The whole command, from the start of its process to its end."""
    with phantoms(given.n, SEED) as data, tempfile.TemporaryDirectory() as folder:
        line = [sys.executable, "main.py", "evaluate", str(data.root), "--model", "demo"]
        for name in ("methods", "layers", "metrics", "workers"):
            line += [f"--{name}", str(getattr(given, name))]
        began = time.perf_counter()
        subprocess.run([*line, "--out", f"{folder}/out"], check=True, stdout=subprocess.DEVNULL)
        clock = time.perf_counter() - began
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return [
        _title(given),
        f"  by {given.workers} workers, with start, tables and report: {clock:.0f} s by the clock, "
        f"{spent.ru_utime + spent.ru_stime:.0f} s of computing   {_GOAL}",
    ]


def _title(given: argparse.Namespace) -> str:
    many = {name: len(getattr(given, name).split(",")) for name in ("methods", "layers", "metrics")}
    return f"{given.n} phantoms, demo, " + ", ".join(f"{number} {name}" for name, number in many.items())


def _in_steps(given: argparse.Namespace) -> list[str]:
    """In this process, and where the time goes."""
    seconds: Seconds = defaultdict(lambda: np.zeros(2))
    held: dict[int, float] = {}
    model = tfcore.load_model("demo")

    def progress(done: int, _total: int) -> None:
        held[done] = _megabytes()

    with phantoms(given.n, SEED) as data, tempfile.TemporaryDirectory() as folder:
        began = now()
        asked = given.methods.split(","), given.metrics.split(",")
        layers = given.layers.split(",")
        evaluation = Evaluation(model, data, *asked, layers, parts=Path(folder) / PARTS)
        with (
            timed(running, "explain_many", seconds, lambda *_: "heatmaps, those of the reruns as well"),
            timed(Asked, "__call__", seconds, lambda metric, *_: metric.name),
        ):
            for _ in evaluation.measured(progress):
                pass
        measured = now()
        table = evaluation.table()
        table.write(folder)
        write_report(evaluation, table, folder)
        ended = now()
    lines = [_title(given)]
    rows = sorted(seconds.items(), key=lambda row: -row[1][1])
    for name, (clock, computing) in [*rows, ("tables and report", ended - measured), ("all of it", ended - began)]:
        lines.append(f"  {name:40s} {clock:8.1f} s   {computing:8.1f} s of computing")
    each, computing = (measured - began) / given.n
    lines.append(f"  {each:.2f} s and {computing:.2f} s of computing for a picture   {_GOAL}")
    marks = [done for done in sorted(held) if done % 40 == 0 or done == given.n]
    lines.append("  memory: " + ", ".join(f"{held[done]:.0f} MB after {done}" for done in marks))
    return lines


_MADE = "# What a whole evaluation costs\n\nMade by `python -m tests.benchmarks.whole_evaluation {}`: "
_WORKERS = _MADE + (
    "the command `heatlens evaluate --workers`, every metric of every map, from the start of its process to tables and "
    "report. Each worker has its share of the cores. Seconds of computing are those of all processes.\n"
)
_STEPS = _MADE + (
    "every metric of every map, with tables, report and the parts from which it would go on. Seconds of computing are "
    "those of all threads: two groups of pictures are measured at a time, and what the other does meanwhile is counted "
    "with a metric, so the rows are shares, and the last ones the sum (a single group, `--n 16`, has exact rows). "
    "Insertion and deletion are asked together: the one that comes first holds the time of both. "
    "A metric that explains again (sanity, "
    "max-sensitivity, layer-dropout) contains its heatmaps. Memory is what the process holds, and grows by "
    "the numbers that are kept.\n"
)


def _megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (line,) = (line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
