"""What the figures say, in words for those who do not think in nats.

Two questions, kept apart. Do the passes agree with each other (mutual information)? And is their common answer clear
(entropy)? A picture can be unclear to every pass alike; a picture on which the passes contradict each other is one
the network has not learnt. Both figures are taken as shares of the largest possible entropy, ln C; the limits below
choose words and nothing else. They are conventions, not calibrated: which figure is too high to act on, the coverage
curve on labelled pictures of one's own shows.
"""

from __future__ import annotations

import numpy as np

# Mutual information as a share of ln C: up to here the passes agree, up to there mostly, beyond they disagree.
AGREE, MOSTLY_AGREE = 0.02, 0.10
# Entropy as a share of ln C: up to here the answer is clear, up to there fairly clear, beyond it is open. With two
# classes, clear is a probability above 0.96 and fairly clear one above 0.85.
CLEAR, FAIRLY_CLEAR = 0.25, 0.60


def in_words(
    classes: tuple[str, ...],
    mean: np.ndarray,
    votes: np.ndarray,
    entropy: np.ndarray,
    mutual_information: np.ndarray,
    largest_entropy: float,
    passes: int,
) -> str:
    """A sentence or two on one picture; a per-pixel answer (H, W, C) is told by its share of unsure pixels."""
    if mean.ndim > 1:
        return _per_pixel(entropy / largest_entropy, mutual_information / largest_entropy, passes)
    if passes == 1:
        return "One pass says nothing about agreement; ask for more."
    first, second = (int(index) for index in np.argsort(-mean)[:2])
    decided = f"{round(float(votes[first]) * passes)} of {passes} say {classes[first]}"
    return (
        f"The passes {_agreement(float(mutual_information) / largest_entropy)}: {decided}. "
        f"{_clarity(float(entropy) / largest_entropy, classes[first], classes[second])}"
    )


def _agreement(share: float) -> str:
    if share <= AGREE:
        return "agree"
    return "mostly agree" if share <= MOSTLY_AGREE else "disagree"


def _clarity(share: float, first: str, second: str) -> str:
    if share <= CLEAR:
        return "Taken together their answer is clear."
    if share <= FAIRLY_CLEAR:
        return f"Taken together their answer is fairly clear, with {second} as the alternative."
    return f"Taken together their answer is open: {first} or {second}."


def _per_pixel(entropy: np.ndarray, mutual_information: np.ndarray, passes: int) -> str:
    disagree = float((mutual_information > MOSTLY_AGREE).mean())
    open_ = float((entropy > FAIRLY_CLEAR).mean())
    return f"Over {passes} passes, {disagree:.1%} of the pixels are disputed and {open_:.1%} are left open."
