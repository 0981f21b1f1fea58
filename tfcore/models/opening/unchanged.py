"""Keras's settings for the whole process, as they were before a file was opened."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tfcore.lazy import keras

_FLAGS = ("safe_mode_saving", "dtype_policy", "custom_objects_scope_dict", "use_legacy_config", "stateless_scope")


@contextmanager
def unchanged() -> Iterator[list[str]]:
    """Put Keras's settings back at the end of the block; the list then names those that had changed."""
    import tfcore.custom_layers  # noqa: F401  its layers register themselves, once

    changed: list[str] = []
    before = _settings()
    try:
        yield changed
    finally:
        after = _settings()
        changed += [name for name in before if before[name] != after[name]]
        if changed:
            _put_back(before)


@contextmanager
def without_trace() -> Iterator[None]:
    """Nothing that Keras notes down in the block, and no random number drawn in it, is left after it."""
    state = _state()
    kept = {name: _copied(value) for name, value in vars(state).items()}
    drawn = random.getstate()
    try:
        yield
    finally:
        random.setstate(drawn)
        for name in set(vars(state)) - set(kept):
            delattr(state, name)
        vars(state).update(kept)


def _settings() -> dict[str, Any]:
    state = vars(_state())
    # An empty scope is as good as none.
    flags = {name: _copied(state.get(name)) or None for name in _FLAGS}
    # Keras makes the policy when it is first asked for.
    flags["dtype_policy"] = keras.config.dtype_policy()
    return {
        "floatx": keras.config.floatx(),
        "epsilon": keras.config.epsilon(),
        "image_data_format": keras.config.image_data_format(),
        "custom objects": dict(keras.saving.get_custom_objects()),
        **flags,
    }


def _put_back(settings: dict[str, Any]) -> None:
    keras.config.set_floatx(settings["floatx"])
    keras.config.set_epsilon(settings["epsilon"])
    keras.config.set_image_data_format(settings["image_data_format"])
    objects = keras.saving.get_custom_objects()
    objects.clear()
    objects.update(settings["custom objects"])
    for name in _FLAGS:
        setattr(_state(), name, settings[name])


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, dict | list | set) else value


def _state() -> Any:
    from keras.src.backend.common.global_state import GLOBAL_STATE_TRACKER

    return GLOBAL_STATE_TRACKER
