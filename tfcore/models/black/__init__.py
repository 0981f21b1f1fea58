"""Models whose inside nobody sees: they answer pictures, and can only be asked.

Whatever has an answer is a :class:`BlackBox`: a signature of a SavedModel, an ONNX file, a Keras model whose layers are
in its code, any function. It becomes a network of a single layer, which does what its row in the table of kinds says:
it hides. So all that asks a network asks a box, and all that looks inside finds nothing to look at.
"""

from tfcore.models.black.black_box import BlackBox, card_of, network, probed
from tfcore.models.black.onnx import box as onnx_box
from tfcore.models.black.onnx import onnx_in
from tfcore.models.black.python import of_function as function_box
from tfcore.models.black.python import of_keras as keras_box
from tfcore.models.black.saved_model import box as saved_model_box

__all__ = [
    "BlackBox",
    "card_of",
    "function_box",
    "keras_box",
    "network",
    "onnx_box",
    "onnx_in",
    "probed",
    "saved_model_box",
]
