"""What answers hold: plain data that the window, the figures, the tables and the engine hand on to each other."""

from __future__ import annotations

from tfcore.results.calibrated import Calibrated, Calibration
from tfcore.results.dissection import Detector, Dissected, Dissection, FilterMasks, Fires
from tfcore.results.evaluation import Behind, Cell, CellKey, Evaluated
from tfcore.results.figure import FigureMade, FigureParts
from tfcore.results.heat import Box, Heat, HeatSpread, LayerStrip, Outline
from tfcore.results.labels import Labels
from tfcore.results.mask import Mask, MaskVolume, Voxel, covered
from tfcore.results.maximised import Maximised
from tfcore.results.model import WEIGHTS, DropoutLayers, LayerInfo, ModelInfo, untrained
from tfcore.results.prediction import Belief, Insert, Prediction, Sureness
from tfcore.results.reproduced import Reproduced
from tfcore.results.shift import Shift
from tfcore.results.structures import Structures
from tfcore.results.triage import Triaged
from tfcore.results.trust import ConceptScore, MaskRisk, Neighbour, RiskCoverage
from tfcore.results.verdict import Verdict

__all__ = [
    "WEIGHTS",
    "Behind",
    "Belief",
    "Box",
    "Calibrated",
    "Calibration",
    "Cell",
    "CellKey",
    "ConceptScore",
    "Detector",
    "Dissected",
    "Dissection",
    "DropoutLayers",
    "Evaluated",
    "FigureMade",
    "FigureParts",
    "FilterMasks",
    "Fires",
    "Heat",
    "HeatSpread",
    "Insert",
    "Labels",
    "LayerInfo",
    "LayerStrip",
    "Mask",
    "MaskRisk",
    "MaskVolume",
    "Maximised",
    "ModelInfo",
    "Neighbour",
    "Outline",
    "Prediction",
    "Reproduced",
    "RiskCoverage",
    "Shift",
    "Structures",
    "Sureness",
    "Triaged",
    "Verdict",
    "Voxel",
    "covered",
    "untrained",
]
