"""What a file or folder is that somebody dropped: told by its content, without opening it.

Nothing is parsed here, so that no stranger's file can do harm or take long: words that a format always holds are looked
for. What cannot be told so counts as what its name promises; whoever opens it says what is wrong with it.
"""

from __future__ import annotations

import mmap
import os
import re
import stat
from pathlib import Path
from typing import Literal

from tfcore.errors import HeatlensError
from tfcore.pictures.address import file_of
from tfcore.pictures.find import is_picture
from tfcore.pictures.formats import format_of

Kind = Literal["model", "folds", "picture", "data", "session", "study", "folder"]

ZIP = b"PK\x03\x04"
HDF5 = b"\x89HDF\r\n\x1a\n"
# Of a folder, the surest first.
MODEL_NAMES = ("model.keras", "keras_model.h5", "model.h5", "model.hdf5", "model.onnx")
ONNX = ".onnx"
MODEL_ENDINGS = (".keras", ".h5", ".hdf5", ONNX)
SESSION_ENDING = ".heatlens"
STUDY_ENDING = ".heatlens-study"
TABLE_ENDINGS = (".csv", ".tsv")

# A whole model, or weights as Keras 2 and Keras 3 write them: those alone are a model that lacks its other half.
_OF_KERAS = (b"model_config", b"layer_names", b"_layer_checkpoint_dependencies")
_OF_COCO = (b'"images"', b'"annotations"', b'"categories"')
_OWN = re.compile(rb'\s*\{\s*"heatlens"\s*:\s*"[^"]*"\s*,\s*"(session|study)"\s*:')
_HEAD = 4096
# How far into a file its words are looked for.
_FAR = 256 << 20


def kind_of(path: str | Path) -> Kind | None:
    """A model, the folds of a cross-validation, a picture, data (a table or a COCO file), a session, a reader study or
    a folder; else, or for nothing, ``None``.

    A model is a ``.keras`` archive, an HDF5 file of Keras, an architecture in JSON, a SavedModel, an ONNX file, or a
    folder that holds a model by its usual name and no pictures.
    """
    path = Path(path)
    if (file := file_of(path)) != path:
        return "picture" if file.exists() else None
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return "model" if _is_model_folder(path) else "folds" if len(models_of(path)) > 1 else "folder"
        if not stat.S_ISREG(mode):
            return None
        with path.open("rb") as stream:
            return _by_content(stream.read(_HEAD), path) or _by_name(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return _by_name(path)


def promised(path: str | Path) -> Kind:
    """What the name alone promises, of what cannot be looked at now."""
    return _by_name(Path(path)) or "folder"


def models_of(source: str | Path) -> list[str]:
    """The models that a source stands for: of a cross-validation that of every fold, of seeds of each, else itself."""
    path = Path(source)
    if (path / MODEL_NAMES[0]).is_file():
        return [str(path / MODEL_NAMES[0])]
    runs = [*path.glob("fold-*"), *path.glob("seed-*")] if path.is_dir() else []
    files = (run / MODEL_NAMES[0] for run in runs)
    there = sorted(filter(Path.is_file, files), key=lambda file: (len(file.parent.name), file.parent.name))
    return [str(file) for file in there] or [str(source)]


def _by_content(head: bytes, path: Path) -> Kind | None:
    if head.startswith(ZIP):
        return "model" if _holds(path, b"config.json") else None
    if head.startswith(HDF5):
        return "model" if any(_holds(path, word) for word in _OF_KERAS) else None
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        # Keras writes both at the beginning.
        if b'"class_name"' in head and b'"config"' in head:
            return "model"
        if own := _OWN.match(head):
            return "session" if own[1] == b"session" else "study"
        return "data" if all(_holds(path, word) for word in _OF_COCO) else None
    try:
        format_of(head, path)
    except HeatlensError:
        return None
    return "picture"


def _by_name(path: Path) -> Kind | None:
    name = path.name.lower()
    if name.endswith(MODEL_ENDINGS):
        return "model"
    if name.endswith(SESSION_ENDING):
        return "session"
    if name.endswith(STUDY_ENDING):
        return "study"
    if name.endswith(TABLE_ENDINGS):
        return "data"
    return "picture" if is_picture(path) else None


def _is_model_folder(folder: Path) -> bool:
    if (folder / "saved_model.pb").is_file():
        return True
    return any((folder / name).is_file() for name in MODEL_NAMES) and not any(map(is_picture, os.listdir(folder)))  # noqa: PTH208


def _holds(path: Path, word: bytes) -> bool:
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(word, 0, _FAR) >= 0 or content.rfind(word, max(0, len(content) - _HEAD)) >= 0
