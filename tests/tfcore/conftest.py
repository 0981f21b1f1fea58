"""What tests of the core share."""

from __future__ import annotations

import pytest

import tfcore
from tfcore.models.model import Model


@pytest.fixture(scope="session")
def demo() -> Model:
    """The network of the demo: whoever asks it again finds its passes traced."""
    return tfcore.load_model("demo")
