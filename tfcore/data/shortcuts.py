"""Can the class be told without looking at what matters? A small decision tree on trivial facts tries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tfcore.data.looks import Look

FOLDS = 5
# A rule counts when it beats the largest class by a tenth, and by more than luck would in 999 of 1000 data sets.
MARGIN = 0.10
LUCK = 3.1
_DEPTH = 3


@dataclass(frozen=True)
class Shortcut:
    """How well a trivial fact predicts the class: cross-validated accuracy, beside always naming the largest class."""

    fact: str
    accuracy: float
    majority: float
    pictures: int

    @property
    def flagged(self) -> bool:
        """Whether a network could learn this fact instead of what it should."""
        luck = LUCK * float(np.sqrt(self.majority * (1 - self.majority) / self.pictures))
        return self.accuracy > self.majority + max(MARGIN, luck)

    def sentence(self) -> str:
        return (
            f"{self.fact} alone predicts the class in {self.accuracy:.0%} of the pictures (the largest class makes up "
            f"{self.majority:.0%}); a network may learn that instead."
        )


def shortcuts(looks: Sequence[Look], groups: Sequence[int], seed: int = 0) -> tuple[Shortcut, ...]:
    """One result per kind of fact, the most telling first; nothing where there are too few pictures to try.

    ``groups`` number the pictures: those of one patient, and copies, are never learnt from and tested on at once.
    """
    labels = np.array([look.sample.label for look in looks])
    counts = Counter(labels.tolist())
    members = [len({group for group, label in zip(groups, labels, strict=True) if label == name}) for name in counts]
    folds = min(FOLDS, *members) if members else 0
    if len(counts) < 2 or folds < 2:
        return ()
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
    from sklearn.tree import DecisionTreeClassifier

    # The least leaf keeps a tree from learning single pictures.
    tree = DecisionTreeClassifier(max_depth=_DEPTH, min_samples_leaf=max(1, len(labels) // 50), random_state=seed)
    parts = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    majority = max(counts.values()) / len(labels)
    found = []
    for fact in looks[0].facts:
        values = np.array([look.facts[fact] for look in looks])
        said = cross_val_predict(tree, values, labels, cv=parts, groups=groups)
        found.append(Shortcut(fact, float((said == labels).mean()), majority, len(labels)))
    return tuple(sorted(found, key=lambda each: -each.accuracy))
