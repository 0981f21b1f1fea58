"""TensorFlow's and Keras's own remarks kept off the user's terminal while a model opens."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Within it only errors are logged and no warnings shown; what a user must know is said in one sentence."""
    if "tensorflow" not in sys.modules:
        _import_tensorflow()
    loggers = [logging.getLogger(name) for name in ("absl", "tensorflow", "keras")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _import_tensorflow() -> None:
    from tfcore.device import quiet_stderr

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    with quiet_stderr():
        import tensorflow as tf

        # Looking for graphics cards is when it has most to say.
        tf.config.list_physical_devices("GPU")
