"""The examples of the words hold."""

from __future__ import annotations

import doctest

from tfcore import words


def test_examples() -> None:
    found = doctest.testmod(words)
    assert found.attempted >= 6
    assert found.failed == 0
