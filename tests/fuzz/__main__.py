"""``python -m tests.fuzz --kind models|pictures|data|commands|sessions|all --n 1000 --seed 1``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz import KINDS, is_there
from tests.fuzz.findings import Outcome, grouped
from tests.fuzz.runner import Limits, Runner

_EVERY = 50


def main(arguments: list[str] | None = None) -> int:
    """Run the cases asked for; 1 if anything was found."""
    given = _parser().parse_args(arguments)
    kinds = [kind for kind in KINDS if is_there(kind)] if given.kind == "all" else [given.kind]
    if missing := [kind for kind in kinds if not is_there(kind)]:
        _parser().error(f"there are no cases of {missing[0]}; there are {', '.join(filter(is_there, KINDS))}")
    limits = Limits(given.seconds, given.memory, given.batch)
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="fuzz-", ignore_cleanup_errors=True) as temporary:
        folder = Path(given.folder).resolve() if given.folder else Path(temporary)
        for kind in kinds:
            indices = [given.only] if given.only is not None else list(range(given.n))
            parts = [indices[number :: given.workers] for number in range(given.workers)]

            def run(number: int, kind: str = kind, parts: list[list[int]] = parts) -> list[Outcome]:
                with Runner(folder / f"{kind}-{number}", given.seed, limits, given.keep) as runner:
                    return [_told(runner.run(kind, index), place) for place, index in enumerate(parts[number])]

            with ThreadPoolExecutor(given.workers) as pool:
                of_kind = [one for part in pool.map(run, range(given.workers)) for one in part]
            print(summary(kind, of_kind), flush=True)
            outcomes += of_kind
        if given.keep and any(outcome.findings for outcome in outcomes):
            if not given.folder:
                kept = Path(tempfile.mkdtemp(prefix="fuzz-found-"))
                folder.rename(kept / "cases")
                folder = kept
            print(f"The files of the cases below are in {folder}.", file=sys.stderr)
    print(report(outcomes, given.seed), end="")
    return int(any(outcome.findings for outcome in outcomes))


def summary(kind: str, outcomes: list[Outcome]) -> str:
    """How many there were and how they ended, and the dearest of them."""
    found, refused = sum(bool(one.findings) for one in outcomes), sum(bool(one.refused) for one in outcomes)
    slowest = max(outcomes, key=lambda one: one.seconds, default=Outcome(kind, 0, ""))
    largest = max(outcomes, key=lambda one: one.megabytes, default=Outcome(kind, 0, ""))
    return (
        f"{kind}: {len(outcomes)} cases, {refused} refused in a sentence, {found} with findings; "
        f"slowest {slowest.seconds:.1f} s (case {slowest.index}), "
        f"largest {largest.megabytes:.0f} MB (case {largest.index})"
    )


def report(outcomes: Iterable[Outcome], seed: int) -> str:
    """The findings, grouped, each with how to see its first case again."""
    blocks = []
    for group in grouped(outcomes):
        first = group.outcomes[0]
        numbers = ", ".join(str(one.index) for one in group.outcomes[:8])
        blocks.append(
            f"\n=== {first.kind}: {group.first.what} at {group.first.place or 'an unknown place'}: "
            f"{len(group.outcomes)} cases ({numbers}{' …' if len(group.outcomes) > 8 else ''})\n"
            f"{first.name}\npython -m tests.fuzz --kind {first.kind} --seed {seed} --only {first.index}\n"
            f"{group.first.details.strip()}\n"
        )
    return "".join(blocks)


def _told(outcome: Outcome, place: int) -> Outcome:
    if outcome.findings:
        what = "; ".join(f"{one.what} at {one.place}" for one in outcome.findings)
        print(f"{outcome.kind} {outcome.index} ({outcome.name}): {what}", file=sys.stderr, flush=True)
    elif place % _EVERY == 0:
        print(f"{outcome.kind} {outcome.index}", file=sys.stderr, flush=True)
    return outcome


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--kind", default="all", help=f"{', '.join(KINDS)} or all")
    parser.add_argument("--n", type=int, default=100, help="how many cases of each kind")
    parser.add_argument("--seed", type=int, default=0, help="the same seed draws the same cases")
    parser.add_argument("--only", type=int, metavar="I", help="run this case alone")
    parser.add_argument("--workers", type=int, default=1, help="processes at a time")
    parser.add_argument("--seconds", type=float, default=Limits.seconds, help="longest time of a case")
    parser.add_argument("--memory", type=float, default=Limits.megabytes, help="MB a case may take beyond the start")
    parser.add_argument("--batch", type=int, default=Limits.batch, help="cases that share a process")
    parser.add_argument("--folder", help="where the cases lie; a temporary folder if none is named")
    parser.add_argument("--keep", action="store_true", help="keep the files of cases that found something")
    return parser


if __name__ == "__main__":
    sys.exit(main())
