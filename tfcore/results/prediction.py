"""What a network says of a picture, once or over many passes with dropout on."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tfcore.results.heat import NOWHERE, Box
from tfcore.results.rows import Rows
from tfcore.results.shift import Shift
from tfcore.results.structures import Structures

if TYPE_CHECKING:
    import numpy as np

# Share of the passes that lie below the lower and above the upper end of an interval.
TAIL = 0.05
# The figures as shares of the largest possible entropy, ln C. These limits choose words and nothing else; they are
# conventions, not calibrated: which figure is too high to act on, the coverage curve on one's own pictures shows.
# Mutual information: up to here the passes agree, up to there mostly, beyond they disagree.
AGREE, MOSTLY_AGREE = 0.02, 0.10
# Entropy: up to here the answer is clear, up to there fairly clear, beyond it is open. With two classes, clear is a
# probability above 0.96 and fairly clear one above 0.85.
CLEAR, FAIRLY_CLEAR = 0.25, 0.60


# What passes differ by where that is not the network's own dropout: the rate of dropout that was put in, or a text such
# as ``noise 0.1``: noise on the picture, whose standard deviation is that share of its range.
Insert = float | str | None
NOISE = "noise"


def inserted_words(insert: Insert) -> str:
    """``dropout 0.2 inserted``, ``noise on the picture (σ = 0.1 of its range)``; empty for the network's own."""
    if isinstance(insert, str):
        return f"noise on the picture (σ = {insert.removeprefix(NOISE).strip()} of its range)"
    return "" if insert is None else f"dropout {insert:g} inserted"


def origin(passes: int, seed: int, insert: Insert) -> tuple[str, ...]:
    """Where figures over passes come from, in words; first what must not be cut off."""
    inserted = (inserted_words(insert),) if insert is not None else ()
    return (*inserted, f"{passes} pass{'es' * (passes != 1)}", f"seed {seed}")


@dataclass(frozen=True)
class Belief:
    """How far an answer may be believed, as far as the model's card says so."""

    # What the network's logits were divided by; 1 where nobody calibrated it.
    temperature: float = 1.0
    # The classes of the set that holds the truth as often as ``coverage`` says; None where no sets were learnt.
    members: tuple[int, ...] | None = None
    coverage: float = math.nan

    @property
    def calibrated(self) -> bool:
        return self.temperature != 1.0

    def words(self, classes: tuple[str, ...]) -> str:
        """``calibrated; with 90 %: glioma or meningioma``; empty where the card says nothing."""
        parts = ["calibrated"] if self.calibrated else []
        if self.members is not None:
            names = " or ".join(classes[index] for index in self.members)
            parts.append(f"with {100 * self.coverage:g} %: {names or 'none of the classes'}")
        return "; ".join(parts)


@dataclass(frozen=True)
class Prediction:
    """What the network says of one picture, without a heatmap."""

    path: str
    classes: tuple[str, ...]
    # The network's own answer (C,): probabilities, but for a network that ends in plain numbers.
    probabilities: np.ndarray
    # In nats; NaN for plain numbers.
    entropy: float = math.nan
    # Where the network's weights come from (tfcore.results.WEIGHTS).
    weights: str = "file"
    # Of a network that answers for every pixel: the share of the picture that each class covers (C,).
    shares: np.ndarray | None = None
    # The class that lies around all others; none where labels may overlap.
    around: int | None = 0
    belief: Belief = Belief()
    # How far it lies from the training pictures, where that is known.
    shift: Shift | None = None


@dataclass(frozen=True, eq=False)
class Sureness(Rows):
    """How sure a network is of N images (or of one, see :class:`Rows`): T passes with dropout on (METHODS.md §7).

    For a network that answers per pixel every (N, …) below is (N, H, W, …). Entropies are in nats.
    """

    classes: tuple[str, ...]
    # (N, …, C): mean probability.
    mean: np.ndarray
    # (N, C): variance over the passes (eq. 9b); per pixel (N, H, W), its mean over the classes.
    variance: np.ndarray
    # (N, …): entropy of the mean. What is unclear, for whatever reason.
    entropy: np.ndarray
    # (N, …): entropy of the mean less mean entropy. What the passes disagree about.
    mutual_information: np.ndarray
    # (N, …, C): share of the passes that decide for each class.
    votes: np.ndarray
    # (N, T, C): the probabilities of every pass; None per pixel, where they would fill the memory.
    samples: np.ndarray | None
    # Passes done; fewer than asked for where the run was cancelled.
    passes: int
    # The entropy of a network that knows nothing: the end of the scale.
    largest_entropy: float
    seed: int = 0
    # What the passes differ by, None where it is the network's own dropout.
    insert: Insert = None
    # Random layers other than dropout, which stayed switched off.
    left_inactive: tuple[str, ...] = ()
    model: str = ""
    seconds: float = 0.0
    path: str = ""
    box: Box = NOWHERE
    hashes: dict[str, str] = field(default_factory=dict)
    weights: str = "file"
    # Of a network that segments: the masks of the passes, held against each other.
    structures: Structures | None = None
    # Of several networks asked as one, which stand in place of passes: their names, and where they lie.
    members: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    # How far it lies from the training pictures, where that is known.
    shift: Shift | None = None

    @property
    def inserted(self) -> bool:
        """Whether something was put into a network, or on the picture, for these passes."""
        return self.insert is not None

    @property
    def probabilities(self) -> np.ndarray | None:
        """The samples pass by pass, (T, N, C)."""
        return None if self.samples is None else self.samples.swapaxes(0, -2)

    @property
    def intervals(self) -> np.ndarray | None:
        """(N, C, 2): between which probabilities the middle 90 % of the passes lie; None per pixel."""
        import numpy as np

        if self.samples is None:
            return None
        ends: np.ndarray = np.quantile(self.samples, [TAIL, 1 - TAIL], axis=-2)
        return np.moveaxis(ends, 0, -1)

    @property
    def predicted(self) -> int:
        """The class that is most probable on average, over the pixels where there are."""
        return int(self.mean.reshape(-1, len(self.classes)).mean(0).argmax())

    @property
    def spread(self) -> str:
        """Standard deviation of its probability over the passes, in two digits."""
        return f"{math.sqrt(float(self.variance[self.predicted])):.2f}"

    @property
    def answer(self) -> str:
        """The class that the passes predict on average, with its spread: ``glioma 0.97 ± 0.02``."""
        spread = "" if self.samples is None else f" ± {self.spread}"
        return f"{self.decision}{spread}" + (f" · {self.origin[0]}" if self.inserted else "")

    @property
    def decision(self) -> str:
        """The class alone with its mean probability; per pixel the structure that covers most, and how much."""
        if (drawn := self.structures) is not None:
            largest = int(drawn.sizes.mean(-1).argmax())
            return f"{drawn.names[largest]} {drawn.size(largest)}" if drawn.drawn.any() else "nothing drawn"
        return f"{self.classes[self.predicted]} {self.mean[self.predicted]:.2f}"

    @property
    def level(self) -> float:
        """By which pictures are ranked, the least sure first: the entropy of the mean prediction in nats; of masks 1
        less the Dice between two passes, on what they agree on least.
        """
        return float(self.entropy) if self.structures is None else 1 - self.structures.lowest

    @property
    def origin(self) -> tuple[str, ...]:
        """Where the figures come from: ``dropout 0.2 inserted``, ``100 passes``, ``seed 0``."""
        return (f"{self.passes} models",) if self.members else origin(self.passes, self.seed, self.insert)

    @property
    def words(self) -> str:
        """What the figures of one image say, for those who do not think in nats; per pixel what the masks have in
        common, and the share of unsure places.

        Two questions, kept apart: do the passes agree with each other (mutual information), and is their common answer
        clear (entropy)? A picture can be unclear to every pass alike; one on which the passes contradict each other
        the network has not learnt.
        """
        one, each = ("model", "models") if self.members else ("pass", "passes")
        disputed, unclear = self.mutual_information / self.largest_entropy, self.entropy / self.largest_entropy
        if self.mean.ndim > 1:
            shares = float((disputed > MOSTLY_AGREE).mean()), float((unclear > FAIRLY_CLEAR).mean())
            places = "Over {} {}, {:.1%} of the pixels are disputed and {:.1%} are left open.".format(
                self.passes, each, *shares
            )
            return places if self.structures is None else f"{self.structures.said_by(one, each)} {places}"
        if self.passes == 1:
            return "One pass says nothing about agreement; ask for more."
        first, second = (int(index) for index in (-self.mean).argsort()[:2])
        agreement = "agree" if disputed <= AGREE else "mostly agree" if disputed <= MOSTLY_AGREE else "disagree"
        clarity = f"open: {self.classes[first]} or {self.classes[second]}"
        if unclear <= FAIRLY_CLEAR:
            clarity = f"fairly clear, with {self.classes[second]} as the alternative"
        if unclear <= CLEAR:
            clarity = "clear"
        decided = f"{round(float(self.votes[first]) * self.passes)} of {self.passes} say {self.classes[first]}"
        return f"The {each} {agreement}: {decided}. Taken together their answer is {clarity}."
