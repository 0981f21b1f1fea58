"""An engine for the tests of windows; named as text, it brings no Qt into the engine."""

from __future__ import annotations

STARTER = f"{__name__}:start"


def start(device: str | None) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """As for a user, but for many windows of a few questions each: models stay open, and graphs run as they are traced,
    since to better one that is run twice takes longer than all it saves.
    """
    from tfcore import device as devices
    from tfcore.engine import context

    context._OPEN_MODELS = 24
    told = devices.start(device)
    import tensorflow as tf

    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
    return told
