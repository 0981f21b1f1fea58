"""An HDF5 file: architecture in its attributes, weights in its groups, checked before any weight is read."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.lazy import h5py
from tfcore.models.opening import text
from tfcore.models.opening.claims import absurd, refuse_endless
from tfcore.models.opening.stored import Stored

# Keras nests weights by the structure of the model, some five levels for every model in a model.
_DEEPEST = 200
_MOST_OBJECTS = 50_000
_SMALL = 1 << 20
_MOST_TEXT = 2 << 30
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


def check(path: Path, named: Path) -> None:
    """Refuse a file that is cut short, reaches into other files, or claims more than it can hold."""
    try:
        refuse_endless(path)
        if _has_an_endless_heap(path):
            raise OSError
        with h5py.File(path, "r") as file:
            complaint = _complaint(file, path.stat().st_size)
    except BROKEN as error:
        raise HeatlensError(f"{named} is damaged or cut short; copy or download the model again.") from error
    if complaint is not None:
        raise HeatlensError(f"{named} {complaint}; not opened.")


def _has_an_endless_heap(path: Path) -> bool:
    """Whether HDF5 would never come to the end of a heap of texts: it steps from part to part by their sizes, and a
    damaged size of nothing keeps it, and Python with it, where it is.
    """
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(b"GCOL\1\0\0\0")
        while at >= 0:
            end = min(at + int.from_bytes(data[at + 8 : at + 16], "little"), len(data))
            part = at + 16
            while part + 16 <= end:
                size = int.from_bytes(data[part + 8 : part + 16], "little")
                # Part 0 is what is free, header and all.
                step = 16 + -(-size // 8) * 8 if any(data[part : part + 2]) else size
                if not step:
                    return True
                part += step
            at = data.find(b"GCOL\1\0\0\0", at + 8)
    return False


def _complaint(file: h5py.File, size: int) -> str | None:
    """What is wrong with the file, found by a walk of our own.

    HDF5's walk goes on for minutes where groups are nested by the thousand, and takes an interruption from inside for
    a damaged file.
    """
    claimed = held = texts = 0
    seen: set[int] = set()
    waiting: list[tuple[Any, str, int]] = [(h5py.h5g.open(file.id, b"/"), "", 0)]
    while waiting:
        group, path, depth = waiting.pop()
        if depth > _DEEPEST:
            return f"nests its groups more than {_DEEPEST} levels deep"
        for name in group:
            inside = f"{path}/{_text(name)}" if path else _text(name)
            link = group.links.get_info(name).type
            if link == h5py.h5l.TYPE_SOFT:
                continue  # leads to what is met on its own way, or nowhere
            if link != h5py.h5l.TYPE_HARD:
                return f"reaches into another file at {inside!r}"
            item = h5py.h5o.open(group, name)
            place = h5py.h5o.get_info(item).addr
            if place in seen:
                continue
            seen.add(place)
            if len(seen) > _MOST_OBJECTS:
                return f"holds more than {_MOST_OBJECTS:,} groups and weights"
            if (complaint := _of_attributes(item, inside, size)) is not None:
                return complaint
            texts = max(texts, *_texts(item), 0)
            if isinstance(item, h5py.h5g.GroupID):
                waiting.append((item, inside, depth + 1))
            elif isinstance(item, h5py.h5d.DatasetID):
                sizes = _length(item), item.get_storage_size()
                if (complaint := _of_dataset(inside, item, *sizes)) is not None:
                    return complaint
                claimed, held = claimed + sizes[0], held + sizes[1]
    if absurd(claimed, held):
        return f"claims {claimed >> 20} MB of weights and holds {held} bytes of them"
    root = h5py.h5g.open(file.id, b"/")
    texts = max(texts, *_texts(root), 0)
    # A thousand names may be one long text that is stored once.
    if texts * (size - held) > _MOST_TEXT:
        return f"holds {texts:,} texts, which may take {texts * (size - held) >> 20:,} MB"
    return _of_attributes(root, "/", size)


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


def _of_attributes(item: Any, name: str, size: int) -> str | None:
    """A list of names that claims to be longer than the whole file."""
    for number in range(h5py.h5a.get_num_attrs(item)):
        claimed = _length(h5py.h5a.open(item, index=number))
        if claimed > max(size, _SMALL):
            return f"claims {claimed >> 20} MB of names at {name!r} and is {size} bytes long"
    return None


def _texts(item: Any) -> list[int]:
    """How many values of any length an object and its attributes hold; what they are lies elsewhere in the file."""
    attributes = [h5py.h5a.open(item, index=number) for number in range(h5py.h5a.get_num_attrs(item))]
    arrays = [*attributes, item] if isinstance(item, h5py.h5d.DatasetID) else attributes
    return [_count(each) for each in arrays if _of_any_length(each.get_type())]


def _of_any_length(kind: Any) -> bool:
    return bool(kind.detect_class(h5py.h5t.VLEN)) or (
        isinstance(kind, h5py.h5t.TypeStringID) and kind.is_variable_str()
    )


def _of_dataset(name: str, item: Any, claimed: int, held: int) -> str | None:
    made = item.get_create_plist()
    if made.get_external_count() or made.get_layout() == h5py.h5d.VIRTUAL:
        return f"reaches into another file at {name!r}"
    if absurd(claimed, held):
        return f"claims {claimed >> 20} MB of weights at {name!r} and holds {held} bytes of them"
    return None


def _length(item: Any) -> int:
    """The bytes that an array claims to be."""
    return _count(item) * int(item.get_type().get_size())


def _count(item: Any) -> int:
    return int(item.get_space().get_simple_extent_npoints())


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
