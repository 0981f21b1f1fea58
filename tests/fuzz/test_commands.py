"""A few dozen command lines of those that ``tests.fuzz.commands`` can draw."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz.commands import case


@pytest.mark.parametrize("tens", range(4))
def test_no_command_line_harms_a_file_or_leaves_without_words(tens: int, tmp_path: Path) -> None:
    for number in range(10 * tens, 10 * tens + 10):
        drawn = case(random.Random(number), tmp_path / str(number))
        try:
            drawn.run()
        except AssertionError as error:
            raise AssertionError(f"case {number}: {drawn.name}") from error
