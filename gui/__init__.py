"""The window: everything Qt, and nothing that computes."""

import builtins
from contextlib import suppress

from tfcore.lazy import put_off

# A tenth of the time until the window is seen; no picture is read before (see gui/app.py).
put_off("numpy")

# Where Qt is missing, the front door says so.
with suppress(ImportError):
    from PySide6 import QtCore  # noqa: F401

    # PySide would read the source of every module that is imported from here on, for a word that is in none of them.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
