"""Classes of unequal size: fewer of the many, more of the few, or weights."""

from __future__ import annotations

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.errors import HeatlensError


def down_sample(dataset: Dataset, seed: int = 0) -> Dataset:
    """Every class cut at random to the size of the smallest, each split apart; the order stays, the unannotated go."""
    rng = np.random.default_rng(seed)
    kept: set[int] = set()
    for members in _strata(dataset):
        least = min(map(len, members))
        for group in members:
            kept |= set(rng.permutation(group)[:least].tolist())
    return dataset.with_samples(sample for index, sample in enumerate(dataset) if index in kept)


def over_sample(dataset: Dataset, seed: int = 0) -> Dataset:
    """Every class repeated at random up to the size of the largest; where there are splits only in ``train``."""
    rng = np.random.default_rng(seed)
    strata = _strata(dataset, only_train=True)
    more: list[Sample] = []
    for members in strata:
        most = max(map(len, members))
        for group in members:
            whole, rest = divmod(most - len(group), len(group))
            again = [*group * whole, *rng.permutation(group)[:rest].tolist()]
            more += [dataset.samples[index] for index in again]
    return dataset.with_samples([*dataset.samples, *more])


def fewer_empty(dataset: Dataset, share: float, seed: int = 0) -> Dataset:
    """Every picture with something in its mask, and that share of the others, drawn at random."""
    values = None if dataset.mask_values is None else dict(dataset.mask_values)
    draw = np.random.default_rng(seed)
    return dataset.with_samples(one for one in dataset if reading.mask(one, values).any() or draw.random() < share)


def class_weights(dataset: Dataset) -> dict[int, float]:
    """Weight of every class index, n / (classes · n_class), of ``train`` where there are splits."""
    (members,) = _strata(dataset, only_train=True)
    total = sum(map(len, members))
    return {index: total / (len(members) * len(group)) for index, group in enumerate(members)}


def _strata(dataset: Dataset, only_train: bool = False) -> list[list[list[int]]]:
    """For each split the indices of each class; a class without samples cannot be balanced."""
    targets = dataset.targets()
    names: list[str | None] = [*dataset.splits] or [None]
    if only_train and dataset.splits:
        names = ["train"]
    strata = []
    for name in names:
        groups = []
        for index, label in enumerate(dataset.classes):
            found = [row for row in np.flatnonzero(targets == index).tolist() if dataset.samples[row].split == name]
            if not found:
                where = f" in {name}" if name else ""
                raise HeatlensError(f"{label} has no pictures{where}, so the classes cannot be balanced; add some.")
            groups.append(found)
        if not groups:
            raise HeatlensError(f"{dataset.root} has no labels, so there is nothing to balance.")
        strata.append(groups)
    return strata
