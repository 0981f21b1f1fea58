"""What tests of the core share."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import tfcore
from tfcore.models import loading
from tfcore.models.model import Model


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Hundreds of small graphs are traced and run once or twice: to better them takes longer than it saves, and is
    tried by the slow tests.
    """
    if tf := sys.modules.get("tensorflow"):
        plain = item.get_closest_marker("slow") is None
        tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": plain})


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
