"""What is found of a run in its folder, however damaged, and which folders are free."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from gui.features.train.panel import TrainingPanel
from gui.features.train.stored_run import stored_run
from tests.gui.features.train.samples import REPORT, epoch, run_folder
from tests.gui.hands import named


def test_a_damaged_run_counts_as_one_without_epochs(tmp_path: Path) -> None:
    folder = run_folder(tmp_path / "run", 2)
    (folder / "checkpoint" / "last.npz").write_bytes(b"PK\x03\x04 cut short")
    (folder / "report.json").write_text("{")
    run = stored_run(folder)
    assert run is not None
    assert (run.rows, run.report) == ((), None)
    assert stored_run(tmp_path) is stored_run("") is None


DAMAGED = [
    *(("report.json", content) for content in ("", "[]", "null", "{}", '{"leaks": 0}', "[" * 10**5)),
    *(("report.json", json.dumps({**REPORT, name: None})) for name in REPORT),
    ("report.json", json.dumps({**REPORT, "macro": 5})),
    *(("checkpoint/last.npz", content) for content in ("", "PK", "{}")),
]
HISTORIES = [None, 5, {}, [5], [{}], [epoch(1), {"epoch": 2}], [{**epoch(1), "loss": "x"}]]


def test_damaged_files_of_a_run_count_as_missing(panel: TrainingPanel, tmp_path: Path) -> None:
    for number, (file, content) in enumerate(DAMAGED):
        folder = run_folder(tmp_path / f"run {number}", 3, REPORT)
        (folder / file).write_text(content)
        run = stored_run(folder)
        assert run is not None, content
        assert (run.report is None, not run.rows) == (file == "report.json", file != "report.json"), content
        panel.set_request({"out": str(folder)})
        assert str(folder) in named(panel, "state of the training").text(), content


def test_a_damaged_history_counts_as_missing(panel: TrainingPanel, tmp_path: Path) -> None:
    for number, history in enumerate(HISTORIES):
        folder = run_folder(tmp_path / f"run {number}", 3)
        np.savez(folder / "checkpoint" / "last.npz", state=np.array(json.dumps({"history": history})))
        assert stored_run(folder) is not None, history
        panel.set_request({"out": str(folder)})
        assert panel.curves.epochs() == 0, history


def test_a_folder_whose_name_cannot_be_asked_about_holds_no_run(panel: TrainingPanel) -> None:
    panel.set_request({"out": "/" + "x" * 300})
    assert panel.form.out() == "/" + "x" * 300
