"""What can go wrong, in words a user can act on."""

from __future__ import annotations


class HeatlensError(Exception):
    """The request or the input is wrong: one sentence that says what, where and what to do.

    The command line prints the sentence and leaves with 2; the window shows it beside the thing it is about.
    """


class NeedsTrust(HeatlensError):
    """A model file carries code; it opens only when the user says so."""


class Cancelled(Exception):
    """The user asked for the running job to stop."""
