"""Equal and nearly equal pictures among thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from tfcore.data.looks import Look
from tfcore.pictures.address import file_of

# Of 64 gradient signs, how many may differ; found so, a pair must agree in its small copies too. Slices of different
# heads reach correlations of 0.97, a picture saved again or made smaller stays above 0.99.
MOST_BITS = 8
LEAST_CORRELATION = 0.99
# Rows compared at once: 512 × 10,000 pairs are 40 MB.
_BLOCK = 512
# Pairs whose small copies are compared at once: 2 × 16 MB.
_PART = 4096


class Pair(NamedTuple):
    """Two pictures by their numbers, and how alike their small copies are (1 = equal pixels)."""

    first: int
    second: int
    correlation: float


def pairs(looks: Sequence[Look]) -> list[Pair]:
    """Every pair of equal or nearly equal pictures, equal ones first, then the most alike.

    Equal pictures of one split and label are paired with the first of them only, and only that one is compared with
    other pictures: n copies make n − 1 pairs, yet none across splits or labels is missed. Frames of one file are
    neighbours, not copies, and are never paired.
    """
    copies: dict[str, dict[tuple[str | None, str | None], list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, look in enumerate(looks):
        copies[look.pixels][look.sample.split, look.sample.label].append(number)
    equal: list[tuple[int, int]] = []
    firsts: list[int] = []
    for same in copies.values():
        own = [alike[0] for alike in same.values()]
        firsts += own
        equal += combinations(own, 2)
        equal += ((alike[0], other) for alike in same.values() for other in alike[1:])
    found = [
        Pair(*pair, 1.0) for pair in equal if file_of(looks[pair[0]].sample.path) != file_of(looks[pair[1]].sample.path)
    ]
    return found + sorted(_near(looks, np.array(firsts)), key=lambda pair: -pair.correlation)


def grouped(links: Iterable[Sequence[Any]]) -> list[list[int]]:
    """Numbers that hang together by links, which begin with two of them; as lists in ascending order."""
    group_of: dict[int, list[int]] = {}
    for first, second, *_ in links:
        small, large = sorted((group_of.setdefault(each, [each]) for each in (first, second)), key=len)
        if small is not large:
            large += small
            group_of.update(dict.fromkeys(small, large))
    return [sorted(group) for group in {id(group): group for group in group_of.values()}.values()]


def _near(looks: Sequence[Look], chosen: np.ndarray) -> Iterator[Pair]:
    if len(chosen) < 2:
        return
    file = _numbered([file_of(looks[number].sample.path) for number in chosen])
    pixels = _numbered([looks[number].pixels for number in chosen])
    signs = np.array([looks[number].gradients for number in chosen], np.uint64)
    small = np.stack([looks[number].small.ravel() for number in chosen])
    small -= small.mean(axis=1, keepdims=True)
    size = np.linalg.norm(small, axis=1, keepdims=True)
    # A picture of one value is like no other; the equal ones have been found already.
    small = np.divide(small, size, out=np.zeros_like(small), where=size > 0)
    for start in range(0, len(chosen), _BLOCK):
        block = slice(start, start + _BLOCK)
        bits = np.bitwise_count(signs[block, np.newaxis] ^ signs[start:])
        rows, columns = np.nonzero(bits <= MOST_BITS)
        rows, columns = rows + start, columns + start
        apart = (columns > rows) & (file[rows] != file[columns]) & (pixels[rows] != pixels[columns])
        rows, columns = rows[apart], columns[apart]
        for part in range(0, len(rows), _PART):
            ones, others = rows[part : part + _PART], columns[part : part + _PART]
            alike = np.einsum("ij,ij->i", small[ones], small[others])
            for place in np.flatnonzero(alike >= LEAST_CORRELATION):
                yield Pair(int(chosen[ones[place]]), int(chosen[others[place]]), float(min(alike[place], 1.0)))


def _numbered(keys: Sequence[Hashable]) -> np.ndarray:
    """The same number for the same key."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys])
