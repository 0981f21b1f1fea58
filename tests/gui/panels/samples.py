"""A model and a catalogue, small enough to read."""

from __future__ import annotations

from dataclasses import replace

from tfcore.registry import MethodSpec, Param
from tfcore.results import LayerInfo, ModelInfo

LAYERS = (
    LayerInfo("net/conv1", "Conv2D", (None, 32, 32, 8)),
    LayerInfo("net/relu1", "ReLU", (None, 32, 32, 8), "stage1"),
    LayerInfo("net/conv2", "Conv2D", (None, 16, 16, 16)),
    LayerInfo("net/relu2", "ReLU", (None, 16, 16, 16), "stage2"),
)
CARD = {"sha256": "ab12cd34ef56aa", "scaling": "1/255", "colour": "grey", "resize": "bilinear", "fit": "pad"}
INFO = ModelInfo(
    "slices", "/models/slices.keras", ("glioma", "none", "other"), (32, 32, 1), 2_345_678, LAYERS, "net/relu2", CARD, ()
)
OPEN_SIZE = replace(INFO, input_shape=(None, None, 3), guessed=("classes", "fit"))

NUMBERS = (
    Param("samples", "int", 25, "how many noisy copies", 1, 500),
    Param("epsilon", "float", 1e-7, "keeps the ratio finite", 0),
    Param("patch", "int", 16, "side of a patch", 1, 64, unit="px"),
    Param("baseline", "choice", "zero", "what stands for absent", choices=("zero", "mean"), open=True),
    Param("normalise", "choice", "min-max", "how masks are scaled", choices=("min-max", "none")),
    Param("block", "choice", None, "which block", choices=("a", "b"), optional=True),
    Param("canonize", "bool", True, "fold batch norms"),
    Param("head", "int", None, "which head", 0, optional=True),
)
QUICK = MethodSpec("test-quick", "cam", "Where the score rises.", (), ("layer",))
OTHER = MethodSpec("test-other", "cam", "Another.", (), ("layer",), note="class-agnostic")
TUNED = MethodSpec("test-tuned", "gradients", "Many settings.", NUMBERS)
SLOW = MethodSpec("test-slow", "perturbation", "Takes a while.", NUMBERS[:1], ("layer",), slow=True)
RELEVANCE = MethodSpec("test-relevance", "relevance", "Where it goes.", takes=("layer",))
SPECS = (QUICK, OTHER, TUNED, SLOW)
