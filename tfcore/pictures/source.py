"""The bytes of a file, or a sentence that says why there are none."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.files import why

# 100 megapixels: a whole-slide thumbnail passes, a 20,000 × 20,000 scan would fill the memory of a workstation.
MOST_PIXELS = 100_000_000
# Files are read whole, once, to be hashed and decoded.
MOST_BYTES = 2 * 1024**3


def contents(path: Path) -> bytes:
    """Everything in the file. Read by Python, so any name the system allows will do."""
    try:
        # Asked before opening: a pipe would be waited for.
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise HeatlensError(_folder(path))
        if not stat.S_ISREG(state.st_mode):
            raise HeatlensError(f"{path} is a device or a pipe, not a file; save the picture to a file first.")
        if state.st_size > MOST_BYTES:
            raise HeatlensError(
                f"{path} has {state.st_size / 1024**3:.1f} GB; at most {MOST_BYTES // 1024**3} GB are opened, "
                "so save the page you need as a file of its own."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise HeatlensError(f"{path} does not exist; check its name and folder.") from None
    except PermissionError as error:
        raise HeatlensError(f"{path} may not be read; ask for permission to read it or copy it elsewhere.") from error
    except OSError as error:
        raise HeatlensError(f"{path} was not read: {why(error)}.") from error
    except ValueError as error:
        raise HeatlensError(f"{str(path)!r} is not a name a file can have; check it.") from error


def check_size(path: Path, width: int, height: int) -> None:
    """Refuse, before anything is decoded, what would not fit into memory."""
    if width < 1 or height < 1:
        raise HeatlensError(f"{path} says it is {width} × {height} pixels; a picture needs at least one.")
    if width * height > MOST_PIXELS:
        raise HeatlensError(
            f"{path} has {width:,} × {height:,} pixels; at most {MOST_PIXELS // 1_000_000} megapixels are opened, "
            "so crop it or make it smaller first."
        )


def _folder(path: Path) -> str:
    if os.access(path, os.R_OK | os.X_OK):
        return f"{path} is a folder, not a picture; give the pictures inside it."
    return f"{path} is a folder that may not be opened; ask for permission to read it."
