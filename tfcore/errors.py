"""What can go wrong, in words a user can act on."""

from __future__ import annotations

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


class NeedsTrust(HeatlensError):
    """A model file carries code; it opens only when the user says so."""


class Cancelled(Exception):
    """The user asked for the running job to stop."""
