"""Whether there is a screen to open a window on."""

from __future__ import annotations

import os
import sys


def there_is_a_display() -> bool:
    """False on a Linux machine without X or Wayland, unless a Qt platform was named that needs neither."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def needs_x() -> bool:
    """Whether the window will open on X, by a plugin that needs libraries of its own."""
    wayland = os.environ.get("WAYLAND_DISPLAY")
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    return sys.platform.startswith("linux") and (platform.startswith("xcb") or not (platform or wayland))
