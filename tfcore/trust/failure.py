"""Which signal deserves attention on one's own data: how risk grows with what is answered, signal by signal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tfcore.evaluate.signals import SIGNALS
from tfcore.results import RiskCoverage
from tfcore.trust.risk import risk_coverage

if TYPE_CHECKING:
    from tfcore.evaluate.triage import Case

ALL = "all together"


def risks(cases: Sequence[Case]) -> dict[str, RiskCoverage]:
    """By signal, and of all of them together, over the pictures that have the signal and whose answer is known to be
    right or wrong, or how right; nothing where all are alike, which no signal could tell apart.
    """
    found = {}
    for name in (*SIGNALS, ALL):
        known = [
            (case.failure if name == ALL else case.parts[name], case.right)
            for case in cases
            if case.right is not None and (name == ALL or name in case.parts)
        ]
        if len({right for _, right in known}) > 1:
            found[name] = risk_coverage([-signal for signal, _ in known], [right for _, right in known])
    return found
