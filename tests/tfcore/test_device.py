"""Which devices TensorFlow is left with."""

from __future__ import annotations

import importlib
import os
import platform
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
import tensorflow as tf

import tfcore
from tfcore.device import cores_here, share_cores, start_tensorflow
from tfcore.errors import HeatlensError

GPUS = [SimpleNamespace(name=f"/physical_device:GPU:{number}") for number in range(2)]


@pytest.fixture
def visible(monkeypatch: pytest.MonkeyPatch) -> MagicMock:
    """A machine with two GPUs, and what it was told to show."""
    told = MagicMock()
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda _: GPUS)
    monkeypatch.setattr(tf.config, "set_visible_devices", told)
    monkeypatch.setattr(tf.config.experimental, "set_memory_growth", told.growth)
    return told


@pytest.mark.parametrize(
    ("device", "used", "left"),
    [(None, "gpu:0", GPUS), ("gpu", "gpu:0", GPUS[:1]), ("GPU:1", "gpu:1", GPUS[1:]), ("cpu", "cpu", [])],
)
def test_a_stated_device_is_the_only_one_and_without_one_all_stay(
    visible: MagicMock, device: str | None, used: str, left: list[SimpleNamespace]
) -> None:
    assert start_tensorflow(device) == (used, ("cpu", "gpu:0", "gpu:1"))
    visible.assert_called_once_with(left, "GPU")
    assert [call.args for call in visible.growth.call_args_list] == [(gpu, True) for gpu in left]


def test_a_device_that_is_not_there_is_refused_by_name(visible: MagicMock) -> None:
    with pytest.raises(HeatlensError, match=r"no device 'gpu:7' on this machine; there is cpu, gpu:0, gpu:1"):
        start_tensorflow("gpu:7")
    visible.assert_not_called()


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="oneDNN is of these processors")
def test_tensorflow_that_was_there_before_and_is_slower_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    port = importlib.import_module("tensorflow.python.util._pywrap_util_port")
    monkeypatch.delenv("TF_ENABLE_ONEDNN_OPTS")
    monkeypatch.setattr(port, "IsMklEnabled", lambda: False)
    with pytest.warns(UserWarning, match="import tfcore first"):
        importlib.reload(tfcore)
    # Where oneDNN is on there is nothing to tell: warnings are errors here.
    monkeypatch.setattr(port, "IsMklEnabled", lambda: True)
    monkeypatch.delenv("TF_ENABLE_ONEDNN_OPTS")
    importlib.reload(tfcore)


def test_a_process_uses_the_cores_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"):
        monkeypatch.setenv(name, "")
    all_there = cores_here()
    assert 1 <= all_there <= (os.cpu_count() or 1)
    share_cores(1)
    assert cores_here() == 1
    share_cores(10_000)
    assert cores_here() == all_there
