"""The network of a run: the same for the same seed, thawed with care, saved in 32 bits, on several devices at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

import tfcore
from tfcore.data.phantom import CLASSES
from tfcore.training import network
from tfcore.training.classes import Classes
from tfcore.training.network import compiled, fresh, portable, thaw
from tfcore.training.plan import plan

QUICK = {"arch": "cnn-2", "size": 32}


def test_a_seed_gives_its_weights_again_and_another_seed_others() -> None:
    one, again, other = (
        fresh(plan("mri-4class", seed=seed, **QUICK), CLASSES).keras.get_weights() for seed in (1, 1, 2)
    )
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert not np.array_equal(one[0], other[0])


@pytest.mark.parametrize(("name", "kind"), [("adam", "Adam"), ("adamw", "AdamW"), ("adamax", "Adamax")])
def test_optimiser_rate_and_decay_are_the_plans(name: str, kind: str) -> None:
    intended = plan("mri-4class", optimizer=name, lr=0.02, weight_decay=0.1, **QUICK)
    optimizer = compiled(fresh(intended, CLASSES).keras, intended, 0.02, Classes(CLASSES)).optimizer
    assert type(optimizer).__name__ == kind
    assert float(optimizer.learning_rate) == pytest.approx(0.02)
    assert optimizer.weight_decay == 0.1
    without = plan("mri-4class", optimizer=name, weight_decay=0, **QUICK)
    assert not compiled(fresh(without, CLASSES).keras, without, 0.02, Classes(CLASSES)).optimizer.weight_decay


def test_a_thawed_base_learns_but_keeps_its_batch_norm_statistics() -> None:
    model = fresh(plan("xray-transfer", "mobilenetv2", size=32, alpha=0.35), CLASSES).keras
    before = len(model.trainable_weights)
    thaw(model)
    frozen = [layer for layer in model.layers if not layer.trainable]
    assert before == 2
    assert len(model.trainable_weights) > 50
    assert frozen
    assert all(isinstance(layer, keras.layers.BatchNormalization) for layer in frozen)


def test_16_bit_training_is_saved_in_32_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "mixed", lambda plan: plan["precision"] == "auto")
    intended = plan("mri-4class", **QUICK)
    model = fresh(intended, CLASSES)
    saved = portable(model, intended, CLASSES)
    assert {layer.compute_dtype for layer in model.keras.layers} == {"float16"}
    assert {layer.compute_dtype for layer in saved.layers} == {"float32"}
    assert all(np.array_equal(a, b) for a, b in zip(model.keras.get_weights(), saved.get_weights(), strict=True))
    assert keras.config.dtype_policy().name == "float32"


def test_a_file_of_weights_says_how_wide_its_network_is(tmp_path: Path) -> None:
    base = keras.applications.MobileNetV2(alpha=0.35, include_top=False, weights=None, input_shape=(32, 32, 3))
    base.save_weights(tmp_path / "base.weights.h5")
    assert plan("tumour-binary", "mobilenetv2", weights=tmp_path / "base.weights.h5").architecture["alpha"] == 0.35


SEVERAL = """
import sys, tensorflow as tf
cpus = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpus[0], [tf.config.LogicalDeviceConfiguration()] * 2)
from tfcore.training import network, session
devices = tf.config.list_logical_devices("CPU")
session.hardware = lambda: tf.distribute.MirroredStrategy(devices, tf.distribute.HierarchicalCopyAllReduce())
import tfcore
run = tfcore.train(sys.argv[1], arch="cnn-2", size=32, batch=8, epochs=2, out=sys.argv[2])
assert run.report["epochs"] == 2
print(tfcore.load_model(run.model).classes)
"""


@pytest.mark.slow
def test_a_run_over_two_devices_writes_a_model_that_opens(phantoms: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SEVERAL, str(phantoms), str(tmp_path / "run")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "glioma" in done.stdout


def test_the_zoo_still_opens_what_was_trained(tmp_path: Path) -> None:
    intended = plan("mri-4class", **QUICK)
    model = fresh(intended, CLASSES)
    portable(model, intended, CLASSES).save(tmp_path / "model.keras")
    model.card.save(tmp_path / "model.keras")
    batch = np.random.default_rng(0).random((2, 32, 32, 3), np.float32)
    opened = tfcore.load_model(tmp_path / "model.keras")
    assert np.allclose(opened.logits(batch), model.logits(batch), atol=1e-6)
    assert opened.activation == "softmax"
