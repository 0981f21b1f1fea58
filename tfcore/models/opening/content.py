"""What a path holds, by its content: an archive, an HDF5 file, an architecture alone, or a folder with one of these."""

from __future__ import annotations

from pathlib import Path

from tfcore.dropped import HDF5, ZIP
from tfcore.errors import HeatlensError
from tfcore.models.opening import archive, folder, hdf5, saved_model, text
from tfcore.models.opening.claims import beginning
from tfcore.models.opening.stored import Stored


def stored(path: Path, beside: bool = True) -> Stored:
    """What lies at that path; an architecture and weights in two files find each other (unless ``beside`` is off)."""
    if path.is_dir():
        if saved_model.is_one(path):
            return saved_model.read(path)
        return stored(folder.model_in(path))
    start = beginning(path, "model", ", or use demo or zoo:NAME")
    if start.startswith(ZIP):
        return archive.read(path)
    if start.startswith(HDF5):
        found = hdf5.read(path)
    elif start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        found = _architecture(path)
    else:
        raise HeatlensError(
            f"{path} is neither a .keras nor an HDF5 file nor an architecture in JSON; "
            "save the model with model.save('name.keras')."
        )
    return _completed(found) if beside else found


def _architecture(path: Path) -> Stored:
    config = text.parsed(text.read(path), path)
    if not isinstance(config, dict) or "class_name" not in config or "config" not in config:
        raise HeatlensError(f"{path} is JSON, but not a Keras architecture; write one with model.to_json().")
    return Stored(path, "architecture", config, str(config.get("keras_version") or ""))


def _completed(found: Stored) -> Stored:
    """Two files that belong together, as one."""
    if found.kind == "architecture":
        weights = folder.weights_beside(found.path)
        return found if weights is None else Stored(found.path, found.kind, found.config, found.version, weights)
    if found.config is None:
        architecture = folder.architecture_beside(found.path)
        if architecture is not None:
            other = _architecture(architecture)
            return Stored(found.path, "architecture", other.config, other.version, found.path)
        raise HeatlensError(
            f"{found.path} holds weights but no architecture; save the whole model (model.save, not "
            f"model.save_weights), or put its model.to_json() beside it as {found.path.with_suffix('.json').name}."
        )
    return found
