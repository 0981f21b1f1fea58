"""What a study found, arm by arm: time, sensitivity, specificity, AUC and agreement, with intervals."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.evaluate.statistics import resamples
from tfcore.measure import Roi
from tfcore.review.answers import Answers, readers
from tfcore.review.study import Study, read
from tfcore.study.agreement import cohen_kappa, fleiss_kappa, icc, overlap
from tfcore.tables import write_table

MEASURES = ("sensitivity", "specificity", "AUC")
# Of the table for programs.
COLUMNS = ("arm", "reader", "figure", "value", "low", "high")
# Resamples without a finding (or without its absence) have no value; of fewer than this share nothing is said.
_ENOUGH = 0.5


@dataclass(frozen=True)
class Estimate:
    """A figure and the 95 % interval of it; nothing where there is none."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def words(self) -> str:
        if self.value is None:
            return ""
        return f"{self.value:.3f}" + ("" if self.low is None else f" [{self.low:.3f}, {self.high:.3f}]")


@dataclass(frozen=True)
class OfArm:
    """One arm. ``figures`` are by name: ``MEASURES``, their differences to the first arm, ``kappa``, ``icc`` …"""

    arm: str
    readers: int
    cases: int
    readings: int
    seconds: float | None
    figures: Mapping[str, Estimate]
    # By reader and measure.
    each: Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True)
class Summary:
    """All arms, and what is to be known about the figures."""

    title: str
    arms: tuple[OfArm, ...]
    notes: tuple[str, ...]

    def rows(self) -> list[dict[str, str]]:
        """For people: a row for each figure that an arm has, a column for each arm."""
        told = [
            {
                "readers": str(arm.readers),
                "readings": str(arm.readings),
                "seconds (median)": "" if arm.seconds is None else f"{arm.seconds:.1f}",
                **{name: one.words for name, one in arm.figures.items()},
            }
            for arm in self.arms
        ]
        names = dict.fromkeys(name for one in told for name, words in one.items() if words)
        arms = list(zip(self.arms, told, strict=True))
        return [{"": name, **{arm.arm: one.get(name, "") for arm, one in arms}} for name in names]

    def table(self) -> Iterator[dict[str, Any]]:
        """For programs: a row for each figure of an arm, over all readers and of each."""
        for arm in self.arms:
            counts = {name: getattr(arm, name) for name in ("readers", "cases", "readings", "seconds")}
            yield from ({"arm": arm.arm, "figure": name, "value": value} for name, value in counts.items())
            yield from ({"arm": arm.arm, "figure": name, **asdict(one)} for name, one in arm.figures.items())
            for reader, known in arm.each.items():
                told = {"arm": arm.arm, "reader": reader}
                yield from ({**told, "figure": name, "value": value} for name, value in known.items())

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def write_summary(found: Summary, out: Path, overwrite: bool = False) -> Path:
    """The path of the CSV file with all figures."""
    return write_table(out, COLUMNS, found.table(), overwrite)


def summary(path: str | Path, seed: int = 0) -> Summary:
    """What the answers so far say. A call is the diagnosis where one is asked, else a rating from ``call_from`` on.

    Figures are means over the readers; intervals are the percentile bootstrap over readers and cases together (over
    cases alone where one reader read), the same resamples for every arm.
    """
    study = read(path)
    read_by = readers(path, study)
    if not any(reader.given for reader in read_by):
        nobody = tuple(OfArm(arm.text, 0, 0, 0, None, {}, {}) for arm in study.arms)
        return Summary(study.title, nobody, ("There are no answers yet: open the study in the window and read.",))
    tables = [_Table.of(study, read_by, arm) for arm in range(len(study.arms))]
    weights = _weights(len(read_by), len(study.cases), seed)
    drawn = [{name: _of_all(table, name, weights) for name in MEASURES} for table in tables]
    asked = {question.kind for question in study.questions}
    notes = [_CALLED["diagnosis" if "diagnosis" in asked else "rating"].format(study.call_from)] * bool(study.positive)
    notes += [] if study.positive else ["No label was named as a finding: there is no sensitivity, specificity or AUC."]
    notes += ["One reader: intervals are over cases alone."] * (len(read_by) == 1)
    arms = []
    for number, (table, found) in enumerate(zip(tables, drawn, strict=True)):
        figures = {name: _estimate(*values) for name, values in found.items()}
        if number:
            pairs = {name: (found[name], drawn[0][name]) for name in MEASURES}
            figures |= {
                f"{name} − {study.arms[0].text}": _estimate(one[0] - first[0], one[1] - first[1])
                for name, (one, first) in pairs.items()
            }
        figures |= _agreement(table, seed)
        arms.append(table.told(study.arms[number].text, [reader.reader for reader in read_by], figures))
    return Summary(study.title, tuple(arms), tuple(notes))


_CALLED = {
    "diagnosis": "A call of a finding is a diagnosis that is one.",
    "rating": "A call of a finding is a rating of {} or more.",
}


@dataclass(frozen=True, eq=False)
class _Table:
    """One arm as arrays (readers, cases); NaN where a reader did not read a case in it."""

    ratings: np.ndarray
    calls: np.ndarray
    # What is agreed on: the place of the diagnosis among the choices, or the call.
    names: np.ndarray
    right: np.ndarray
    seconds: np.ndarray
    # By case, what each reader drew.
    # With the slice of a volume that each lies on.
    drawn: Mapping[int, list[tuple[Roi | None, int | None]]]
    # (cases,): 1 a finding, 0 none, NaN not known.
    truth: np.ndarray

    @classmethod
    def of(cls, study: Study, read_by: Sequence[Answers], arm: int) -> _Table:
        ratings, calls, names, right, seconds = np.full((5, len(read_by), len(study.cases)), np.nan)
        drawn: dict[int, list[tuple[Roi | None, int | None]]] = defaultdict(list)
        truth = np.array([_number(study.finding(case.truth)) for case in study.cases])
        for row, reader in enumerate(read_by):
            for sight, given in zip(reader.order, reader.given, strict=False):
                if sight.arm != arm:
                    continue
                at, said = (row, sight.case), given["answers"]
                seconds[at] = given["seconds"]
                ratings[at] = said.get("rating", np.nan)
                if "diagnosis" in said:
                    choices = next(each.choices for each in study.questions if each.kind == "diagnosis")
                    names[at], calls[at] = choices.index(said["diagnosis"]), _number(study.finding(said["diagnosis"]))
                    label = study.cases[sight.case].truth
                    right[at] = said["diagnosis"] == label if label else np.nan
                elif "rating" in said:
                    names[at] = calls[at] = said["rating"] >= study.call_from
                if "draw" in said:
                    line = said["draw"]
                    roi = None if line is None else Roi("lesion", line["kind"], tuple(map(tuple, line["points"])))
                    drawn[sight.case].append((roi, line and line.get("slice")))
        return cls(ratings, calls, names, right, seconds, drawn, truth)

    def told(self, arm: str, names: Sequence[str], figures: Mapping[str, Estimate]) -> OfArm:
        seen = np.isfinite(self.seconds)
        ones = np.ones((1, self.truth.size))
        each = {
            name: {of: _plain(float(_of_one(self, of, row, ones)[0])) for of in MEASURES}
            | {"seconds": _plain(float(np.median(self.seconds[row][seen[row]])))}
            for row, name in enumerate(names)
            if seen[row].any()
        }
        middle = float(np.median(self.seconds[seen])) if seen.any() else None
        return OfArm(arm, len(each), int(seen.any(0).sum()), int(seen.sum()), middle, figures, each)


def _of_one(table: _Table, measure: str, reader: int, cases: np.ndarray) -> np.ndarray:
    """(resamples,): the measure of one reader, every case counted as often as ``cases`` (resamples, cases) says."""
    finding, none = table.truth == 1, table.truth == 0
    with np.errstate(invalid="ignore"):
        if measure == "AUC":
            ratings = table.ratings[reader]
            finding, none = (side & np.isfinite(ratings) for side in (finding, none))
            apart = ratings[finding][:, None] - ratings[none]
            higher = (apart > 0) + 0.5 * (apart == 0)
            of_finding, of_none = cases[:, finding], cases[:, none]
            pairs = of_finding.sum(1) * of_none.sum(1)
            return np.asarray(((of_finding @ higher) * of_none).sum(1) / pairs)
        calls = table.calls[reader]
        side = (finding if measure == "sensitivity" else none) & np.isfinite(calls)
        right = (calls == (measure == "sensitivity"))[side]
        return np.asarray((cases[:, side] @ right) / cases[:, side].sum(1))


def _of_all(table: _Table, measure: str, weights: tuple[np.ndarray, np.ndarray]) -> tuple[float, np.ndarray]:
    """The mean over the readers, and the same for every resample."""
    of_readers, of_cases = weights
    once = np.ones((1, of_cases.shape[1]))
    count = of_readers.shape[1]
    value = _mean(np.array([_of_one(table, measure, reader, once) for reader in range(count)]).T, np.ones((1, count)))
    each = np.array([_of_one(table, measure, reader, of_cases) for reader in range(count)]).T
    return float(value[0]), _mean(each, of_readers)


def _mean(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    known = np.isfinite(values) * weights
    with np.errstate(invalid="ignore"):
        return np.asarray((np.nan_to_num(values) * known).sum(1) / known.sum(1))


def _weights(count: int, cases: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """How often each reader, and each case, is in each resample."""
    of_cases = np.concatenate(list(resamples(cases, seed)))
    # Drawn apart from the cases, and not with them.
    of_readers = np.concatenate(list(resamples(count, seed + 1))) if count > 1 else np.ones((len(of_cases), 1))
    return of_readers, of_cases


def _agreement(table: _Table, seed: int) -> dict[str, Estimate]:
    """Of the cases that all readers of the arm have read in it; intervals over cases."""
    found: dict[str, Estimate] = {}
    names, ratings = (_complete(one) for one in (table.names, table.ratings))
    if names is not None and names.shape[1] == 2:
        found["Cohen's κ"] = _over_cases(lambda some: cohen_kappa(some[:, 0], some[:, 1]), names, seed)
    elif names is not None:
        counts = (names[:, :, None] == np.unique(names)).sum(1)
        found["Fleiss' κ"] = _over_cases(fleiss_kappa, counts, seed)
    if ratings is not None:
        found["ICC(2,1)"] = _over_cases(icc, ratings, seed)
    dice = np.array([overlap(*zip(*drawn, strict=True)) for drawn in table.drawn.values()])
    if (known := dice[np.isfinite(dice)]).size:
        found["Dice"] = _over_cases(lambda some: float(some.mean()), known, seed)
    right = table.right[np.isfinite(table.right)]
    if right.size:
        found["right diagnosis"] = Estimate(float(right.mean()))
    return found


def _complete(values: np.ndarray) -> np.ndarray | None:
    """(cases, readers) of the readers who read anything here; nothing where two of them have no two cases in common."""
    some = values[np.isfinite(values).any(1)]
    both = some[:, np.isfinite(some).all(0)].T if len(some) else some
    return both if both.ndim == 2 and min(both.shape, default=0) > 1 else None


def _over_cases(figure: Callable[[np.ndarray], float], values: np.ndarray, seed: int) -> Estimate:
    drawn = np.concatenate(list(resamples(len(values), seed))).astype(int)
    each = np.array([figure(np.repeat(values, times, 0)) for times in drawn]) if len(values) > 1 else np.array([])
    return _estimate(figure(values), each)


def _estimate(value: float, each: np.ndarray) -> Estimate:
    known = each[np.isfinite(each)]
    if not math.isfinite(value) or len(known) < max(1, _ENOUGH * len(each)):
        return Estimate(_plain(value))
    low, high = np.percentile(known, [2.5, 97.5])
    return Estimate(value, float(low), float(high))


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _number(known: bool | None) -> float:
    return math.nan if known is None else float(known)
