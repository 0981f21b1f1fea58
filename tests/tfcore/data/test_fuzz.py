"""Some dozen odd data sets; thousands are drawn by hand."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from tests.fuzz.data import case
from tfcore.errors import HeatlensError


@pytest.mark.parametrize("seed", range(40))
def test_an_odd_data_set_is_true_or_refused_in_a_sentence(tmp_path: Path, seed: int) -> None:
    drawn = case(random.Random(f"data {seed}"), tmp_path)
    with suppress(HeatlensError):
        drawn.run()
