"""Opening a model: the demo, a network of the zoo, or a file, whatever its name says it is.

What a file holds decides, not its ending. Nothing in it is run: layers that carry code are refused unless the user
trusts the file.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import resources
from tfcore.errors import HeatlensError, NeedsTrust
from tfcore.files import sha256, why
from tfcore.lazy import LazyModule
from tfcore.models.card import Card
from tfcore.models.model import Model

if TYPE_CHECKING:
    import h5py
    import keras
else:
    h5py = LazyModule("h5py")
    keras = LazyModule("keras")

_LFS = b"version https://git-lfs"
_ZIP = b"PK\x03\x04"
_HDF5 = b"\x89HDF\r\n\x1a\n"


def load_model(source: Any, weights: str | Path | None = None, trust: bool = False) -> Model:
    """The model behind ``"demo"``, ``"zoo:NAME"``, a ``.keras`` or ``.h5`` file, or a Keras model at hand.

    ``trust=True`` lets a file run the code it carries (Lambda layers). A Keras model at hand is copied, so that it
    stays as it is.
    """
    if not isinstance(source, str | Path):
        return _from_keras(source)
    if str(source) == "demo":
        source = resources.path("demo.keras")
    if str(source).startswith("zoo:"):
        from tfcore.models.build import build

        return build(str(source).removeprefix("zoo:"), weights=weights)
    path = Path(source)
    network = open_file(path, trust)
    if weights is not None:
        _load_weights(network, Path(weights))
    stated = Card.load(path)
    card = _fitting(stated, network, path) if stated else _guessed(network)
    return Model(network, replace(card, sha256=sha256(path)), str(source))


def open_file(path: Path, trust: bool = False) -> keras.Model:
    """The Keras model in a file; what cannot be opened is said in one sentence."""
    try:
        with path.open("rb") as stream:
            start = stream.read(64)
    except FileNotFoundError:
        raise HeatlensError(f"There is no model file {path}; check the name, or use demo or zoo:NAME.") from None
    except IsADirectoryError:
        raise HeatlensError(f"{path} is a folder; give the model file in it (.keras or .h5).") from None
    except OSError as error:
        raise HeatlensError(f"{path} was not opened: {why(error)}.") from error
    if not start:
        raise HeatlensError(f"{path} is empty (0 bytes); copy or download the model again.")
    if start.startswith(_LFS):
        raise HeatlensError(f"{path} is a Git LFS pointer, not the model itself; run 'git lfs pull' in its repository.")
    if start.startswith(_ZIP):
        return _open(path, _config_of_zip(path), trust)
    if start.startswith(_HDF5):
        return _open(path, _config_of_h5(path), trust)
    raise HeatlensError(f"{path} is neither a .keras nor an HDF5 file; save the model with model.save('name.keras').")


def _config_of_zip(path: Path) -> Any:
    try:
        with zipfile.ZipFile(path) as archive:
            return json.loads(archive.read("config.json"))
    except KeyError:
        raise HeatlensError(
            f"{path} is a zip file without config.json, so it is not a Keras model; "
            "save the model with model.save('name.keras')."
        ) from None
    except (zipfile.BadZipFile, json.JSONDecodeError, OSError, EOFError) as error:
        raise HeatlensError(
            f"{path} is damaged or cut short ({error}); copy or download the model again."
        ) from error


def _config_of_h5(path: Path) -> Any:
    try:
        with h5py.File(path, "r") as file:
            config = file.attrs.get("model_config")
    except OSError as error:
        raise HeatlensError(f"{path} is damaged or cut short; copy or download the model again.") from error
    if config is None:
        raise HeatlensError(
            f"{path} holds weights but no architecture; save the whole model (model.save, not model.save_weights), "
            "or open a network of the zoo with these weights."
        )
    return json.loads(config)


def _open(path: Path, config: Any, trust: bool) -> keras.Model:
    if not trust:
        _refuse_code(path, config)
    open_path, temporary = _named_by_content(path)
    try:
        model = keras.saving.load_model(open_path, compile=False, safe_mode=not trust)
    except Exception as error:  # Keras raises whatever the broken part raises
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise HeatlensError(f"{path} could not be opened: {reason.rstrip('.')[:300]}.") from error
    finally:
        if temporary is not None:
            temporary.cleanup()
    if not isinstance(model, keras.Model):
        raise HeatlensError(f"{path} holds a {type(model).__name__}, not a model; save the model that contains it.")
    return model


def _named_by_content(path: Path) -> tuple[Path, Any]:
    """Keras goes by the ending; a file with another one is shown to it under a name that fits."""
    import tempfile

    suffix = ".keras" if zipfile.is_zipfile(path) else ".h5"
    if path.suffix.lower() == suffix or (suffix == ".h5" and path.suffix.lower() == ".hdf5"):
        return path, None
    folder = tempfile.TemporaryDirectory(prefix="heatlens-")
    link = Path(folder.name) / f"model{suffix}"
    try:
        link.symlink_to(path.resolve())
    except OSError:  # Windows without the right to make links
        import shutil

        shutil.copyfile(path, link)
    return link, folder


def _refuse_code(path: Path, config: Any) -> None:
    for layer in code_carriers(config):
        raise NeedsTrust(
            f"{path} contains {layer}, which runs code when opened; "
            "if you know who made the file, open it with --trust (in the window: confirm the question)."
        )


def code_carriers(config: Any) -> list[str]:
    """Layers of a parsed configuration that hold executable content, by type and name."""
    if isinstance(config, list):
        return [found for part in config for found in code_carriers(part)]
    if not isinstance(config, dict):
        return []
    found = []
    kind = config.get("class_name")
    if kind in ("Lambda", "__lambda__"):
        inner = config.get("config")
        name = inner.get("name") if isinstance(inner, dict) else None
        found.append(f"the Lambda layer {name!r}" if name else "a Lambda layer")
        return found
    return [found for part in config.values() for found in code_carriers(part)]


def _load_weights(network: keras.Model, path: Path) -> None:
    if not path.is_file():
        raise HeatlensError(f"There is no weights file {path}; check the name.")
    try:
        network.load_weights(path)
    except Exception as error:  # as above: Keras names its own reasons
        reason = str(error).strip().splitlines()[0]
        raise HeatlensError(f"The weights in {path} do not fit the model: {reason.rstrip('.')[:300]}.") from error


def _from_keras(network: Any) -> Model:
    if not isinstance(network, keras.Model):
        raise HeatlensError(f"{type(network).__name__} is neither a Keras model nor the name of one.")
    copy = keras.models.clone_model(network)
    copy.set_weights(network.get_weights())
    return Model(copy, _guessed(copy))


def _fitting(card: Card, network: keras.Model, path: Path) -> Card:
    return card.for_model(network.inputs[0].shape[1:], network.outputs[0].shape[-1], Card.beside(path))


def _guessed(network: keras.Model) -> Card:
    outputs = network.outputs[0].shape
    return Card.guess(
        input_shape=tuple(network.inputs[0].shape[1:]),
        classes_count=max(2, outputs[-1] or 2),
        task="segmentation" if len(outputs) == 4 else "classification",
    )
