"""Weights are found, recognised and loaded, and what does not fit says why."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

import tfcore
from tests.shared import shared, telling
from tests.tfcore.models.zoo import small_base
from tfcore import cli, places
from tfcore.errors import HeatlensError
from tfcore.models import weights
from tfcore.models.pretrained import PRETRAINED, pretrained
from tfcore.models.weight_files import read

SMALL = {"alpha": 0.35, "input_shape": (96, 96, 3)}
SAMPLE = "mobilenetv2_0.35_224_notop.weights.h5"


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEATLENS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))


@pytest.fixture(scope="session")
def base_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of the small base, as Keras 3 writes them."""
    path = tmp_path_factory.mktemp("weights") / "base.weights.h5"
    small_base().save_weights(path)
    return path


@pytest.fixture(scope="session")
def legacy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in the layout of the published ImageNet files."""
    path = tmp_path_factory.mktemp("weights") / "base_no_top.h5"
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = [layer.name.encode() for layer in small_base().layers]
        for layer in small_base().layers:
            group = file.create_group(layer.name)
            group.attrs["weight_names"] = np.array([weight.path.encode() for weight in layer.weights], "S")
            for weight in layer.weights:
                group[weight.path] = weight.numpy()
    return path


def same_base(network: Any) -> bool:
    """Whether the network's first weights are those of the small base."""
    ours, theirs = network.get_weights(), small_base().get_weights()
    return all(np.array_equal(mine, other) for mine, other in zip(ours, theirs, strict=False))


# --- loading ---


@pytest.mark.slow
def test_a_published_base_is_loaded_as_it_is() -> None:
    path = shared("data", "weights", SAMPLE)
    model = tfcore.build("mobilenetv2", alpha=0.35, weights=path)
    with h5py.File(path) as file:
        first = file["layers/conv2d/vars/0"][:]
    assert np.array_equal(model.keras.get_layer("Conv1").get_weights()[0], first)
    assert model.card.scaling == "x/127.5-1"
    assert model.card.provenance["weights"] == "mobilenetv2 alpha 0.35"
    assert model.card.provenance["weights md5"] == hashlib.md5(path.read_bytes()).hexdigest()
    assert model.card.provenance["classifier"] == "random"


@pytest.mark.parametrize("layout", telling(["legacy_file"], ["base_file", "legacy_file"]))
def test_a_base_is_loaded_from_both_layouts_whatever_its_name(
    layout: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path = tmp_path / "brought on a stick"
    shutil.copyfile(request.getfixturevalue(layout), path)
    model = tfcore.build("mobilenetv2", weights=path, **SMALL)
    assert same_base(model.keras)
    assert model.info().weights == "random classifier"


def test_weights_of_the_whole_network_bring_their_classes_along(tmp_path: Path) -> None:
    trained = tfcore.build("cnn-2", classes=3, input_shape=(32, 32, 3))
    trained.keras.save_weights(tmp_path / "trained.weights.h5")
    model = tfcore.build("cnn-2", weights=tmp_path / "trained.weights.h5", input_shape=(32, 32, 3))
    batch = np.random.default_rng(0).normal(size=(2, 32, 32, 3)).astype(np.float32)
    assert len(model.classes) == 3
    np.testing.assert_allclose(model.keras(batch), trained.keras(batch), rtol=1e-5)
    assert model.card.provenance["classifier"] == "from the file"


# --- bad files ---


def test_weights_of_other_settings_are_refused_by_name(base_file: Path) -> None:
    with pytest.raises(HeatlensError) as error:
        tfcore.build("mobilenetv2", alpha=0.5, input_shape=(96, 96, 3), weights=base_file)
    assert str(error.value) == (
        f"{base_file} does not fit mobilenetv2: it holds 260 tensors with 410,208 values, the network takes 262 with "
        "711,348, or 260 with 706,224 without its head; give weights of the same network, input channels and settings."
    )


def test_weights_of_another_network_are_named(base_file: Path) -> None:
    with pytest.raises(HeatlensError, match=r"does not fit cnn-2: .*; the file is for mobilenetv2 alpha 0\.35\.$"):
        tfcore.build("cnn-2", weights=base_file)


def test_truncated_files_say_so(base_file: Path, legacy_file: Path, tmp_path: Path) -> None:
    np.savez(tmp_path / "whole.npz", **{"conv1.weight": np.zeros((64, 3, 7, 7))})
    from safetensors.numpy import save_file

    save_file({"conv1.weight": np.zeros((64, 3, 7, 7))}, tmp_path / "whole.safetensors")
    for whole in (base_file, legacy_file, tmp_path / "whole.npz", tmp_path / "whole.safetensors"):
        cut = tmp_path / f"cut{whole.suffix}"
        cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
        with pytest.raises(HeatlensError, match=rf"cut{whole.suffix} is damaged or cut short"):
            read(cut)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", r"is empty \(0 bytes\)"),
        (b"404: not found, try again later", "is not a file of weights"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "is a Git LFS pointer"),
    ],
)
def test_what_is_no_weights_file_says_what_it_is(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.h5"
    path.write_bytes(content)
    with pytest.raises(HeatlensError, match=sentence):
        tfcore.build("vgg16", weights=path)


@pytest.mark.parametrize(
    ("member", "sentence"),
    [
        ("archive/data.pkl", "is a PyTorch file"),
        ("config.json", "is a whole model"),
        ("notes.txt", "is a zip file without arrays"),
    ],
)
def test_other_zip_files_are_told_apart(member: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "{}")
    with pytest.raises(HeatlensError, match=sentence):
        read(path)


def test_weights_that_unpack_to_memory_s_end_are_refused(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "zeros.npz", **{"conv1.weight": np.zeros(80 << 18, np.float32)})
    with pytest.raises(HeatlensError, match=r"zeros\.npz claims 80 MB in \d+ stored bytes; not opened"):
        read(tmp_path / "zeros.npz")
    with zipfile.ZipFile(tmp_path / "more.npz", "w") as archive, archive.open("conv1.weight.npy", "w") as stream:
        head = {"descr": "<f4", "fortran_order": False, "shape": (1 << 40,)}
        np.lib.format.write_array_header_1_0(stream, head)
    with pytest.raises(HeatlensError, match="an array claims more than is there"):
        read(tmp_path / "more.npz")


def test_weights_that_reach_into_other_files_are_refused(legacy_file: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(legacy_file, tmp_path / "sly.h5"))
    with h5py.File(path, "a") as file:
        del file["Conv1/Conv1/kernel"]
        file["Conv1/Conv1/kernel"] = h5py.ExternalLink("/etc/other.h5", "/secret")
    with pytest.raises(HeatlensError, match="reaches into another file at 'Conv1/Conv1/kernel'"):
        read(path)


def test_a_table_in_hdf5_is_no_weights_file(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "table.h5", "w") as file:
        file["pixels"] = np.zeros(4)
    with pytest.raises(HeatlensError, match="HDF5 file without Keras weights"):
        read(tmp_path / "table.h5")


def test_absent_files_and_folders_say_so(tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match=r"There is no weights file .*gone\.h5"):
        tfcore.build("vgg16", weights=tmp_path / "gone.h5")
    with pytest.raises(HeatlensError, match="is a folder"):
        tfcore.build("vgg16", weights=tmp_path)


# --- ImageNet weights ---


@pytest.mark.parametrize(("name", "md5"), [("vgg16", "6d6b"), ("densenet201", "c136"), ("resnet50", "4d47")])
def test_without_a_network_the_file_to_bring_is_named(name: str, md5: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*given: Any, **named: Any) -> None:
        raise Exception("URL fetch failure")  # as Keras does

    monkeypatch.setattr("keras.utils.get_file", no_network)
    with pytest.raises(HeatlensError) as error:
        tfcore.build(name, weights="imagenet")
    known = pretrained(name, {})
    assert known is not None
    assert known.md5.startswith(md5)
    assert str(error.value) == (
        f"The ImageNet weights of {name} are not on this machine and could not be fetched; bring {known.file} "
        f"(md5 {known.md5}) and run 'heatlens weights add FILE'."
    )


def test_weights_of_timm_are_asked_for_by_name() -> None:
    with pytest.raises(HeatlensError, match=r"timm's and not in the weight store; bring resnext50_32x4d\.safetensors"):
        tfcore.build("resnext50", weights="imagenet")


def test_imagenet_weights_come_from_the_store_before_the_cache(base_file: Path, tmp_path: Path) -> None:
    known = pretrained("mobilenetv2", {"alpha": 0.35})
    assert known is not None
    cached = tmp_path / "keras" / "models" / known.file
    cached.parent.mkdir(parents=True)
    shutil.copyfile(base_file, cached)
    assert weights.find("mobilenetv2", {"alpha": 0.35}, "imagenet") == cached
    kept = weights.add(base_file)
    assert weights.find("mobilenetv2", {"alpha": 0.35}, "imagenet") == kept.path
    assert same_base(tfcore.build("mobilenetv2", weights="imagenet", **SMALL).keras)


def test_a_published_hash_must_be_right(base_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tfcore.models import weight_files

    known = pretrained("mobilenetv2", {"alpha": 0.35})
    assert known is not None
    weights.add(base_file)
    for md5, found in (("0" * 32, False), (read(base_file).md5, True)):
        hashed = type(known)(**{**vars(known), "md5": md5})
        monkeypatch.setattr(weight_files, "PRETRAINED", (hashed,))
        assert (weights.in_store(hashed) is not None) == found


def test_no_two_pretrained_networks_look_alike() -> None:
    looks = {(known.tensors, known.values, known.timm) for known in PRETRAINED}
    assert len(looks) == len(PRETRAINED)


def test_every_pretrained_base_is_counted_rightly() -> None:
    base = small_base()
    known = pretrained("mobilenetv2", {"alpha": 0.35})
    assert known is not None
    assert (known.tensors, known.values) == (len(base.weights), base.count_params())


# --- the command ---


def command(*arguments: str) -> int:
    return cli.main(["weights", *arguments], lambda _: 0)


def test_the_store_is_listed_after_a_file_was_added(base_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command() == 0
    assert "is empty" in capsys.readouterr().err
    assert command("add", str(base_file)) == 0
    assert command("list", "--json") == 0
    *_, listed = capsys.readouterr().out.partition("[")
    (row,) = json.loads("[" + listed)
    md5 = hashlib.md5(base_file.read_bytes()).hexdigest()
    assert row == {
        "file": str(places.weights() / f"mobilenetv2-alpha-0.35-{md5[:8]}.weights.h5"),
        "bytes": base_file.stat().st_size,
        "md5": md5,
        "fits": "mobilenetv2 alpha 0.35",
        "origin": "by its shapes",
    }


def test_adding_twice_keeps_one_file(base_file: Path) -> None:
    first = weights.add(base_file)
    assert weights.add(base_file).path == weights.add(first.path).path == first.path
    assert [file.path for file in weights.stored()] == [first.path]


def test_checking_loads_the_weights_once(base_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("check", str(base_file)) == 0
    assert "mobilenetv2 alpha 0.35" in capsys.readouterr().out


def test_unknown_weights_are_not_taken_into_the_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    np.savez(tmp_path / "mine.npz", kernel=np.zeros(3))
    assert command("add", str(tmp_path / "mine.npz")) == cli.WRONG
    assert "mine.npz holds 1 tensor with 3 values, which fits no pretrained network" in capsys.readouterr().err
    assert weights.stored() == []


@pytest.mark.parametrize("arguments", [("add",), ("check",), ("list", "x.h5")])
def test_a_forgotten_or_needless_file_is_said(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert command(*arguments) == cli.WRONG
    assert f"weights {arguments[0]} takes" in capsys.readouterr().err
