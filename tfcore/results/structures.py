"""What many passes of a network that segments draw: how alike their masks are, and how much each structure covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tfcore.results.rows import Rows

if TYPE_CHECKING:
    import numpy as np

# Mean Dice between two passes from which on they agree, and below which they contradict each other; in between they
# differ at the edge. Conventions that choose words and nothing else.
AGREE, CONTRADICT = 0.9, 0.7


@dataclass(frozen=True, eq=False)
class Structures(Rows):
    """The masks of K passes over N pictures (or over one, see :class:`Rows`), held against each other.

    Slices of one volume can be added: what comes is that of the volume.
    """

    names: tuple[str, ...]
    # (N, S, K, K): places that the masks of two passes share; that of a pass with itself: places that it has.
    shared: np.ndarray
    # What one place covers.
    place: float = 1.0
    unit: str = "px"
    # (N, S, 3): places of the mean prediction that are true, all of it, and all that are true; where the data tell.
    held: np.ndarray | None = None
    why_no_truth: str = ""

    def __add__(self, other: Structures) -> Structures:
        held = None if self.held is None or other.held is None else self.held + other.held
        return replace(self, shared=self.shared + other.shared.astype(int), held=held)

    def of_volume(self, between: float) -> Structures:
        """In millilitres where places are mm² and slices lie so many mm apart."""
        return replace(self, place=self.place * between / 1000, unit="ml") if self.unit == "mm²" else self

    @property
    def sizes(self) -> np.ndarray:
        """(N, S, K): what every pass draws, in ``unit``."""
        import numpy as np

        sizes: np.ndarray = np.diagonal(self.shared, axis1=-2, axis2=-1) * self.place
        return sizes

    @property
    def dice(self) -> np.ndarray:
        """(N, S, K, K): Dice of every two passes; of two empty masks 1."""
        return dice_of(self.shared)

    @property
    def agreement(self) -> np.ndarray:
        """(N, S): mean Dice over the pairs of passes; NaN of a single pass."""
        import numpy as np

        dice = self.dice
        passes = dice.shape[-1]
        pairs = passes * (passes - 1)
        found: np.ndarray = (dice.sum((-2, -1)) - passes) / pairs if pairs else np.full(dice.shape[:-2], np.nan)
        return found

    @property
    def drawn(self) -> np.ndarray:
        """(N, S): how many passes draw it at all."""
        found: np.ndarray = (self.sizes > 0).sum(-1)
        return found

    @property
    def true_dice(self) -> np.ndarray | None:
        """(N, S): Dice of the mean prediction with the true mask."""
        import numpy as np

        if self.held is None:
            return None
        both = self.held[..., 1] + self.held[..., 2]
        return np.where(both > 0, 2 * self.held[..., 0] / np.maximum(both, 1), 1.0)

    # --- of one picture ---

    @property
    def mean_true_dice(self) -> float | None:
        """Over all structures, where the true mask is known."""
        dice = self.true_dice
        return None if dice is None else float(dice.mean())

    @property
    def lowest(self) -> float:
        """The agreement on what they agree on least, of what any pass draws: the best known sign of a failure."""
        import numpy as np

        there = self.agreement[self.drawn > 0]
        return float(np.nanmin(there)) if np.isfinite(there).any() else 1.0

    def size(self, index: int) -> str:
        """What is drawn on average, with its spread: ``12.3 ± 1.1 mm²``."""
        sizes = self.sizes[index]
        mean, sd = float(sizes.mean()), float(sizes.std())
        digits = 0 if mean >= 100 else 1 if mean >= 10 or self.unit != "ml" else 2
        return f"{mean:,.{digits}f} ± {sd:,.{digits}f} {self.unit}"

    @property
    def words(self) -> str:
        """What :meth:`said_by` says of passes."""
        return self.said_by("pass", "passes")

    def said_by(self, one: str, many: str) -> str:
        """On what they agree, on whose edge they do not, and about what they contradict each other."""
        passes = self.shared.shape[-1]
        if passes == 1:
            return "One pass says nothing about agreement; ask for more."
        agreed: list[str] = []
        edges: list[str] = []
        apart: list[str] = []
        rare: list[str] = []
        for name, dice, drawn in zip(self.names, self.agreement.tolist(), self.drawn.tolist(), strict=True):
            said = f"{name} ({dice:.2f})"
            if not drawn:
                continue
            if drawn <= passes / 2:
                rare.append(f"{name} is drawn by {drawn} of {passes}")
            else:
                (agreed if dice >= AGREE else edges if dice >= CONTRADICT else apart).append(said)
        parts = [
            f"agree on {_joined(agreed)}" if agreed else "",
            f"{'not' if agreed else 'do not agree'} on the edge of {_joined(edges)}" if edges else "",
            f"contradict each other about {_joined(apart)}" if apart else "",
        ]
        said = f"The {many} {', '.join(filter(None, parts))} (mean pairwise Dice)." if any(parts) else ""
        return " ".join(filter(None, [said, f"{', '.join(rare)}." if rare else ""])) or f"No {one} draws anything."


def dice_of(shared: np.ndarray) -> np.ndarray:
    """Dice of every two masks from the places they share (…, K, K); of two empty ones 1."""
    import numpy as np

    sizes = np.diagonal(shared, axis1=-2, axis2=-1)
    both = sizes[..., :, np.newaxis] + sizes[..., np.newaxis, :]
    return np.where(both > 0, 2 * shared / np.maximum(both, 1), 1.0)


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
