"""Model files as attackers, accidents and other programs make them, in every form that a model is stored in."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from tests.fuzz.case import Case
from tests.fuzz.model_changes import CHANGES
from tests.fuzz.model_parts import NETWORKS, good, old
from tests.tfcore.models.old_files import write

# A configuration and the weights that go with it.
Made = tuple[Any, bytes]
# What a model of a case may take, in gigabytes.
_MEMORY = 0.5


def case(draw: random.Random, folder: Path) -> Case:
    """One spoilt model in the folder, opened as a user would open it."""
    form = draw.choice(list(_FORMS))
    if draw.random() < 0.3:
        path, name = _FORMS[form](draw, folder, _made(draw, form)), ""
        name = _spoilt(draw, path)
    else:
        (config, weights), name = _made(draw, form), ""
        for kind in draw.choices(list(CHANGES), k=draw.choice((1, 1, 1, 2))):
            try:
                name += f"{kind}: {CHANGES[kind](draw, config, folder.parent / 'marker')}; "
            except (IndexError, KeyError, TypeError, AttributeError, ValueError, RecursionError):
                name += f"{kind}: no place; "
        try:
            path = _FORMS[form](draw, folder, (config, weights))
        except (ValueError, RecursionError):  # nested beyond what can be written
            path, name = _FORMS[form](draw, folder, _made(draw, form)), "as it was"
    return Case(f"{form}: {name}", lambda: _opened(path))


def _opened(path: Path) -> object:
    from tfcore.models.loading import load_model

    return load_model(path, memory=_MEMORY)


def _made(draw: random.Random, form: str) -> Made:
    """A network's configuration and its weights."""
    if form in _OLD:
        return json.loads(old(draw.choice(("plain", "graph")))), b""
    config, weights = good(draw.choice(NETWORKS))
    return json.loads(config), weights


def _text(config: Any) -> bytes:
    return json.dumps(config).encode()


# --- forms ---


def _archive(draw: random.Random, folder: Path, made: Made) -> Path:
    path = folder / draw.choice(("m.keras", "m.keras", "m.zip", "m"))
    with zipfile.ZipFile(path, "w", draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": draw.choice(("3.15.0", "3.0.0", "9", ""))}))
        archive.writestr("config.json", _text(made[0]))
        archive.writestr("model.weights.h5", made[1])
    return path


def _hdf5(draw: random.Random, folder: Path, made: Made) -> Path:
    return write(folder / "m.h5", made[0], _arrays(draw), version=draw.choice(("3.5.0", "")))


def _architecture(draw: random.Random, folder: Path, made: Made) -> Path:
    (folder / "m.weights.h5").write_bytes(made[1])
    (folder / "m.json").write_bytes(_text(made[0]))
    return folder / draw.choice(("m.json", "m.weights.h5", ""))


def _old_hdf5(draw: random.Random, folder: Path, made: Made) -> Path:
    return write(folder / "keras_model.h5", made[0], _arrays(draw), version=draw.choice(("2.4.0", "1.2.2", "")))


def _saved_model(draw: random.Random, folder: Path, made: Made) -> Path:
    (folder / "variables").mkdir(exist_ok=True)
    (folder / "saved_model.pb").write_bytes(b"not a graph")
    (folder / "variables" / "variables.index").write_bytes(draw.randbytes(100))
    content = _text(made[0])
    entry = _message(3, b"root") + _message(5, content)
    (folder / "keras_metadata.pb").write_bytes(_message(1, entry))
    return folder


_FORMS: dict[str, Callable[[random.Random, Path, Made], Path]] = {
    "archive": _archive,
    "HDF5": _hdf5,
    "architecture": _architecture,
    "old HDF5": _old_hdf5,
    "saved model": _saved_model,
}
_OLD = ("old HDF5", "saved model")


def _arrays(draw: random.Random) -> dict[str, Any]:
    shapes = {"conv": [(3, 3, 3, 4), (4,)], "dense": [(144, 2), (2,)]}
    numbers = np.random.default_rng(draw.randrange(1000))
    return {
        name: [(f"{name}/{place}:0", numbers.normal(size=shape).astype("f4")) for place, shape in enumerate(each)]
        for name, each in shapes.items()
        if draw.random() < 0.9
    }


def _message(field: int, content: bytes) -> bytes:
    size, length = len(content), b""
    while size > 127:
        length, size = length + bytes([size % 128 + 128]), size // 128
    return bytes([field << 3 | 2]) + length + bytes([size]) + content


# --- damage to what lies on disk ---


def _spoilt(draw: random.Random, path: Path) -> str:
    if path.is_dir():
        path = draw.choice(sorted(each for each in path.rglob("*") if each.is_file()))
    kind = draw.choice(list(_DAMAGES))
    try:
        _DAMAGES[kind](draw, path)
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, RuntimeError):
        kind += " (not here)"
    return kind


def _bytes(change: Callable[[random.Random, bytearray], bytes]) -> Callable[[random.Random, Path], None]:
    return lambda draw, path: (path.write_bytes(change(draw, bytearray(path.read_bytes()))), None)[1]


def _holding(content: bytes) -> Callable[[random.Random, Path], None]:
    return lambda _, path: (path.write_bytes(content), None)[1]


def _flipped(draw: random.Random, content: bytearray) -> bytes:
    for _ in range(draw.choice((1, 5, 100))):
        content[draw.randrange(len(content))] = draw.randrange(256)
    return bytes(content)


def _zeroed(draw: random.Random, content: bytearray) -> bytes:
    start = draw.randrange(len(content))
    content[start : start + 512] = bytes(len(content[start : start + 512]))
    return bytes(content)


def _in_archive(name: str, content: bytes) -> Callable[[random.Random, Path], None]:
    def spoil(draw: random.Random, path: Path) -> None:
        import warnings

        with warnings.catch_warnings(), zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            warnings.simplefilter("ignore")
            archive.writestr(name, content)

    return spoil


def _in_hdf5(change: Callable[[Any], object]) -> Callable[[random.Random, Path], None]:
    def spoil(draw: random.Random, path: Path) -> None:
        if not zipfile.is_zipfile(path):
            with h5py.File(path, "a") as file:
                change(file)
            return
        with zipfile.ZipFile(path) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
        stream = io.BytesIO(held["model.weights.h5"])
        with h5py.File(stream, "a") as file:
            change(file)
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in {**held, "model.weights.h5": stream.getvalue()}.items():
                archive.writestr(name, content)

    return spoil


def _groups(file: Any) -> None:
    for _ in range(600):
        file = file.create_group("g")


def _loop(file: Any) -> None:
    file["loop"] = file["/"]
    file["soft"] = h5py.SoftLink("/soft")


def _beside(name: str, content: bytes | None) -> Callable[[random.Random, Path], None]:
    def spoil(draw: random.Random, path: Path) -> None:
        place = path.with_name(name or f"{path.stem}.json")
        place.unlink(missing_ok=True)
        if content is None:
            os.mkfifo(place)
        else:
            place.write_bytes(content)

    return spoil


def _instead(make: Callable[[Path], object]) -> Callable[[random.Random, Path], None]:
    return lambda _, path: (path.unlink(), make(path), None)[2]


_DAMAGES: dict[str, Callable[[random.Random, Path], None]] = {
    "cut short": _bytes(lambda draw, content: bytes(content[: draw.randrange(len(content))])),
    "bytes flipped": _bytes(_flipped),
    "zeros": _bytes(_zeroed),
    "longer": _bytes(lambda draw, content: bytes(content) + draw.randbytes(1000)),
    "something before": _bytes(lambda draw, content: draw.randbytes(512) + bytes(content)),
    "empty": _holding(b""),
    "noise": _bytes(lambda draw, content: bytes(content[:8]) + draw.randbytes(4000)),
    "a BOM": _bytes(lambda _, content: b"\xef\xbb\xbf" + bytes(content)),
    "other encoding": _bytes(lambda _, content: bytes(content).decode("latin-1").encode("utf-16")),
    "deep JSON": _holding(b'{"class_name": ' + b"[" * 100_000),
    "long JSON": _holding(b'{"class_name": "Model", "config": [' + b"{}," * 2_000_000 + b"1]}"),
    "huge number": _holding(b'{"class_name": "Model", "config": ' + b"9" * 100_000 + b"}"),
    "outside the archive": _in_archive("../marker/written", b"x"),
    "absolute in the archive": _in_archive("/tmp/written", b"x"),
    "twice in the archive": _in_archive("config.json", b"{}"),
    "a bomb in the archive": _in_archive("assets/zeros", bytes(70 << 20)),
    "long JSON in the archive": _in_archive("metadata.json", b"[" + b"1," * 5_000_000 + b"1]"),
    "a link into a file": _in_hdf5(lambda file: file.__setitem__("out", h5py.ExternalLink("/etc/hostname", "/x"))),
    "values of a file": _in_hdf5(
        lambda file: file.create_dataset("r", (4,), "f4", external=[("/etc/hostname", 0, 16)])
    ),
    "terabytes of weights": _in_hdf5(lambda file: file.create_dataset("b", (1 << 40,), "f4", chunks=(1024,))),
    "nested groups": _in_hdf5(_groups),
    "groups in themselves": _in_hdf5(_loop),
    "names of another kind": _in_hdf5(lambda file: file.attrs.__setitem__("layer_names", 3)),
    "a model of numbers": _in_hdf5(lambda file: file.attrs.__setitem__("model_config", [1, 2])),
    "a version of numbers": _in_hdf5(lambda file: file.attrs.__setitem__("keras_version", np.zeros(3))),
    "labels without end": _beside("labels.txt", b"0 a\n" * 300_000),
    "labels of noise": _beside("labels.txt", bytes(range(256))),
    "a card of noise": _beside("", bytes(range(256))),
    "a card of another make": _beside("", b'{"classes": 3, "input_shape": "x", "repaired": [null]}'),
    "a deep card": _beside("", b"[" * 100_000),
    "a pipe as card": _beside("", None),
    "a pipe beside": _beside("other.json", None),
    "a pipe as model": _instead(os.mkfifo),
    "a folder as model": _instead(lambda path: path.mkdir()),
    "a loop as model": _instead(lambda path: path.symlink_to(path)),
    "a device as model": _instead(lambda path: path.symlink_to("/dev/zero")),
}
