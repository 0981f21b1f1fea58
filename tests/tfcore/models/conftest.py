"""Model files that several tests open."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from tests.tfcore.models.old_files import PICTURES, L, network


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small network in every container of Keras 3, and what it says of PICTURES."""
    folder = tmp_path_factory.mktemp("saved")
    model = network(L.Conv2D(4, 3))
    np.save(folder / "scores.npy", model(PICTURES).numpy())
    model.save(folder / "model.keras")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.save(folder / "whole.h5")
    model.save_weights(folder / "model.weights.h5")
    (folder / "architecture.json").write_text(model.to_json())
    return folder
