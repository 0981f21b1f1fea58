"""What was reviewed in the window is data: listed pictures with the labels of the session, or those judged so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfcore import review
from tfcore.data import open_data
from tfcore.errors import HeatlensError
from tfcore.review import Judgment, Session


@pytest.fixture
def work(folders: Path) -> Path:
    yes = sorted((folders / "yes").glob("*.png"))
    judgments = {str(yes[0]): Judgment(star=True, rating=4, tags=("edge",)), str(yes[1]): Judgment(rating=2)}
    session = Session(opened=[str(folders)], removed=[str(yes[-1])], judgments=judgments)
    review.write(session, folders / "work.heatlens")
    return folders / "work.heatlens"


def test_what_is_listed_is_there_with_the_names_of_its_folders(work: Path, folders: Path) -> None:
    data = open_data(work)
    everything = open_data(folders)
    assert (data.kind, data.classes) == ("session", ("no", "yes"))
    assert len(data) == len(everything) - 1
    assert {sample.path: sample.label for sample in data}.items() <= {
        sample.path: sample.label for sample in everything
    }.items()


@pytest.mark.parametrize(("wanted", "count"), [({"starred": "yes"}, 1), ({"rated": 2}, 2), ({"tagged": "edge"}, 1)])
def test_what_was_judged_so(work: Path, wanted: dict, count: int) -> None:
    assert len(open_data(work, **wanted)) == count


def test_its_table_of_labels_counts(work: Path, folders: Path) -> None:
    session = review.read(work)
    names = [path.name for path in sorted((folders / "yes").glob("*.png"))]
    (folders / "labels.csv").write_text(f"file,label\n{names[0]},cyst\n")
    session.labels = str(folders / "labels.csv")
    review.write(session, work)
    data = open_data(work)
    assert data.classes == ("cyst",)
    assert any("does not say what they show" in note for note in data.notes)


def test_a_wish_that_nothing_fulfils_says_so(work: Path) -> None:
    with pytest.raises(HeatlensError, match="no pictures that are meant"):
        open_data(work, tagged="never")
