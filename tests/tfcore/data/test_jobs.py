"""Data as the window asks for them: plain facts, findings with their pictures, and a report on disk."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.tfcore.data.conftest import noise, saved
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Event, Job, Progress
from tfcore.errors import Cancelled, HeatlensError
from tfcore.jobs import find
from tfcore.told import Told


def context(heard: list[Event] | None = None, cancelled: bool = False) -> Context:
    flag = threading.Event()
    if cancelled:
        flag.set()
    return Context(Job("audit", {}), ([] if heard is None else heard).append, OpenModels(), flag)


@pytest.fixture
def leaking(tmp_path: Path) -> Path:
    """Two splits of two classes; one training picture is tested on too, once as it is and once as a JPEG."""
    root = tmp_path / "split"
    for number, (side, label) in enumerate((s, c) for s in ("train", "test") for c in ("no", "yes")):
        saved(root / side / label / f"{side}-{label}.png", noise(number, 64))
    first = root / "train" / "no" / "train-no.png"
    saved(root / "test" / "no" / "copy.png", noise(0, 64))
    again = cv2.imencode(".jpg", cv2.imdecode(np.frombuffer(first.read_bytes(), np.uint8), 0))[1]
    (root / "test" / "yes" / "again.jpg").write_bytes(again.tobytes())
    return root


def test_a_data_set_is_described_by_what_it_was_taken_for(phantoms: Path) -> None:
    facts = find("describe_data")(context(), data=str(phantoms))
    assert (facts["kind"], facts["pictures"], facts["unannotated"], facts["patients"]) == ("table", 24, 0, 0)
    assert facts["classes"] == {"glioma": 6, "meningioma": 6, "no_tumour": 6, "pituitary": 6}
    assert facts["splits"] == facts["sides"] == {}


def test_pictures_are_labelled_and_classes_named_by_folders(leaking: Path) -> None:
    pictures = [str(leaking / "train" / "no" / "train-no.png"), str(leaking / "test" / "yes" / "again.jpg")]
    found = find("labels")(context(), pictures=pictures, classes=["No", "Yes", "other"])
    assert found.of == dict(zip(pictures, ("No", "Yes"), strict=True))
    assert found.notes == ("Labels in another spelling: 'no' for No, 'yes' for Yes.",)
    assert find("class_names")(context(), source=str(leaking)) == ("no", "yes")


def test_splits_are_counted_by_class(leaking: Path) -> None:
    facts = find("describe_data")(context(), data=str(leaking))
    assert facts["splits"] == {"train": {"no": 1, "yes": 1}, "test": {"no": 2, "yes": 2}}
    assert facts["sides"] == {"train": 2, "test": 4}


def test_what_does_not_exist_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match="does not exist"):
        find("describe_data")(context(), data=str(tmp_path / "nowhere"))


def test_an_audit_brings_its_findings_with_both_pictures_of_every_pair(leaking: Path) -> None:
    heard: list[Event] = []
    found = find("audit")(context(heard), data=str(leaking))
    assert any("on two sides of the split" in sentence for sentence in found["findings"])
    assert found["leaks"] == sum(pair["across"] for pair in found["pairs"]) == 2
    exact = next(pair for pair in found["pairs"] if pair["exact"])
    assert {Path(exact[side]["path"]).name for side in ("first", "second")} == {"train-no.png", "copy.png"}
    assert {exact[side]["split"] for side in ("first", "second")} == {"train", "test"}
    torn = next(pair for pair in found["pairs"] if pair["torn"])
    assert "again.jpg" in {Path(torn[side]["path"]).name for side in ("first", "second")}
    assert any(isinstance(event, Progress) and event.total == 6 for event in heard)


def test_a_report_is_written_from_what_the_audit_gave(leaking: Path, tmp_path: Path) -> None:
    found = find("audit")(context(), data=str(leaking))
    files = find("save_audit")(context(), report=found["report"], out=str(tmp_path / "report"))
    assert {Path(file).name for file in files} >= {"audit.json", "across-splits.png", "copies.png"}
    assert all(Path(file).stat().st_size for file in files)
    # Files are named from where the report lies.
    told = Told(tmp_path / "report")(found["findings"])
    assert json.loads(Path(files[0]).read_text(encoding="utf-8"))["findings"] == told
    assert str(tmp_path) not in " ".join(told)


def test_a_report_goes_nowhere_where_a_file_is_in_the_way(leaking: Path, tmp_path: Path) -> None:
    found = find("audit")(context(), data=str(leaking))
    (tmp_path / "taken").write_text("")
    with pytest.raises(HeatlensError, match="cannot be made"):
        find("save_audit")(context(), report=found["report"], out=str(tmp_path / "taken"))


def test_a_cancelled_audit_stops(leaking: Path) -> None:
    with pytest.raises(Cancelled):
        find("audit")(context(cancelled=True), data=str(leaking))
