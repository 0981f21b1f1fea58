"""What can go wrong, in words a user can act on."""

from __future__ import annotations

import os
import re

# Line breaks of any alphabet, and what moves a cursor.
_ENDS_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class HeatlensError(Exception):
    """The request or the input is wrong: one sentence that says what, where and what to do.

    The command line prints the sentence and leaves with 2; the window shows it beside the thing it is about. It stays
    on one line whatever the names in it hold.
    """

    def __init__(self, sentence: str = "") -> None:
        super().__init__(_ENDS_A_LINE.sub(lambda sign: ascii(sign[0])[1:-1], sentence))


class Unrecorded(HeatlensError):
    """A model that answers, and whose layers nobody wrote down."""


class NeedsTrust(HeatlensError):
    """A model file carries code; it opens only when the user says so."""


def known_fault(error: BaseException) -> str:
    """What an exception of Python or TensorFlow says where it is no fault of Heatlens; empty for all others."""
    kind = type(error).__name__
    if isinstance(error, MemoryError) or kind == "ResourceExhaustedError":
        return "There was not enough memory; use smaller or fewer pictures at once, or the CPU device."
    if kind == "UnimplementedError":
        lines = [line.strip() for line in str(error).splitlines() if "mplement" in line]
        return (
            f"TensorFlow cannot run a part of this network here ({lines[-1] if lines else kind}); try another device."
        )
    if isinstance(error, OSError) and isinstance(error.filename, str | bytes):
        # Too long a name, links in circles, a closed folder: wherever it was met, it is about the input.
        return f"{os.fsdecode(error.filename)} cannot be used: {(error.strerror or str(error)).lower()}."
    return ""


class Answered(Exception):
    """What was asked for was said before anything else was begun."""


class Cancelled(Exception):
    """The user asked for the running job to stop."""
