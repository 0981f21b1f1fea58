"""Every test runs offscreen, seeded, in a home of its own, and without asking any network."""

from __future__ import annotations

import os
import tempfile

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
# Several processes share the cores: threads would only hand the little networks to and fro, at a quarter of the time.
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
# Before any import that asks where settings live.
_home = tempfile.mkdtemp(prefix="heatlens-home-")
for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "HEATLENS_HOME"):
    os.environ[name] = f"{_home}/{name.lower()}"

import gc  # noqa: E402
import random  # noqa: E402
import shutil  # noqa: E402
import sys  # noqa: E402

import numpy as np  # noqa: E402
import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

# That other work holds the machine up while an example is drawn is no finding.
settings.register_profile("thorough", suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("here", settings.get_profile("thorough"), max_examples=25)
settings.load_profile("here")


def pytest_collection_finish() -> None:
    # What is imported stays: the collector of garbage need not look through it again and again, nor start so often.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure() -> None:
    shutil.rmtree(_home, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Hundreds of small graphs are traced and run once or twice: to better them takes longer than it saves, and is
    tried by the slow tests.
    """
    if tf := sys.modules.get("tensorflow"):
        plain = item.get_closest_marker("slow") is None
        tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": plain})


@pytest.fixture(autouse=True)
def seeded() -> None:
    """The same random numbers in every run and in every order."""
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002
