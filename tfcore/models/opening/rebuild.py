"""From what lies on disk to a Keras model, old words repaired on the way."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError, NeedsTrust
from tfcore.lazy import keras
from tfcore.models.opening import archive, bare_operations, budget, checked, code, hdf5, saved_model, weights
from tfcore.models.opening.repair import Repair, summary
from tfcore.models.opening.stored import Stored
from tfcore.models.opening.unchanged import unchanged
from tfcore.models.opening.values import NotAllowed
from tfcore.models.opening.with_keras import called, first_line

# What goes wrong where a configuration is not as Keras writes it.
_MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError)


def rebuilt(found: Stored, trust: bool = False, memory: float | None = None) -> tuple[keras.Model, tuple[str, ...]]:
    """The network with its weights, and what had to be repaired."""
    with unchanged() as changed:
        made = _rebuilt(found, trust, memory)
    if changed and not trust:
        raise HeatlensError(f"{found.path} changed {', '.join(changed)} of Keras while it opened; not opened.")
    return made


def _rebuilt(found: Stored, trust: bool, memory: float | None) -> tuple[keras.Model, tuple[str, ...]]:
    try:
        bare = found.kind == "hdf5" and not found.old and bare_operations.name_modules(found.config)
        _check(found, trust)
        if trust and not found.old and not bare and found.kind != "architecture":
            return _by_keras(found), ()
        repair = _repaired(found) if found.old else None
        config = found.config if repair is None else repair.config
        config = _as_it_is(config) if trust else _allowed(config, found.path, memory)
    except _MALFORMED as error:
        raise HeatlensError(
            f"{found.path} has an architecture that is not as Keras wrote it ({first_line(error)}); copy it again."
        ) from error
    network = _from_config(config, found.path, trust)
    fill(network, found, {} if repair is None else repair.renamed)
    if repair is not None:
        return network, summary(repair.notes, found.version)
    return network, (f"written by Keras {found.version}", "modules of operations added") if bare else ()


def _allowed(config: Any, path: Path, memory: float | None) -> dict[str, Any]:
    """The configuration in allowed parts only, whose network fits into memory."""
    try:
        new = checked.checked(config)
    except NotAllowed as error:
        raise NeedsTrust(
            f"{path} contains {error}, which is not among the parts that open without trust; "
            "if you know who made the file, open it with --trust (in the window: confirm the question)."
        ) from error
    except HeatlensError as error:
        raise HeatlensError(f"{path}: {error}") from error
    try:
        # Keras takes the configuration apart while it reads it.
        budget.check(copy.deepcopy(new), path, memory)
    except HeatlensError:
        raise
    except Exception as error:  # Keras raises whatever the broken part raises
        if not _of_the_users_own(new):
            raise HeatlensError(f"{path} could not be rebuilt: {first_line(error)}.") from error
    return new


def _of_the_users_own(config: Any) -> bool:
    """Whether a checked configuration holds classes that somebody registered in this process."""
    if isinstance(config, list):
        return any(map(_of_the_users_own, config))
    if not isinstance(config, dict):
        return False
    registered = config.get("registered_name")
    if isinstance(registered, str) and not registered.startswith("heatlens>"):
        return True
    return any(map(_of_the_users_own, config.values()))


def _as_it_is(config: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in config.items() if key not in ("keras_version", "backend", "compile_config")}


def _repaired(found: Stored) -> Repair:
    try:
        return Repair(found.config)
    except HeatlensError as error:
        raise HeatlensError(f"{found.path}: {error}") from error


def fill(network: keras.Model, found: Stored, renamed: dict[str, str]) -> None:
    """Put the stored weights into a network built from its architecture."""
    path = found.weights
    if path is None:
        raise HeatlensError(
            f"{found.path} holds an architecture without weights; put them beside it as "
            f"{found.path.with_suffix('.weights.h5').name}, or give them with weights=."
        )
    if found.kind == "saved-model":
        saved_model.load(network, found.path, renamed)
    elif found.kind == "archive":
        with archive.unpacked_weights(path) as weights_file:
            _load_structured(network, weights_file, path)
    else:
        load_weights(network, path, renamed, checked=found.kind == "hdf5")


def load_weights(
    network: keras.Model, path: Path, renamed: dict[str, str] | None = None, checked: bool = False
) -> None:
    """Weights from a file that holds them alone, or with an architecture that is not asked."""
    if not checked:
        hdf5.check(path, path)
    try:
        if hdf5.is_weights_of_keras_3(path):
            _load_structured(network, path, path)
        else:
            weights.load_hdf5(network, path, renamed or {})
    except hdf5.BROKEN as error:
        raise HeatlensError(f"The weights in {path} do not fit the model: {first_line(error)}.") from error


def _check(found: Stored, trust: bool) -> None:
    carriers = [] if trust else code.code_carriers(found.config)
    if carriers:
        raise NeedsTrust(
            f"{found.path} contains {carriers[0]}, which runs code when opened; "
            "if you know who made the file, open it with --trust (in the window: confirm the question)."
        )
    if code.needs_the_zoo(found.config):
        import tfcore.custom_layers  # noqa: F401  its layers register themselves
    if not isinstance(found.config, dict) or "class_name" not in found.config:
        raise HeatlensError(f"{found.path} holds no architecture of a Keras model; save the model again.")
    kind, inner = str(found.config["class_name"]), found.config.get("config")
    # A model class of somebody's own, and not a layer saved by itself.
    own = kind not in code.MODELS and not isinstance(getattr(keras.layers, kind, None), type)
    registered = keras.saving.get_registered_object(found.config.get("registered_name"))
    if own and registered is None and not (isinstance(inner, dict) and "layers" in inner):
        raise HeatlensError(
            f"{found.path} is a subclassed model ({kind}), whose layers are in its Python code and not in the file; "
            "register its class in Python (keras.saving.register_keras_serializable) and open the file there with "
            "tfcore.load_model, or export it as a SavedModel (model.export) or ONNX, which open by themselves."
        )
    for kind, name in code.strangers(found.config):
        called = f" {name!r}" if name else ""
        raise HeatlensError(
            f"{found.path} has the layer{called} of type {kind}, which Keras does not have, so it cannot be rebuilt "
            "from the file; save the model with Keras's own layers, or register the class in Python before opening."
        )


def _by_keras(found: Stored) -> keras.Model:
    """A trusted file of Keras 3, which reads it itself, with whatever the file brings along."""
    if found.kind == "archive":
        with archive.unpacked_weights(found.path):
            pass
    endings = {"archive": (".keras",), "hdf5": (".h5", ".hdf5")}[found.kind]
    try:
        with called(found.path, *endings) as shown:
            network = keras.saving.load_model(shown, compile=False, safe_mode=False)
    except Exception as error:  # as above
        raise HeatlensError(f"{found.path} could not be opened: {first_line(error)}.") from error
    return _a_model(network, found.path)


def _from_config(config: Any, path: Path, trust: bool) -> keras.Model:
    from keras.src.saving.serialization_lib import ObjectSharingScope

    try:
        # Layers that stand in two nested models are one layer.
        with ObjectSharingScope():
            network = keras.saving.deserialize_keras_object(config, safe_mode=not trust)
    except Exception as error:  # as above
        raise HeatlensError(f"{path} could not be rebuilt: {first_line(error)}.") from error
    return _a_model(network, path)


def _a_model(network: Any, path: Path) -> keras.Model:
    if not isinstance(network, keras.Model):
        raise HeatlensError(f"{path} holds a {type(network).__name__}, not a model; save the model that contains it.")
    return network


def _load_structured(network: keras.Model, path: Path, named: Path) -> None:
    try:
        with called(path, ".weights.h5") as shown:
            network.load_weights(shown)
    except Exception as error:  # as above
        raise HeatlensError(f"The weights in {named} do not fit the model: {first_line(error)}.") from error
