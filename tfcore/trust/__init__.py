"""May an answer be believed: calibration, sets instead of labels, how risk grows with what is answered (METHODS.md §7).

>>> calibration(probabilities, labels).ece                                                  # doctest: +SKIP
>>> conformal(probabilities, labels, alpha=0.1, score="aps").sets(others)                   # doctest: +SKIP
>>> risk_coverage(confidence, correct).aurc                                                 # doctest: +SKIP
"""

from __future__ import annotations

from tfcore.results import Calibration, ConceptScore, MaskRisk, Neighbour, RiskCoverage
from tfcore.trust.calibration import calibration, temperature
from tfcore.trust.conformal import Conformal, conformal
from tfcore.trust.ensemble import Ensemble
from tfcore.trust.mask_risk import mask_risks, risk_control
from tfcore.trust.neighbours import counterfactual
from tfcore.trust.reference import reference
from tfcore.trust.risk import risk_coverage
from tfcore.trust.tcav import tcav

__all__ = [
    "Calibration",
    "ConceptScore",
    "Conformal",
    "Ensemble",
    "MaskRisk",
    "Neighbour",
    "RiskCoverage",
    "calibration",
    "conformal",
    "counterfactual",
    "mask_risks",
    "reference",
    "risk_control",
    "risk_coverage",
    "tcav",
    "temperature",
]
