"""What a table of means lets one say: differences beyond noise, ranks, and where the metrics contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.registry import INPUT
from tfcore.words import listed

if TYPE_CHECKING:
    from tfcore.evaluate.table import Row, Table

# Model, method, layer.
Cell = tuple[str, str, str]
LEVEL = 0.05
# Kendall's τ from which on two metrics are said to contradict each other.
AGAINST = -0.3
# Names that a sentence holds.
_NAMED = 4
# Differences below this share of the larger number are rounding.
_EQUAL = 1e-9
# Of so few numbers with ties, all ways in which their signs could fall are gone through.
_ENUMERATED = 13


@dataclass(frozen=True)
class Comparison:
    """Two models, methods or layers on the same pictures: Wilcoxon's signed ranks, Holm over all comparisons.

    ``difference`` is the mean of one less other; ``effect`` the rank-biserial correlation, −1 to 1, above 0 where one
    is larger; ``n`` counts pictures, or patients where they are known.
    """

    metric: str
    one: Cell
    other: Cell
    n: int
    difference: float
    effect: float
    p: float
    holm: float
    better: str

    @property
    def differs(self) -> bool:
        """Whether the difference is more than noise."""
        return self.holm < LEVEL

    @property
    def words(self) -> str:
        """A sentence."""
        one, other = (_told(each, self.one[0] != self.other[0]) for each in (self.one, self.other))
        numbers = f"p = {self.holm:.2g} (Holm), effect {self.effect:+.2f}, n = {self.n}"
        if not self.differs:
            return f"{self.metric}: {one} and {other} differ within noise ({numbers})."
        wins = (self.difference > 0) == (self.better == "higher")
        return f"{self.metric}: {one if wins else other} is better than {other if wins else one} ({numbers})."


@dataclass(frozen=True, eq=False)
class Compared:
    """Comparisons, ranks and agreement of a whole table."""

    comparisons: tuple[Comparison, ...]
    # By metric, the rank of each cell that has a mean, 1 for the best.
    ranks: Mapping[str, Mapping[Cell, float]]
    # By metric, the cells that are not worse than the best beyond noise, the best first.
    best: Mapping[str, tuple[Cell, ...]]
    # Kendall's τ-b between the orders of two metrics, None where one of them ranks fewer than three.
    agreement: Mapping[tuple[str, str], float | None]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "ranks": [
                {"metric": metric, **_named(cell), "rank": rank, "within_noise_of_best": cell in self.best[metric]}
                for metric, ranks in self.ranks.items()
                for cell, rank in ranks.items()
            ],
            "agreement": [{"metric": a, "other": b, "tau": tau} for (a, b), tau in self.agreement.items()],
            "comparisons": [comparison_row(each) for each in self.comparisons],
        }

    @property
    def sentences(self) -> list[str]:
        """What comes first by each metric, and which metrics contradict each other."""
        said = []
        for metric, best in self.best.items():
            if len(self.ranks[metric]) > 1:
                several = len({model for model, _, _ in self.ranks[metric]}) > 1
                first, *near = (_told(cell, several) for cell in best)
                also = f"; within noise of it: {listed(near, _NAMED)}" if near else ""
                said.append(f"{metric}: {first} is best{also}.")
        against = sorted((tau, pair) for pair, tau in self.agreement.items() if tau is not None and tau <= AGAINST)
        if against:
            pairs = [f"{a} and {b} (τ = {tau:.2f})" for tau, (a, b) in against]
            said.append(f"What is best by one is worse by the other: {listed(pairs, _NAMED)}.")
        return said


COMPARISON_COLUMNS = (
    *("metric", "model", "method", "layer", "other_model", "other_method", "other_layer"),
    *("n", "difference", "effect", "p", "holm", "words"),
)


def comparison_row(each: Comparison) -> dict[str, Any]:
    """Its cells."""
    numbers = {name: value for name, value in asdict(each).items() if name in COMPARISON_COLUMNS}
    others = {f"other_{name}": value for name, value in _named(each.other).items()}
    return {**numbers, **_named(each.one), **others, "words": each.words}


def compared(table: Table) -> Compared:
    """Everything that can be said of a table's pairs."""
    numbers = _by_picture(table)
    rows = {metric: [row for row in table.rows if row.metric == metric] for metric in table.metrics}
    pairs: list[Comparison] = []
    for metric, better in table.metrics.items():
        here = {cell: found for (cell, of), found in numbers.items() if of == metric}
        found = _paired(metric, better, [*_comparable([*here])], here)
        pairs += [pair for pair in found if pair is not None]
    comparisons = tuple(_holm(pairs))
    ranks = {metric: _ranks(some) for metric, some in rows.items()}
    ranks = {metric: found for metric, found in ranks.items() if found}
    best = {metric: _best(metric, table.metrics[metric], found, numbers) for metric, found in ranks.items()}
    return Compared(
        comparisons, ranks, best, {pair: _tau(*(ranks[each] for each in pair)) for pair in combinations(ranks, 2)}
    )


def _by_picture(table: Table) -> dict[tuple[Cell, str], dict[str, float]]:
    """The number of every picture by cell and metric; of a patient the mean, since pictures of one are no two."""
    patients = table.patients
    gathered: dict[tuple[Cell, str], dict[str, list[float]]] = {}
    for each in table.values:
        if each.value is not None:
            of = (each.model, each.method, each.layer), each.metric
            whose = patients.get(each.picture, each.picture)
            gathered.setdefault(of, {}).setdefault(whose, []).append(each.value)
    return {of: {whose: _mean(some) for whose, some in found.items()} for of, found in gathered.items()}


def _mean(some: Sequence[float]) -> float:
    return some[0] if len(some) == 1 else float(np.mean(some))


def _comparable(cells: Sequence[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """Pairs that differ in one thing; methods without layers are compared with those at any layer."""
    for one, other in combinations(cells, 2):
        apart = [a != b for a, b in zip(one, other, strict=True)]
        at_input = INPUT in (one[2], other[2]) and apart == [False, True, True]
        if sum(apart) == 1 or at_input:
            yield one, other


def _paired(
    metric: str, better: str, pairs: Sequence[tuple[Cell, Cell]], numbers: Mapping[Cell, Mapping[str, float]]
) -> list[Comparison | None]:
    """Of each pair what tells its two apart, where they have two pictures in common."""
    both = [[whose for whose in numbers[one] if whose in numbers[other]] for one, other in pairs]
    there = [place for place, some in enumerate(both) if len(some) > 1]
    sides = [[np.array([numbers[cell][whose] for whose in both[place]]) for cell in pairs[place]] for place in there]
    found: list[Comparison | None] = [None] * len(pairs)
    for place, (a, b), (p, effect) in zip(there, sides, _tested([_apart(*each) for each in sides]), strict=True):
        found[place] = Comparison(metric, *pairs[place], len(a), float((a - b).mean()), effect, p, p, better)
    return found


def signed_ranks(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """Wilcoxon's p of paired numbers (both sides) and the rank-biserial correlation.

    >>> signed_ranks(np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    (1.0, 0.0)
    """
    return _tested([_apart(a, b)])[0]


def _apart(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The differences that are some."""
    apart: np.ndarray = a - b
    return apart[np.abs(apart) > _EQUAL * np.maximum(np.abs(a), np.abs(b))]


def _tested(differences: Sequence[np.ndarray]) -> list[tuple[float, float]]:
    """p and effect of each; those that are alike in number and in having ties at once, since SciPy is slow to begin."""
    from scipy.stats import rankdata, wilcoxon

    alike: dict[int, list[int]] = {}
    for place, apart in enumerate(differences):
        alike.setdefault(len(apart), []).append(place)
    found = [(1.0, 0.0)] * len(differences)
    for count, places in alike.items():
        if not count:
            continue
        apart = np.stack([differences[place] for place in places])
        ranks = rankdata(np.abs(apart), axis=1)
        effects = (ranks * np.sign(apart)).sum(1) / ranks.sum(1)
        tied = (np.diff(np.sort(ranks, 1), axis=1) == 0).any(1)
        p = np.empty(len(places))
        for ties in (False, True):
            if (rows := tied == ties).any():
                if ties and count <= _ENUMERATED:
                    p[rows] = _of_all_signs(ranks[rows], np.where(apart[rows] > 0, ranks[rows], 0).sum(1))
                else:
                    p[rows] = wilcoxon(apart[rows], axis=1).pvalue
        for place, *pair in zip(places, p.tolist(), effects.tolist(), strict=True):
            found[place] = pair[0], pair[1]
    return found


def _of_all_signs(ranks: np.ndarray, above: np.ndarray) -> np.ndarray:
    """Wilcoxon's p where ranks are tied: of every way in which the signs could have fallen (SciPy takes 1 s)."""
    count = ranks.shape[1]
    signs = np.arange(1 << count)[:, np.newaxis] >> np.arange(count) & 1
    sums = signs.astype(float) @ ranks.T
    return np.minimum(1.0, 2 * np.minimum((sums <= above).mean(0), (sums >= above).mean(0)))


def _holm(pairs: Sequence[Comparison]) -> Iterator[Comparison]:
    """The same with p corrected for their number."""
    corrected = holm(np.array([pair.p for pair in pairs]))
    for pair, p in zip(pairs, corrected, strict=True):
        yield replace(pair, holm=float(p))


def holm(p: np.ndarray) -> np.ndarray:
    """Holm's step-down correction.

    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    found = np.empty(len(p))
    found[order] = np.minimum(stepped, 1)
    return found


def _ranks(rows: Sequence[Row]) -> dict[Cell, float]:
    from scipy.stats import rankdata

    there = [(row, row.mean) for row in rows if row.mean is not None]
    means = [-mean if row.better == "higher" else mean for row, mean in there]
    cells = ((row.model, row.method, row.layer) for row, _ in there)
    return dict(zip(cells, rankdata(means).tolist(), strict=True)) if means else {}


def _best(
    metric: str, better: str, ranks: Mapping[Cell, float], numbers: Mapping[tuple[Cell, str], Mapping[str, float]]
) -> tuple[Cell, ...]:
    """The best, and those that cannot be told from it (Wilcoxon, Holm over the comparisons with it)."""
    first, *rest = sorted(ranks, key=ranks.__getitem__)
    here = {cell: numbers[cell, metric] for cell in ranks}
    found = _paired(metric, better, [(first, cell) for cell in rest], here)
    tested = holm(np.array([1.0 if each is None else each.p for each in found]))
    return (first, *(cell for cell, p in zip(rest, tested, strict=True) if p >= LEVEL))


def _tau(one: Mapping[Cell, float], other: Mapping[Cell, float]) -> float | None:
    from scipy.stats import kendalltau

    both = [cell for cell in one if cell in other]
    if len(both) < 3:
        return None
    tau = float(kendalltau([one[cell] for cell in both], [other[cell] for cell in both]).statistic)
    return None if np.isnan(tau) else tau


def _named(cell: Cell) -> dict[str, str]:
    return dict(zip(("model", "method", "layer"), cell, strict=True))


def _told(cell: Cell, of_model: bool) -> str:
    """A cell in words, with its model where there are several."""
    model, method, layer = cell
    return f"{method} at {layer}" + (f" of {model}" if of_model else "")
