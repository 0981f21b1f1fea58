"""Which file of a folder is the model, and which two files belong together."""

from __future__ import annotations

from pathlib import Path

from tfcore.dropped import MODEL_ENDINGS, MODEL_NAMES
from tfcore.errors import HeatlensError
from tfcore.models.opening import text


def model_in(folder: Path) -> Path:
    """The model file in a folder, or a sentence that says what was looked for."""
    for name in MODEL_NAMES:
        if (folder / name).is_file():
            return folder / name
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    # Weights that have an architecture beside them are opened by either name.
    found = [path for path in files if path.suffix.lower() in MODEL_ENDINGS]
    architectures = [path for path in files if is_architecture(path)]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        names = ", ".join(path.name for path in found[:5])
        raise HeatlensError(f"{folder} holds several models ({names}); name the one to open.")
    if len(architectures) == 1:
        return architectures[0]
    raise HeatlensError(
        f"{folder} holds no model; looked for saved_model.pb, {', '.join(MODEL_NAMES)} "
        "and any other .keras, .h5, .hdf5 or .onnx file."
    )


def weights_beside(architecture: Path) -> Path | None:
    """The weights that go with an architecture: those of its name, or the only ones in its folder."""
    stem = architecture.with_suffix("")
    for ending in (".weights.h5", ".h5", ".hdf5", "_weights.h5"):
        if (path := Path(f"{stem}{ending}")).is_file():
            return path
    found = [path for path in architecture.parent.iterdir() if path.suffix.lower() in (".h5", ".hdf5")]
    return found[0] if len(found) == 1 else None


def architecture_beside(weights: Path) -> Path | None:
    """The architecture that goes with weights: that of their name, or the only one in their folder."""
    path = architecture_of(weights)
    if is_architecture(path):
        return path
    found = [each for each in weights.parent.glob("*.json") if is_architecture(each)]
    return found[0] if len(found) == 1 else None


def architecture_of(model: Path) -> Path:
    """Where the architecture of weights of this name would lie.

    >>> architecture_of(Path("net.weights.h5")).name, architecture_of(Path("net.keras")).name
    ('net.json', 'net.json')
    """
    if model.is_dir():
        return model.with_name(f"{model.name}.json")
    stem = model.name.removesuffix(model.suffix)
    if model.suffix.lower() in (".h5", ".hdf5"):
        stem = stem.removesuffix(".weights").removesuffix("_weights")
    return model.with_name(f"{stem}.json")


def is_architecture(path: Path) -> bool:
    """Whether an architecture in JSON lies there."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    try:
        stored = text.parsed(text.read(path), path)
    except HeatlensError:
        return False
    return isinstance(stored, dict) and "class_name" in stored and "config" in stored
