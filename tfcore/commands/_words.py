"""Words for people, on stderr: every one of them a line, whatever the names in it hold."""

from __future__ import annotations

import re
import sys

# What would end the line or steer the terminal.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(text: str) -> str:
    """The text with escapes for line ends and other letters that are not seen.

    >>> one_line("a\\nb")
    'a\\\\nb'
    """
    return _CONTROL.sub(lambda letter: repr(letter[0])[1:-1], text)


def say(sentence: str) -> None:
    """A line that begins with the program's name."""
    print(f"heatlens: {one_line(sentence)}", file=sys.stderr)
