"""What goes wrong in a case is found, whatever it is, and the next case runs all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz import __main__ as program
from tests.fuzz.findings import Outcome, grouped
from tests.fuzz.odd_cases import FAULTS
from tests.fuzz.runner import Limits, Runner

KIND = "tests.fuzz.odd_cases"
NUMBERS = {name: number for number, name in enumerate(FAULTS)}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with Runner(tmp_path_factory.mktemp("odd"), seed=5, limits=Limits(megabytes=300)) as one:
        yield one


@pytest.mark.parametrize("name", [name for name in FAULTS if name != "hangs"])
def test_every_fault_is_found_and_nothing_else(runner: Runner, name: str) -> None:
    outcome = runner.run(KIND, NUMBERS[name])
    wanted = FAULTS[name][0]
    assert [one.what for one in outcome.findings] == ([wanted] if wanted else []), outcome
    assert outcome.name.startswith(name)
    assert bool(outcome.refused) == (name in ("a sentence", "cancelled", "nothing said")), outcome


def test_what_is_forbidden_does_not_happen(runner: Runner) -> None:
    runner.run(KIND, NUMBERS["removes"])
    assert (runner.scratch / "marker" / "P1.png").exists()
    assert not (runner.scratch / "x.txt").exists()


def test_a_case_that_hangs_is_told_by_its_place(tmp_path: Path) -> None:
    with Runner(tmp_path, limits=Limits(seconds=2)) as impatient:
        outcome = impatient.run(KIND, NUMBERS["hangs"])
    assert outcome.findings[0].what == FAULTS["hangs"][0]
    assert outcome.findings[0].place.startswith("tests/fuzz/odd_cases.py")


def test_a_case_can_be_repeated_alone(runner: Runner, tmp_path: Path) -> None:
    alone = NUMBERS["a sentence"]
    first = runner.run(KIND, alone)
    with Runner(tmp_path, seed=5) as another:
        assert another.run(KIND, alone).name == first.name


def test_findings_of_one_place_are_one_group(runner: Runner) -> None:
    outcomes: list[Outcome] = [runner.run(KIND, NUMBERS[name]) for name in ("an error", "nothing said", "an error")]
    groups = grouped(outcomes)
    assert [(group.first.what, len(group.outcomes)) for group in groups] == [("ValueError", 2), ("no sentence", 1)]


def test_the_program_names_how_to_see_a_case_again(capsys: pytest.CaptureFixture[str]) -> None:
    number = NUMBERS["an error"]
    assert program.main(["--kind", KIND, "--only", str(number), "--seed", "3"]) == 1
    said = capsys.readouterr().out
    assert f"python -m tests.fuzz --kind {KIND} --seed 3 --only {number}" in said
    assert "ValueError: inside" in said
    assert program.main(["--kind", KIND, "--only", str(NUMBERS["a sentence"])]) == 0


def test_a_kind_that_is_not_there_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["--kind", "dreams"])
    assert "no cases of dreams" in capsys.readouterr().err
