"""What to install when a library of the system that Qt loads is missing."""

from __future__ import annotations

import ctypes
import re

# Debian and Ubuntu package of each shared library that PySide6 loads and a bare system may lack.
_PACKAGES = {
    "libEGL": "libegl1",
    "libGL": "libgl1",
    "libGLX": "libgl1",
    "libOpenGL": "libopengl0",
    "libxkbcommon": "libxkbcommon0",
    "libxkbcommon-x11": "libxkbcommon-x11-0",
    "libdbus-1": "libdbus-1-3",
    "libfontconfig": "libfontconfig1",
    "libfreetype": "libfreetype6",
    "libglib-2.0": "libglib2.0-0",
    "libgthread-2.0": "libglib2.0-0",
    "libX11": "libx11-6",
    "libX11-xcb": "libx11-xcb1",
    "libxcb": "libxcb1",
    "libxcb-cursor": "libxcb-cursor0",
    "libxcb-icccm": "libxcb-icccm4",
    "libxcb-image": "libxcb-image0",
    "libxcb-keysyms": "libxcb-keysyms1",
    "libxcb-render-util": "libxcb-render-util0",
    "libxcb-xinerama": "libxcb-xinerama0",
    "libxcb-shape": "libxcb-shape0",
    "libxcb-randr": "libxcb-randr0",
    "libxcb-sync": "libxcb-sync1",
    "libxcb-xfixes": "libxcb-xfixes0",
    "libzstd": "libzstd1",
    "libnss3": "libnss3",
}


# What Qt's plugin for X loads when the window opens; without one of them Qt ends the program itself.
_FOR_X = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-render-util.so.0",
    "libxkbcommon-x11.so.0",
)


def missing_for_x() -> ImportError | None:
    """The first library that a window on X needs and that is not there."""
    for name in _FOR_X:
        try:
            ctypes.CDLL(name)
        except OSError as error:
            return ImportError(str(error))
    return None


def explain(error: ImportError) -> str:
    """One sentence for a failed import of PySide6: which library is missing and which package brings it."""
    found = re.search(r"(lib[\w+.-]+?)\.so[.\d]*", str(error))
    if found is None:
        return f"PySide6 cannot be loaded ({error}); install the project's requirements with 'make run'."
    name = found.group(1)
    package = _PACKAGES.get(name)
    install = f"install it with 'apt-get install {package}'" if package else "install the package that brings it"
    return f"Qt needs the system library {found.group(0)}, which is missing; {install}."
