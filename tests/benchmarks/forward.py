"""What everything is measured against: the network's forward pass as one traced function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from tfcore.models.model import Model


def compiled_forward(model: Model) -> Callable[[Any], np.ndarray]:
    """From a batch (an array, as for the work compared with it, or on the device already) to what the network says."""
    traced = tf.function(
        lambda batch: model.keras(batch, training=False), input_signature=[model.signature], autograph=False
    )

    def forward(batch: Any) -> np.ndarray:
        found: np.ndarray = traced(tf.convert_to_tensor(batch)).numpy()
        return found

    return forward
