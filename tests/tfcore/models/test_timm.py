"""timm's weights give timm's numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import tfcore
import tfcore.models.timm
from tests.shared import shared, telling
from tests.tfcore.models.zoo import built, timm_input, timm_state
from tfcore.errors import HeatlensError
from tfcore.models.layers import stages
from tfcore.models.model import Model

RESNEXTS = [("resnext50", "resnext50_32x4d"), ("sk-resnext50", "skresnext50_32x4d")]


def agrees(found: np.ndarray, name: str) -> None:
    reference = np.load(shared("oracles", "timm.npz"))[name]
    assert found.shape == reference.shape
    assert np.abs(found - reference).max() <= 1e-3 * np.abs(reference).max()


def values_at(model: Model, batch: np.ndarray, *numbers: int) -> list[np.ndarray]:
    program = model.program
    values = program.run({program.input: batch}, numbers)
    return [np.asarray(values[number]) for number in numbers]


@pytest.mark.parametrize(("name", "timm_name"), telling(["resnext50"], RESNEXTS))
def test_logits_and_every_stage_agree_with_timm(name: str, timm_name: str) -> None:
    model = built(name)
    tfcore.models.timm.load_state(model, timm_state(timm_name))
    ends = stages(model.program)
    wanted = [step.output for step in ends.values()]
    logits, *maps = values_at(model, timm_input(timm_name, 96), model.program.output, *wanted)
    agrees(logits, f"{timm_name}/logits")
    for stage, values in zip(ends, maps, strict=True):
        agrees(values.mean(axis=(1, 2)), f"{timm_name}/{stage}_mean")


def test_logits_attention_and_tokens_agree_with_timm() -> None:
    name, model = "vit_tiny_patch16_224", built("vit-tiny16")
    tfcore.models.timm.load_state(model, timm_state(name))
    steps = [model.program.step(path) for path in ("block12/attention_probs", "norm")]
    wanted = [step.output for step in steps]
    logits, attention, tokens = values_at(model, timm_input(name, 224), model.program.output, *wanted)
    agrees(logits, f"{name}/logits")
    agrees(attention, f"{name}/last_attention")
    agrees(tokens, f"{name}/tokens")


def test_missing_surplus_and_misshapen_tensors_are_named_and_nothing_is_changed() -> None:
    model = built("vit-tiny16")
    state = timm_state("vit_tiny_patch16_224")
    before = model.keras.get_layer("head").get_weights()
    del state["blocks.3.attn.qkv.bias"]
    state["blocks.12.norm1.weight"] = np.ones(192, np.float32)
    state["pos_embed"] = np.zeros((1, 50, 192), np.float32)
    state["head.weight"] += 1
    with pytest.raises(HeatlensError) as error:
        tfcore.models.timm.load_state(model, state)
    assert str(error.value) == (
        "The timm tensors do not fit vit-tiny16: 1 missing (blocks.3.attn.qkv.bias), "
        "1 surplus (blocks.12.norm1.weight), 1 of another shape (pos_embed is 1×50×192 instead of 1×197×192); "
        "give those of this network."
    )
    for old, new in zip(before, model.keras.get_layer("head").get_weights(), strict=True):
        assert np.array_equal(old, new)


def test_batch_counters_of_pytorch_are_passed_over() -> None:
    state = timm_state("vit_tiny_patch16_224")
    tfcore.models.timm.load_state(built("vit-tiny16"), {**state, "bn1.num_batches_tracked": np.array(7)})


def test_a_safetensors_file_brings_its_classes_along(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    state = timm_state("vit_tiny_patch16_224", classes=3)
    save_file(state, tmp_path / "tuned.safetensors")
    model = tfcore.load_model("zoo:vit-tiny16", weights=tmp_path / "tuned.safetensors")
    assert model.classes == ("class 0", "class 1", "class 2")
    assert np.array_equal(model.keras.get_layer("head").get_weights()[0], state["head.weight"].T)
    assert model.card.provenance["classifier"] == "from the file"


def test_an_npz_with_other_classes_leaves_the_classifier_fresh(tmp_path: Path) -> None:
    state = timm_state("vit_tiny_patch16_224", classes=7)
    np.savez(tmp_path / "base.npz", **state)
    model = tfcore.build("vit-tiny16", classes=["absent", "present"], weights=tmp_path / "base.npz")
    assert model.keras.output_shape == (None, 2)
    assert np.array_equal(model.keras.get_layer("norm").get_weights()[0], state["norm.weight"])
    assert model.card.provenance["classifier"] == "random"


def test_a_file_for_another_network_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "few.npz", **{"conv1.weight": np.zeros((64, 3, 7, 7), np.float32)})
    with pytest.raises(
        HeatlensError, match=r"few\.npz: The timm tensors do not fit vit-tiny16: 150 missing \(.*\), 1 surplus"
    ):
        tfcore.build("vit-tiny16", weights=tmp_path / "few.npz")
