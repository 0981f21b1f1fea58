"""An ONNX file as a black box, run by ONNX Runtime, which the extra ``onnx`` brings."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.dropped import HDF5, ONNX, ZIP
from tfcore.errors import HeatlensError
from tfcore.models.black.black_box import BlackBox, channels_first, chosen
from tfcore.models.card import Card
from tfcore.models.opening import saved_model
from tfcore.models.opening.claims import beginning
from tfcore.models.opening.folder import model_in
from tfcore.models.opening.with_keras import first_line

_DTYPES = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(double)": np.float64,
    "tensor(uint8)": np.uint8,
    "tensor(int8)": np.int8,
    "tensor(int32)": np.int32,
    "tensor(int64)": np.int64,
}
# Files begin with the version of the format, then comes who wrote it, or the graph.
_ONNX = re.compile(rb"\x08[\x01-\x1f](\x12[\x01-\x40][ -~]|\x3a)")
# Where exporters note the names of classes.
_NAMES = ("classes", "class_names", "labels", "names")


def onnx_in(path: Path) -> Path | None:
    """The ONNX file that a path stands for: itself, or the only model in its folder."""
    if path.is_dir():
        if saved_model.is_one(path):
            return None
        path = model_in(path)
    start = beginning(path, "model", ", or use demo or zoo:NAME")
    named = path.suffix.lower() == ONNX and not start.startswith((ZIP, HDF5))
    return path if named or _ONNX.match(start) else None


def box(path: Path, stated: Card | None) -> BlackBox:
    """The output that the card states, by default the first one with numbers for each picture or pixel."""
    session = _session(path)
    takes = session.get_inputs()
    if len(takes) != 1:
        names = ", ".join(each.name for each in takes)
        raise HeatlensError(f"{path} takes {len(takes)} inputs ({names}); Heatlens asks models with one picture input.")
    (shown,) = takes
    if shown.type not in _DTYPES:
        raise HeatlensError(f"{path} takes {shown.type}, not the numbers of a picture; export it with a numeric input.")
    heads = [
        each.name
        for each in session.get_outputs()
        if each.type in ("tensor(float)", "tensor(float16)", "tensor(double)") and len(each.shape) in (0, 2, 4)
    ]
    if not heads:
        gives = ", ".join(f"{each.name} ({each.type}: {each.shape})" for each in session.get_outputs())
        raise HeatlensError(
            f"{path} gives {gives}; Heatlens takes numbers for each picture (pictures × classes) or pixel."
        )
    head = chosen(heads, "" if stated is None else stated.head, str(path))
    dtype = np.dtype(_DTYPES[shown.type])
    before, input_shape = channels_first(shown.shape, stated, str(path))
    fixed = shown.shape[0]

    def answered(batch: np.ndarray) -> np.ndarray:
        pictures = np.ascontiguousarray(np.moveaxis(batch, -1, 1) if before else batch, dtype)
        (found,) = session.run([head], {shown.name: pictures})
        found = np.asarray(found, np.float32)
        return np.moveaxis(found, 1, -1) if before and found.ndim == 4 else found

    return BlackBox(
        ask=answered,
        what="ONNX model",
        name=str(path),
        input_shape=input_shape,
        whole=dtype.kind in "iu",
        together=fixed if isinstance(fixed, int) and fixed > 0 else None,
        classes=_classes(session.get_modelmeta().custom_metadata_map),
        head=head,
        heads=tuple(heads),
    )


def _session(path: Path) -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise HeatlensError(
            f"{path} is an ONNX model, which needs ONNX Runtime; install the extra: pip install 'heatlens[onnx]' (or "
            "pip install onnxruntime)."
        ) from None
    options = onnxruntime.SessionOptions()
    # What is wrong is said in one sentence, by us.
    options.log_severity_level = 4
    providers = [each for each in onnxruntime.get_available_providers() if each.startswith(("CUDA", "CPU"))]
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=providers)
    except Exception as error:  # ONNX Runtime has a class for each
        raise HeatlensError(_why(path, error)) from error


def _why(path: Path, error: Exception) -> str:
    said = str(error)
    if "INVALID_PROTOBUF" in said or "ModelProto does not have a graph" in said:
        return f"{path} is damaged or cut short, or no ONNX model; copy or download it again."
    reason = first_line(Exception(said.rpartition(" : ")[2].strip() or said))
    return f"{path} cannot be run by this ONNX Runtime: {reason}; export the model for an older opset, or update it."


def _classes(notes: dict[str, str]) -> tuple[str, ...]:
    """The names of classes among the notes of a file: a list, numbers with names, or names with commas."""
    for key in _NAMES:
        text = notes.get(key, "")
        found: Any = None
        with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
            found = json.loads(text)
        if found is None:
            with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
                found = ast.literal_eval(text)
        if isinstance(found, dict):
            with suppress(ValueError, TypeError):
                found = [found[key] for key in sorted(found, key=int)]
        if found is None and "," in text:
            found = [each.strip() for each in text.split(",")]
        if isinstance(found, list | tuple) and _are_names(found):
            return tuple(found)
    return ()


def _are_names(found: Iterable[Any]) -> bool:
    names = list(found)
    return all(isinstance(name, str) and name.strip() for name in names) and 1 < len(names) == len(set(names))
