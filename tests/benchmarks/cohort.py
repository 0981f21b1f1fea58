"""What it costs to cut work into parts, and what further workers bring.

Run with ``python -m tests.benchmarks.cohort`` on an idle machine (``--n 320`` for a part of it, ``--ray`` for a cluster
of two nodes on this machine as well, ``--out docs/results`` to write the page, line by line as they are known). Nothing
is asserted: goals stand beside the numbers.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tfcore
from tests.benchmarks.fenced import Pool, begun, busy, ceiling
from tests.benchmarks.recalled import parts_alone
from tests.benchmarks.sleeping import Say, Source, consumed, simulated, through_ray
from tests.tfcore.cohort.nodes import two_nodes
from tests.tfcore.cohort.some_parts import SLOW
from tfcore.cohort.plan import Asked, cut
from tfcore.cohort.rows import Where, rows
from tfcore.cohort.status import status
from tfcore.commands._cohort import passes_of
from tfcore.data.phantom import write
from tfcore.device import memory_held
from tfcore.engine.context import OpenModels
from tfcore.explain.beside import beside
from tfcore.explain.files import TOGETHER, Explained, explain_files
from tfcore.figure.arrays import save_arrays
from tfcore.files import write_whole
from tfcore.models.model import Model
from tfcore.pictures.many import WORKERS

METHODS = "grad-cam,grad-cam++,xgrad-cam,layer-cam,hires-cam,eigen-cam,relevance-cam,xrelevance-cam"
# Of ways that are compared in this process, and of workers.
_TURNS_ALONE, _TURNS = 7, 3
STAGES = ("stage1", "stage2", "stage3", "stage4")


def asked_of(model: Model, out: Path, methods: Sequence[str]) -> Asked:
    how = {"sources": ["demo"], "trust": False, "memory": None, "hashes": [model.hash]}
    figures = {
        "out": out, "overwrite": False, "dpi": 300, "layout": "rows", "keep_identity": False,
        "formats": ["npz"], "display": {}, "masks": ("0.5", "BINARY"),
    }  # fmt: skip
    asked: dict[str, dict[str, Any]] = {name: {} for name in methods}
    arguments = {"models": how, "methods": asked, "layers": list(STAGES), "figures": figures}
    passes = passes_of(model, asked, len(STAGES))
    return Asked("explain_pictures", arguments, TOGETHER, passes)


def placed(paths: Sequence[Path], out: Path) -> list[Source]:
    out.mkdir(parents=True)
    return [(str(path), str(out / f"{path.stem}.npz")) for path in paths]


def plain(model: Model, sources: Sequence[Source], methods: Sequence[str]) -> int:
    """The loop that everybody would write."""
    files = {Path(path): Path(file) for path, file in sources}

    def saved(one: Explained) -> list[Path]:
        return [save_arrays([(heat, one.picture) for heat in one.heats], files[one.path])]

    return consumed(beside(explain_files(model, list(files), methods, STAGES), saved, WORKERS))


def alone(say: Say, model: Model, paths: Sequence[Path], folder: Path, methods: Sequence[str]) -> None:
    """The plain loop against parts in the same process, in turns."""
    models = OpenModels()
    models.hold(asked_of(model, folder, methods).arguments["models"], model)
    plain(model, placed(paths[:TOGETHER], folder / "warm"), methods)
    spent = defaultdict[str, list[tuple[float, float]]](list)
    ways = ["the plain loop", "in parts, not kept", "in parts, kept (--workers 0)"]
    for turn in range(_TURNS_ALONE):
        # No way comes first or last each time.
        for name in ways[turn % 3 :] + ways[: turn % 3]:
            sources = placed(paths, folder / f"{turn} {name}")
            asked = asked_of(model, folder, methods)
            began = time.perf_counter(), time.process_time()
            if name == "the plain loop":
                plain(model, sources, methods)
            else:
                where = Where(folder / f"{turn} parts", 0) if "kept (" in name else None
                consumed(rows(asked, sources, models, where))
            spent[name].append((time.perf_counter() - began[0], time.process_time() - began[1]))
    say(f"{len(paths)} phantoms, demo, {len(methods)} methods at {len(STAGES)} layers, one .npz each, in turns")
    for name, each in spent.items():
        pairs = [*zip(each, spent[ways[0]], strict=True)]
        clock, computing = (median(own[at] / base[at] for own, base in pairs) for at in (0, 1))
        seconds = median(own[0] for own in each)
        say(
            f"  {name:32s} {seconds:8.1f} s   × {clock:.3f} by the clock, × {computing:.3f} of computing, in the same "
            "turn   goal ≤ 1.05"
        )


def several(
    say: Say, model: Model, paths: Sequence[Path], folder: Path, methods: Sequence[str], address: str | None
) -> None:
    """One worker on one core against two on two, and those of a cluster, each with the one who asks."""
    cores = sorted(os.sched_getaffinity(0))[:2]
    say(
        f"\n{len(paths)} of them by workers of one core each, the one who asks fenced to the same cores, {_TURNS} times"
    )
    pools = {
        "1 process on 1 core": (Pool(1), cores[:1]),
        "2 processes on 2 cores": (Pool(2), cores),
    }
    if address:
        pools["2 workers of a Ray cluster"] = Pool(2, address), cores
    spent, computed, machine = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list), list[float]()
    asked = asked_of(model, folder, methods)
    part = len(cut(asked, placed(paths, folder / "cut"))[0].sources)
    with ExitStack() as stack:
        seconds = {name: stack.enter_context(begun(*each)) for name, each in pools.items()}
        for name, (pool, _) in pools.items():
            # A part for each worker, so that none of them is still opening the model while it is timed.
            seconds[name](asked, placed(paths[: pool.count * part], folder / f"w {name}"), folder / f"w parts {name}")
        # In turns, since a machine is not always as fast.
        for turn, name in product(range(_TURNS), pools):
            if name == next(iter(pools)):
                machine.append(ceiling(cores))
            every, before = placed(paths, folder / f"all {turn} {name}"), busy(pools[name][1])
            spent[name].append(seconds[name](asked, every, folder / f"parts {turn} {name}"))
            computed[name].append(busy(pools[name][1]) - before)
    ends = f"{min(machine):.2f} to {max(machine):.2f}"
    say(f"  of this machine, by 2 processes that only count, a core each: {median(machine):.2f} times one ({ends})")
    base, processes, *_ = spent.values()
    for number, (name, each) in enumerate(spent.items()):
        times, more = (median(a / b for a, b in zip(to, each, strict=True)) for to in (base, processes))
        goals = ("", "goal ≥ 1.8", f"{100 * (1 / more - 1):+.1f} % to processes, goal within 10")
        every = ", ".join(f"{one:.1f}" for one in each)
        share = sum(computed[name]) / sum(each) / len(pools[name][1])
        work = sum(computed[name]) / len(each) / len(paths) * 1e3
        say(f"  {name:28s} {every} s   {times:.2f} times as fast in the same turn   {goals[number]}")
        say(f"  {'':28s} {100 * share:.0f} % of it computing, {work:.0f} ms for a picture")


def overhead(say: Say, folder: Path, count: int) -> None:
    """Rows without any work: what is ours. And how much memory so many addresses take, and how long a status."""
    data = folder / "small"
    data.mkdir()
    for number in range(count):
        (data / f"{number:06d}.bin").write_bytes(b"x" * (number % 50))
    sources = [(str(data / f"{number:06d}.bin"),) for number in range(count)]
    asked, where = Asked(SLOW, {}), Where(folder / "small parts", 0)
    seen: list[int] = []
    began = time.perf_counter()
    for number, _ in enumerate(rows(asked, sources, OpenModels(), where)):
        if number % max(1, count // 4) == 0:
            seen.append(memory_held() // 2**20)
    spent = time.perf_counter() - began
    again = time.perf_counter()
    consumed(rows(asked, sources, OpenModels(), where))
    again = time.perf_counter() - again
    asked_at = time.perf_counter()
    status(where.folder)
    answered = time.perf_counter() - asked_at
    say(f"\n{count:,} addresses of small files, no network")
    say(
        f"  {spent / count * 1e3:.3f} ms a picture for all that parts need; {again / count * 1e3:.3f} to find them done"
    )
    say(f"  memory while they come: {', '.join(f'{each} MB' for each in seen)}   goal: flat")
    say(f"  status in {answered:.2f} s   goal ≤ 1 s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=2000, help="phantoms")
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--parts", type=int, default=4000, help="that sleep, at most")
    parser.add_argument("--methods", default=METHODS)
    parser.add_argument("--ray", action="store_true", help="on a cluster of two nodes as well")
    parser.add_argument("--out", type=Path, metavar="DIR")
    given = parser.parse_args()
    how = f"python -m tests.benchmarks.cohort --n {given.n}" + (" --ray" if given.ray else "")
    lines = ["# What parts cost, and what workers bring", "", f"Made by `{how}`.", "", "```"]

    def say(line: str) -> None:
        print(line, flush=True)
        lines.append(line)
        if given.out:
            # As far as it is: who ends it early keeps what is known.
            write_whole(given.out / "cohort.md", "\n".join([*lines, "```", ""]), overwrite=True)

    methods = given.methods.split(",")
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        table = write(folder / "phantoms", n=given.n, size=128)
        paths = sorted(path for path in table.parent.glob("*/*.png") if path.parent.name != "masks")
        overhead(say, folder, given.addresses)
        simulated(say, folder, given.parts)
        say("")
        model = tfcore.load_model("demo")
        # Three ways of them, many times each: some tell as much.
        some, many = paths[: max(40, given.n // 8)], paths[: max(40, given.n // 4)]
        alone(say, model, some, folder / "alone", methods)
        explained = [one for one in explain_files(model, some[:64], methods, STAGES) if isinstance(one, Explained)]
        parts_alone(say, explained, folder / "recalled")
        del explained
        if given.ray:
            with TemporaryDirectory(prefix="r", dir="/tmp") as short, two_nodes(Path(short)) as address:
                several(say, model, many, folder / "several", methods, address)
            through_ray(say, folder, given.parts)
        else:
            several(say, model, many, folder / "several", methods, None)


if __name__ == "__main__":
    main()
