"""A sentence is one line."""

from __future__ import annotations

import pickle

import pytest

from tfcore.errors import HeatlensError, NeedsTrust


@pytest.mark.parametrize("kind", [HeatlensError, NeedsTrust])
def test_no_name_breaks_the_line_of_a_sentence(kind: type[HeatlensError]) -> None:
    error = kind("a\nb\r\x1b[2J\u2028é\x85.png is damaged.")
    assert str(error) == "a\\nb\\r\\x1b[2J\\u2028é\\x85.png is damaged."
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
