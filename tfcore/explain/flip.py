"""Flip: the fewest super-pixels whose replacement changes the answer (METHODS.md §5)."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial
from typing import Any

import numpy as np

from tfcore.explain.asking import FAMILY, Asking, Copies, Subject, asking
from tfcore.explain.estimate import Estimate
from tfcore.explain.params import BASELINE
from tfcore.explain.pieces import in_passes
from tfcore.explain.readings import the_lead
from tfcore.explain.superpixels import SUPERPIXELS, Pieces
from tfcore.registry import MethodSpec


@asking(
    MethodSpec(
        "flip",
        family=FAMILY,
        summary="The smallest set of super-pixels whose replacement changes the answer",
        params=(SUPERPIXELS, BASELINE),
        given=("segments",),
        note="what a super-pixel shows is how much of the lead of the class it takes; nothing outside the set counts",
        signed=True,
        passes=lambda params, *_: params["superpixels"] * (params["superpixels"] + 1) // 2,
    ),
    the_lead,
)
def flip(subject: Subject) -> Asking:
    """Greedily the piece that costs the most of the lead, until it is gone; then what was not needed goes back."""
    pieces = Pieces(subject)
    subject.check_budget(pieces.count)
    # A class that is not the answer is to take the lead.
    sign = -1.0 if subject.whole < 0 else 1.0
    taken: list[int] = []
    # What each of them takes of the lead, and what is left of it.
    effects, lead = np.zeros(0), sign * subject.whole
    # The lead without each set that was asked about: on the way back most are among those of the way there.
    known: dict[frozenset[int], float] = {}
    total = pieces.count * (pieces.count + 1) // 2

    def so_far() -> Estimate:
        steps = np.zeros(pieces.count)
        steps[taken] = sign * effects
        return Estimate(pieces.painted(steps), facts=_facts(subject, pieces, taken, sign * lead))

    def asked(sets: Sequence[list[int]]) -> Generator[Copies, np.ndarray, np.ndarray]:
        """The lead that is left when each of these sets is replaced; of each the network is asked once."""
        every = [*map(frozenset, sets)]
        new = [one for one in every if one not in known]
        present = np.ones((len(new), pieces.count), bool)
        for row, replaced in zip(present, new, strict=True):
            row[list(replaced)] = False
        for some in in_passes(len(new), subject.together):
            copies = partial(pieces.seen, present[some])
            found = yield Copies(some.stop - some.start, copies, total, so_far if taken else None)
            known.update(zip(new[some], sign * found, strict=True))
        return np.array([known[one] for one in every])

    while lead > 0 and len(taken) < pieces.count:
        left = [piece for piece in range(pieces.count) if piece not in taken]
        found = yield from asked([[*taken, piece] for piece in left])
        taken.append(left[int(found.argmin())])
        effects, lead = np.append(effects, lead - found.min()), float(found.min())
    while lead <= 0 and len(taken) > 1:
        # Exactly what the answer would be with each of them back in its place.
        found = yield from asked([[other for other in taken if other != piece] for piece in taken])
        if found.min() > 0:
            effects = found - lead
            break
        taken.pop(int(found.argmin()))
        effects, lead = np.full(len(taken), abs(subject.whole) - found.min()), float(found.min())
    return so_far()


def _facts(subject: Subject, pieces: Pieces, taken: list[int], lead: float) -> dict[str, Any]:
    share = float(np.isin(pieces.of, taken).mean())
    what = f"{len(taken)} of {pieces.count} super-pixels ({100 * share:.3g} % of the image)"
    changed = bool(taken) and (lead <= 0) != (subject.whole <= 0)
    said = f"replacing {what} changes the answer: the lead of the class goes from {subject.whole:.3g} to {lead:.3g}"
    if not changed:
        said = f"replacing {what} does not change the answer: the lead is {lead:.3g}"
    return {"replaced": len(taken), "share_replaced": share, "lead": subject.whole, "lead_replaced": lead, "said": said}
