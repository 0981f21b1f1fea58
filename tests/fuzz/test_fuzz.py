"""Some odd inputs of all kinds: none is answered by anything but a result or a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz import KINDS, is_there
from tests.fuzz.__main__ import report
from tests.fuzz.runner import Limits, Runner

SEED = 1
# To run a command and to open a window take longest: damaged sessions of every kind are opened in tests/gui, too.
# ``python -m tests.fuzz`` tries as many as there is time for.
QUICK = {"models": 4, "pictures": 21, "data": 20, "commands": 2}
MANY = {"models": 24, "pictures": 42, "data": 60, "commands": 14, "sessions": 6}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """One process for all of them: TensorFlow starts once."""
    with Runner(tmp_path_factory.mktemp("fuzz"), SEED, Limits(batch=sum(MANY.values()))) as one:
        yield one


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        *(pytest.param(kind, range(count), id=kind) for kind, count in QUICK.items()),
        *(
            pytest.param(kind, range(QUICK.get(kind, 0), MANY[kind]), id=f"{kind}-more", marks=pytest.mark.slow)
            for kind in KINDS
        ),
    ],
)
def test_odd_inputs_are_answered_in_words(runner: Runner, kind: str, numbers: range) -> None:
    if not is_there(kind):
        pytest.skip(f"there are no cases of {kind} yet")
    outcomes = [runner.run(kind, index) for index in numbers]
    assert not any(outcome.findings for outcome in outcomes), report(outcomes, SEED)
