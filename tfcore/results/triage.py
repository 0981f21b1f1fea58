"""Pictures that call for a second look, by what is remarkable about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tfcore.results.trust import RiskCoverage


@dataclass(frozen=True)
class Triaged:
    """``cases`` has the weight (0 to 1) of every picture of a kind; ``about`` says what each kind is."""

    cases: Mapping[str, Mapping[str, float]]
    about: Mapping[str, str]
    # All that was seen in a picture, in words.
    remarks: Mapping[str, str]
    # How likely each answer is to be wrong, 0 to 1, by all signals together; and what the signals are, in words.
    failure: Mapping[str, float] = field(default_factory=dict)
    signals: Mapping[str, str] = field(default_factory=dict)
    # How risk grows with what is answered, signal by signal, where the truth is known.
    risks: Mapping[str, RiskCoverage] = field(default_factory=dict)
    # A sentence for each picture that could not be read, and what else is to be known.
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
