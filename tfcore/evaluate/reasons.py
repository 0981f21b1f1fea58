"""Why a picture deserves a look: its answer, where its heat lies, and models and methods that disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from tfcore.evaluate.localisation import energy_pointing, pointing_game
from tfcore.evaluate.marks import Marked
from tfcore.evaluate.similar import ranks_alike
from tfcore.evaluate.subjects import Subject
from tfcore.figure.display import FLAT
from tfcore.pictures.body import foreground
from tfcore.results.prediction import FAIRLY_CLEAR

if TYPE_CHECKING:
    from tfcore.explain.explanation import Explanation

# The rank correlation of two maps below which they disagree, and the share of the side within which heat is close.
_ALIKE, _CLOSE = 0.3, 0.05
# The mean Dice of masks below which models disagree.
_SHARED = 0.7


@dataclass(frozen=True)
class Reason:
    """Why a picture is worth a look; ``weight`` (0 to 1) ranks, ``words`` say what was seen."""

    kind: str
    weight: float
    words: str


def of_answer(p: np.ndarray, best: int, label: int, classes: Sequence[str], of: str) -> Iterator[Reason]:
    if label >= 0 and label != best:
        words = f"{of}says {classes[best]} ({p[best]:.2f}), and the label is {classes[label]} ({p[label]:.2f})"
        yield Reason("wrong", float(0.5 + p[best] / 2), words)
    shares = p / (p.sum() or 1)
    doubt = float(-(shares[shares > 0] * np.log(shares[shares > 0])).sum() / np.log(max(2, len(p))))
    if doubt > FAIRLY_CLEAR:
        first, second = np.argsort(-p)[:2]
        words = f"{of}open: {classes[first]} ({p[first]:.2f}) or {classes[second]} ({p[second]:.2f})"
        yield Reason("unsure", doubt / 2, words)


def of_heat(
    explained: Sequence[Explanation], index: int, image: np.ndarray, marks: Marked | str, right: bool
) -> Iterator[Reason]:
    first = explained[0]
    heat = first.maps[index]
    for each in explained:
        if each.degenerate[index]:
            yield Reason("flat", 0.5, f"{each.method} finds no evidence at all")
        elif (share := np.ptp(each.maps[index]) / max(np.abs(each.maps[index]).max(), 1e-30)) < FLAT:
            yield Reason(
                "flat", 0.5 * float(1 - share), f"the heatmap of {each.method} varies by {share:.0%} of its height only"
            )
    if right and not first.degenerate[index]:
        yield from _wrong_place(heat, image, marks, first.method)
    for one, other in combinations(explained, 2):
        if not (one.degenerate[index] or other.degenerate[index]):
            alike = ranks_alike(one.maps[index], other.maps[index])
            if alike < _ALIKE:
                words = f"{one.method} and {other.method} point to different places (rank correlation {alike:.2f})"
                yield Reason("methods disagree", float(1 - alike) / 4, words)


def _wrong_place(heat: np.ndarray, image: np.ndarray, marks: Marked | str, method: str) -> Iterator[Reason]:
    """Whether the heat of a right answer lies outside what it should be about."""
    if isinstance(marks, Marked) and marks.mask.any():
        inside = energy_pointing(heat, marks.mask)
        close = pointing_game(heat, marks.mask, _CLOSE * max(heat.shape))
        if isinstance(inside, float) and close == 0:
            words = f"the hottest place of {method} lies outside the mask, which has {inside:.0%} of the heat"
            yield Reason("wrong reason", 0.6 + 0.4 * (1 - inside), words)
            return
    body = foreground(image)
    if body is not None:
        inside = energy_pointing(heat, body)
        if isinstance(inside, float) and inside < 0.5:
            words = f"{1 - inside:.0%} of the heat of {method} lies outside the body"
            yield Reason("wrong reason", 0.6 + 0.4 * (1 - inside), words)


def models_disagree(answers: Mapping[str, tuple[str, float]], every: Sequence[Subject]) -> Iterator[Reason]:
    """Pairs of models with different answers, in the words of the data; classes of one of them alone say nothing."""
    words: dict[str, dict[str, str]] = {}
    for subject in every:
        labels = {class_: label for label, class_ in subject.meant.items()}
        words[subject.name] = {class_: labels.get(class_, class_) for class_ in subject.model.classes}
    for (one, (said, p)), (other, (against, q)) in combinations(answers.items(), 2):
        first, second = words[one][said], words[other][against]
        if first != second and first in words[other].values() and second in words[one].values():
            yield Reason("models disagree", min(p, q), f"{one} says {said} ({p:.2f}), {other} says {against} ({q:.2f})")


def masks_disagree(apart: float, models: int) -> Iterator[Reason]:
    """Models that segment, by 1 less the mean Dice of the structure that they agree on least."""
    if 1 - apart < _SHARED:
        words = f"{models} models draw different masks (mean Dice {1 - apart:.2f} of the structure least alike)"
        yield Reason("models disagree", apart, words)
