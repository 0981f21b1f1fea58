"""Hundreds of small graphs are traced here and run once or twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import tensorflow as tf


@pytest.fixture(scope="package", autouse=True)
def as_traced() -> Iterator[None]:
    """To better a graph that is run twice takes longer than it saves."""
    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
    yield
    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": False})
