"""An HDF5 file: architecture in its attributes, weights in its groups, checked before any weight is read."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tfcore.errors import HeatlensError
from tfcore.lazy import LazyModule
from tfcore.models.opening import text
from tfcore.models.opening.claims import absurd
from tfcore.models.opening.stored import Stored

if TYPE_CHECKING:
    import h5py
else:
    h5py = LazyModule("h5py")

# What h5py and HDF5 raise for bytes that are not as they should be.
BROKEN = (OSError, RuntimeError, KeyError, ValueError, TypeError, SystemError)


def read(path: Path) -> Stored:
    """The architecture in the file (``None`` where it holds weights alone) and the Keras that wrote it."""
    check(path, path)
    try:
        with h5py.File(path, "r") as file:
            config, version = file.attrs.get("model_config"), _text(file.attrs.get("keras_version", ""))
    except BROKEN as error:
        raise HeatlensError(f"{path} is damaged or cut short; copy or download the model again.") from error
    if config is None:
        return Stored(path, "hdf5", None, version, path)
    if not isinstance(config, str | bytes):
        raise HeatlensError(f"{path} is damaged: its architecture is not a text; copy or download the model again.")
    return Stored(path, "hdf5", text.parsed(config, path), version, path)


def check(source: Path | IO[bytes], path: Path) -> None:
    """Refuse a file that is cut short, reaches into other files, or claims more than it can hold."""
    sizes: list[tuple[int, int]] = []

    def look(name: str, item: Any) -> str | None:
        if not isinstance(item, h5py.Dataset):
            return None
        sizes.append(_sizes(item))
        return _of_dataset(name, item)

    try:
        with h5py.File(source, "r") as file:
            # The walks end at the first complaint; HDF5 cannot pass an exception through.
            complaint = file.visititems_links(_of_link) or file.visititems(look)
    except BROKEN as error:
        raise HeatlensError(f"{path} is damaged or cut short; copy or download the model again.") from error
    claimed, held = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    if complaint is None and absurd(claimed, held):
        complaint = f"claims {claimed >> 20} MB of weights and holds {held} bytes of them"
    if complaint is not None:
        raise HeatlensError(f"{path} {complaint}; not opened.")


def is_weights_of_keras_3(path: Path) -> bool:
    """Whether the weights lie by the structure of the model (``….weights.h5``) and not by layer names."""
    with h5py.File(path, "r") as file:
        return "layer_names" not in file.attrs and "layer_names0" not in file.attrs and "model_weights" not in file


def names(group: Any, name: str) -> list[str]:
    """A list of names in the attributes; long ones are spread over name0, name1, …"""
    if name in group.attrs:
        return [_text(each) for each in group.attrs[name]]
    found, number = [], 0
    while f"{name}{number}" in group.attrs:
        found += [_text(each) for each in group.attrs[f"{name}{number}"]]
        number += 1
    return found


def _of_link(name: str, link: Any) -> str | None:
    return f"reaches into another file at {name!r}" if isinstance(link, h5py.ExternalLink) else None


def _of_dataset(name: str, item: Any) -> str | None:
    if item.external or item.is_virtual:
        return f"reaches into another file at {name!r}"
    claimed, held = _sizes(item)
    if absurd(claimed, held):
        return f"claims {claimed >> 20} MB of weights at {name!r} and holds {held} bytes of them"
    return None


def _sizes(item: Any) -> tuple[int, int]:
    """The bytes that a dataset claims to be, and those it takes in the file."""
    return (item.size or 0) * item.dtype.itemsize, item.id.get_storage_size()


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
