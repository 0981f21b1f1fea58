"""What a file of weights holds, by name and shape, and which network it is for; TensorFlow is not needed for it."""

from __future__ import annotations

import hashlib
import math
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Literal

import numpy as np

from tfcore.dropped import HDF5
from tfcore.errors import HeatlensError
from tfcore.lazy import h5py, safetensors
from tfcore.models.opening import hdf5
from tfcore.models.opening.claims import absurd, beginning
from tfcore.models.opening.with_keras import first_line
from tfcore.models.pretrained import PRETRAINED, Pretrained

# Keras's own two layouts of HDF5, and timm's tensors in a .safetensors or .npz file.
Format = Literal["keras", "keras legacy", "safetensors", "npz"]
Shapes = Mapping[str, tuple[int, ...]]

_LAST_DENSE = re.compile(r"layers/dense(?:_(\d+))?/vars/1")
_HEADS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
_BROKEN = (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error)
_AGAIN = "copy or download it again"


@dataclass(frozen=True)
class WeightFile:
    """A file of weights: its layout and the shape of every tensor in it, in the file's order."""

    path: Path
    format: Format
    shapes: Shapes = field(repr=False)

    @property
    def timm(self) -> bool:
        return self.format in ("safetensors", "npz")

    @property
    def values(self) -> int:
        """How many numbers it holds."""
        return sum(math.prod(shape) for shape in self.shapes.values())

    @cached_property
    def md5(self) -> str:
        """The hash by which Keras's own files are known."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()

    @property
    def classes(self) -> int | None:
        """The number of classes of its last layer; ``None`` for a base without classifier."""
        if self.timm:
            bias = self.shapes.get("fc.bias") or self.shapes.get("head.bias")
            return bias[0] if bias else None
        if self.format == "keras":
            numbered = {int(match[1] or 0): name for name in self.shapes if (match := _LAST_DENSE.fullmatch(name))}
            return self.shapes[numbered[max(numbered)]][0] if numbered else None
        last = list(self.shapes.values())[-2:]
        return last[1][0] if [len(shape) for shape in last] == [2, 1] else None

    @property
    def pretrained(self) -> Pretrained | None:
        """The pretrained network these are the weights of, by md5 or else by the number of tensors and values."""
        headless = {name: shape for name, shape in self.shapes.items() if not name.startswith(("fc.", "head."))}
        sizes = len(headless), sum(math.prod(shape) for shape in headless.values())
        alike = [known for known in PRETRAINED if (known.tensors, known.values) == sizes and known.timm == self.timm]
        return next(iter(alike), None)

    @property
    def official(self) -> bool:
        """Whether it is, byte for byte, the ImageNet file of Keras."""
        known = self.pretrained
        return known is not None and known.md5 != "" and known.md5 == self.md5

    def arrays(self) -> dict[str, np.ndarray]:
        """The tensors of a timm file under timm's names."""
        try:
            if self.format == "npz":
                with np.load(self.path, allow_pickle=False) as archive:
                    return {name: archive[name] for name in self.shapes}
            with safetensors.safe_open(self.path, framework="numpy") as file:
                return {name: file.get_tensor(name) for name in self.shapes}
        except (*_BROKEN, TypeError, safetensors.SafetensorError) as error:
            raise HeatlensError(f"{self.path} could not be read ({first_line(error)}); {_AGAIN}.") from error


def read(path: str | Path) -> WeightFile:
    """What is in the file, or one sentence that says why nothing can be read from it."""
    path = Path(path)
    start = beginning(path, "weights")
    try:
        if start.startswith(HDF5):
            return _hdf5(path)
        if start.startswith(b"PK\x03\x04"):
            return WeightFile(path, "npz", _npz(path))
        # A length of eight bytes, then a JSON header.
        if start[8:9] == b"{":
            with safetensors.safe_open(path, framework="numpy") as file:
                shapes = {name: file.get_slice(name).get_shape() for name in file.keys()}  # noqa: SIM118
            return WeightFile(path, "safetensors", _counted(shapes))
    except (*_BROKEN, RuntimeError, KeyError, safetensors.SafetensorError) as error:
        raise HeatlensError(f"{path} is damaged or cut short ({first_line(error)}); {_AGAIN}.") from error
    raise HeatlensError(
        f"{path} is not a file of weights; Heatlens reads .weights.h5 and .h5 (Keras), .safetensors and .npz (timm)."
    )


def _hdf5(path: Path) -> WeightFile:
    hdf5.check(path, path)
    with h5py.File(path, "r") as file:
        group = file.get("model_weights", file)
        if layers := hdf5.names(group, "layer_names"):
            names = [f"{layer}/{name}" for layer in layers for name in hdf5.names(group[layer], "weight_names")]
            return WeightFile(path, "keras legacy", {name: group[name].shape for name in names})
        found: dict[str, tuple[int, ...]] = {}

        def note(name: str, entry: Any) -> None:
            # The random state of a dropout layer and the optimizer's memory are no weights.
            if isinstance(entry, h5py.Dataset) and "seed_generator" not in name and not name.startswith("optimizer"):
                found[name] = entry.shape

        file.visititems(note)
    if not any("/vars/" in name for name in found):
        raise HeatlensError(f"{path} is an HDF5 file without Keras weights; save them with model.save_weights.")
    return WeightFile(path, "keras", found)


def _npz(path: Path) -> Shapes:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        names = [info.filename for info in infos]
        if "config.json" in names:
            raise HeatlensError(f"{path} is a whole model, not weights for another; open it as the model.")
        if any(name.endswith("data.pkl") for name in names):
            raise HeatlensError(f"{path} is a PyTorch file, which can run code; give its tensors as .safetensors.")
        if not names or not all(name.endswith(".npy") for name in names):
            raise HeatlensError(f"{path} is a zip file without arrays; give a .npz of timm's tensors.")
        shapes = {}
        for info in infos:
            with archive.open(info) as stream:
                shapes[info.filename] = _shape(stream, info.file_size)
    claimed, held = sum(info.file_size for info in infos), path.stat().st_size
    if absurd(claimed, held):
        raise HeatlensError(f"{path} claims {claimed >> 20} MB in {held} stored bytes; not opened.")
    return _counted({name.removesuffix(".npy"): shape for name, shape in shapes.items()})


def _shape(stream: IO[bytes], size: int) -> tuple[int, ...]:
    """The shape that the head of an array states; its values are not read."""
    shape, _, kind = _HEADS[np.lib.format.read_magic(stream)](stream)
    if math.prod(shape) * kind.itemsize > size:
        raise ValueError("an array claims more than is there")
    return shape


def _counted(shapes: Mapping[str, Any]) -> Shapes:
    """Without the batch counters PyTorch keeps beside every batch norm."""
    return {name: tuple(shape) for name, shape in shapes.items() if not name.endswith("num_batches_tracked")}
