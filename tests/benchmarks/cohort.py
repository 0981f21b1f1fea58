"""What it costs to cut work into parts, and what further workers bring.

Run with ``python -m tests.benchmarks.cohort`` on an idle machine (``--n 40`` for a part of it, ``--ray`` for a
cluster of two nodes on this machine as well,
``--out docs/results`` to write the page). Nothing is asserted: goals stand beside the numbers.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tfcore
from tests.benchmarks.localisation import page
from tests.benchmarks.sleeping import Say, Source, Warm, consumed, simulated, through_ray
from tests.tfcore.cohort.nodes import two_nodes
from tests.tfcore.cohort.some_parts import SLOW
from tfcore.cohort.plan import Asked
from tfcore.cohort.processes import Processes
from tfcore.cohort.rows import Where, rows
from tfcore.cohort.status import status
from tfcore.cohort.work import Workers
from tfcore.commands._cohort import passes_of
from tfcore.data.phantom import write
from tfcore.device import memory_held
from tfcore.engine.context import OpenModels
from tfcore.explain.beside import beside
from tfcore.explain.files import TOGETHER, Explained, explain_files
from tfcore.figure.arrays import save_arrays
from tfcore.models.model import Model
from tfcore.pictures.many import WORKERS

METHODS = "grad-cam,grad-cam++,xgrad-cam,layer-cam,hires-cam,eigen-cam,relevance-cam,xrelevance-cam"
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
    spent: dict[str, list[float]] = {}
    for turn in range(2):
        for name in ("the plain loop", "in parts, not kept", "in parts, kept (--workers 0)"):
            sources = placed(paths, folder / f"{turn} {name}")
            asked = asked_of(model, folder, methods)
            began = time.perf_counter(), time.process_time()
            if name == "the plain loop":
                plain(model, sources, methods)
            else:
                where = Where(folder / f"{turn} parts", 0) if "kept (" in name else None
                consumed(rows(asked, sources, models, where))
            now = time.perf_counter(), time.process_time()
            spent.setdefault(name, []).extend([now[0] - began[0], now[1] - began[1]])
    base = spent["the plain loop"]
    say(f"{len(paths)} phantoms, demo, {len(methods)} methods at {len(STAGES)} layers, one .npz each")
    for name, each in spent.items():
        least, computing = min(each[::2]), min(each[1::2])
        more = (computing - min(base[1::2])) / len(paths) * 1e3
        say(
            f"  {name:32s} {least:8.1f} s   × {least / min(base[::2]):.3f} by the clock, × "
            f"{computing / min(base[1::2]):.3f} of computing ({more:+.2f} ms a picture)   goal ≤ 1.05, ≤ 2 ms"
        )


def several(
    say: Say, model: Model, paths: Sequence[Path], folder: Path, methods: Sequence[str], address: str | None
) -> None:
    """One worker on one core against two on two, and those of a cluster."""
    pools: dict[str, Callable[[], Workers]] = {
        "1 process on 1 core": lambda: Processes(1, "cpu", 1),
        "2 processes on 1 core each": lambda: Processes(2, "cpu", 1),
    }
    if address:
        from tfcore.cohort.rays import Rays

        pools["2 workers of a Ray cluster"] = lambda: Rays(address, 2, 2, 1)
    base = 0.0
    for name, begin in pools.items():
        workers = begin()

        def measured(what: str, some: Sequence[Path], of: Workers = workers) -> float:
            sources, where = placed(some, folder / f"{what} {name}"), Where(folder / f"{what} parts {name}")  # noqa: B023
            began = time.perf_counter()
            consumed(rows(asked_of(model, folder, methods), sources, OpenModels(), where, begin=lambda _: Warm(of)))
            return time.perf_counter() - began

        started = measured("warm", paths[: 2 * TOGETHER])
        spent = measured("all", paths)
        workers.close()
        base = base or spent
        say(f"  {name:32s} {spent:8.1f} s   {base / spent:.2f} times as fast   ({started:.0f} s to begin)   goal ≥ 1.8")


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
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        print(line, flush=True)

    methods = given.methods.split(",")
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        table = write(folder / "phantoms", n=given.n, size=128)
        paths = sorted(path for path in table.parent.glob("*/*.png") if path.parent.name != "masks")
        overhead(say, folder, given.addresses)
        simulated(say, folder, given.parts)
        say("")
        model = tfcore.load_model("demo")
        # Three ways, twice each: a quarter of them tells as much.
        alone(say, model, paths[: max(40, given.n // 4)], folder / "alone", methods)
        if given.ray:
            with TemporaryDirectory(prefix="r", dir="/tmp") as short, two_nodes(Path(short)) as address:
                several(say, model, paths, folder / "several", methods, address)
            through_ray(say, folder, given.parts)
        else:
            several(say, model, paths, folder / "several", methods, None)
    if given.out:
        how = f"python -m tests.benchmarks.cohort --n {given.n}" + (" --ray" if given.ray else "")
        about = f"Made by `{how}`."
        page(
            given.out / "cohort.md",
            ["# What parts cost, and what workers bring", "", about, "", "```", *lines, "```", ""],
        )


if __name__ == "__main__":
    main()
