from __future__ import annotations

import pytest

from gui.features.train.panel import TrainingPanel
from tests.gui.hands import OnScreen


@pytest.fixture
def panel(on_screen: OnScreen) -> TrainingPanel:
    return on_screen(TrainingPanel(), 900, 500)
