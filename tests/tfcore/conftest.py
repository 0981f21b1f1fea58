"""What tests of the core share."""

from __future__ import annotations

from typing import Any

import pytest

import tfcore
from tfcore.models import loading
from tfcore.models.model import Model


@pytest.fixture(scope="session")
def demo() -> Model:
    """The network of the demo: whoever asks it again finds its passes traced."""
    return tfcore.load_model("demo")


@pytest.fixture
def demo_stays_open(demo: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens the demo by its name gets the one that is open, as in an engine: nothing is traced again."""
    opened = loading._from_disk

    def from_disk(source: str, *how: Any) -> Model:
        return demo if (source, *how) == ("demo", None, False, None) else opened(source, *how)

    monkeypatch.setattr(loading, "_from_disk", from_disk)
