"""TensorFlow for training: on every GPU there is, or on the device that was asked for."""

from __future__ import annotations

import os

from tfcore.engine.device import quiet_stderr, start_tensorflow


def start(device: str | None = None) -> None:
    """Import TensorFlow; without a device all GPUs stay visible and take memory as they need it."""
    if device is not None:
        start_tensorflow(device)
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    with quiet_stderr():
        import tensorflow as tf

        for gpu in tf.config.list_physical_devices("GPU"):
            tf.config.experimental.set_memory_growth(gpu, True)
