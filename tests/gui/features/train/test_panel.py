"""The panel through the life of a run, with the engine's words put into its mouth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from gui.features.train.panel import TrainingPanel
from tests.gui.drops import let_go
from tests.gui.features.train.samples import FACTS, REPORT, epoch, run_folder
from tests.gui.hands import button, named, texts
from tfcore.engine.protocol import Job, Progress


@pytest.fixture
def ready(panel: TrainingPanel, tmp_path: Path) -> TrainingPanel:
    """With a data set, ready to start."""
    panel.data.choose(str(tmp_path / "scans"))
    panel.show_data(FACTS)
    return panel


def standing_out(panel: TrainingPanel) -> list[str]:
    """The buttons in the colour of the main thing to do."""
    shown = [each for each in panel.findChildren(QPushButton) if each.isVisible()]
    return [each.text() for each in shown if each.property("role") == "primary"]


@pytest.fixture
def asked(panel: TrainingPanel) -> list[dict[str, Any]]:
    """Every request so far."""
    requests: list[dict[str, Any]] = []
    panel.started.connect(requests.append)
    return requests


def test_nothing_starts_without_data(panel: TrainingPanel) -> None:
    assert not button(panel, "Start").isEnabled()
    assert button(panel, "Start").toolTip() == "Choose a data set first"
    assert not button(panel, "Resume").isEnabled()
    assert not button(panel, "Cancel").isEnabled()


def test_augmented_pictures_can_be_looked_at_once_there_are_data_and_augmentations(
    panel: TrainingPanel, tmp_path: Path
) -> None:
    wanted: list[dict[str, Any]] = []
    panel.augmented_wanted.connect(wanted.append)
    panel.form.set_values({"augment": "flip"})
    assert button(panel, "Augmented…").toolTip() == "Choose a data set first"
    panel.data.choose(str(tmp_path / "scans"))
    panel.show_data(FACTS)
    button(panel, "Augmented…").click()
    assert wanted == [panel.request()]
    assert wanted[0]["augment"] == "flip"
    named(panel, "augmentation").setText("")
    assert not button(panel, "Augmented…").isEnabled()


def test_a_request_names_data_recipe_and_a_free_folder_beside_the_data(
    ready: TrainingPanel, asked: list[dict[str, Any]], tmp_path: Path
) -> None:
    button(ready, "Start").click()
    assert asked == [
        {
            "data": str(tmp_path / "scans"),
            "out": str(tmp_path / "scans mri-4class"),
            "recipe": "mri-4class",
            "arch": "cnn-5",
        }
    ]


def test_the_proposed_folder_follows_the_recipe_until_somebody_names_one(ready: TrainingPanel, tmp_path: Path) -> None:
    ready.form.set_values({"recipe": "tumour-binary"})
    assert ready.form.out() == str(tmp_path / "scans tumour-binary")
    ready.form.set_out(str(tmp_path / "mine"))
    ready.form.set_values({"recipe": "mri-4class"})
    assert ready.form.out() == str(tmp_path / "mine")


def test_data_that_cannot_be_opened_say_so_and_block_the_start(ready: TrainingPanel) -> None:
    ready.data.choose("/gone")
    ready.show_data_error("/gone does not exist; check its name and folder.")
    assert not button(ready, "Start").isEnabled()
    assert button(ready, "Start").toolTip() == "Choose another data set: this one cannot be used"
    assert "/gone does not exist; check its name and folder." in texts(ready)


def test_curves_grow_and_the_state_tells_the_time_left(ready: TrainingPanel) -> None:
    button(ready, "Start").click()
    ready.show_waiting()
    assert not button(ready, "Start").isEnabled()
    assert button(ready, "Cancel").isEnabled()
    ready.show_part({"note": "The splits that came with the data are merged."})
    ready.show_part({"epoch": epoch(1)})
    ready.show_part({"epoch": epoch(2)})
    ready.show_progress(Progress(Job("train", {}), 30, 100, "epoch 3/10 · loss 0.512 · 1:10 left"))
    assert named(ready, "state of the training").text() == "epoch 3/10 · loss 0.512 · 1:10 left"
    bar = named(ready, "progress of the training")
    assert (bar.value(), bar.maximum()) == (30, 100)
    assert ready.curves.epochs() == 2
    assert "The splits that came with the data are merged." in ready.outcome.text()


def test_a_finished_run_says_what_was_reached_and_offers_its_model(ready: TrainingPanel, qtbot) -> None:
    button(ready, "Start").click()
    ready.show_waiting()
    run_folder(Path(ready.form.out()), 3, REPORT)
    ready.show_result({})
    assert "Test accuracy 0.900 (0.770 to 0.960), macro F1 0.881, 40 pictures" in ready.outcome.text()
    assert "No equal or nearly equal pictures" in ready.outcome.text()
    assert button(ready, "Open report").isEnabled()
    with qtbot.waitSignal(ready.use_requested) as told:
        button(ready, "Use this model").click()
    assert told.args == [str(Path(ready.form.out()) / "model.keras")]


def test_leaks_are_a_warning(ready: TrainingPanel) -> None:
    ready.show_waiting()
    run_folder(Path(ready.form.out()), 3, REPORT | {"leaks": 2})
    ready.show_result({})
    assert "2 pairs of equal or nearly equal pictures lie on two sides" in ready.outcome.text()
    (leaks,) = [each for each in ready.findChildren(QLabel) if "lie on two sides" in each.text()]
    assert leaks.property("role") == "warning"


def test_the_report_opens_in_the_browser(ready: TrainingPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    told: list[str] = []
    there = [True, False]
    monkeypatch.setattr(
        "gui.features.train.outcome.QDesktopServices.openUrl",
        lambda url: opened.append(url.toLocalFile()) or there.pop(0),
    )
    ready.told.connect(lambda text, kind: told.append(f"{kind}: {text}"))
    page = str(run_folder(Path(ready.form.out()), 1, REPORT) / "report.html")
    ready.show_result({})
    button(ready, "Open report").click()
    assert opened == [page]
    assert told == [f": The report is {page}"]
    # On a machine without a browser.
    button(ready, "Open report").click()
    assert told[1] == f"warning: No browser was found to open the report; it is {page}"


def test_the_button_that_stands_out_is_what_is_wanted_next(ready: TrainingPanel) -> None:
    assert standing_out(ready) == ["Start"]
    button(ready, "Start").click()
    ready.show_waiting()
    folder = run_folder(Path(ready.form.out()), 2)
    ready.show_part({"epoch": epoch(1)})
    ready.show_cancelled()
    assert standing_out(ready) == ["Start anew"]
    assert button(ready, "Resume").isEnabled()
    assert "Start anew trains by what is set now" in ready.outcome.text()
    (folder / "report.json").write_text(json.dumps(REPORT))
    ready.show_result({})
    assert standing_out(ready) == ["Use this model"]


def test_a_run_that_goes_on_without_the_window_is_followed(ready: TrainingPanel, tmp_path: Path) -> None:
    asked_about: list[str] = []
    ready.unfinished.connect(asked_about.append)
    folder = run_folder(tmp_path / "begun", 2)
    ready.form.set_out(str(folder))
    assert asked_about == [str(folder)]
    ready.show_holder(str(folder), "another run (process 7 on ward)")
    assert any("goes on without this window, by another run (process 7" in text for text in texts(ready))
    assert not button(ready, "Resume").isEnabled()
    stopped: list[str] = []
    ready.stop_wanted.connect(stopped.append)
    button(ready, "Cancel").click()
    assert stopped == [str(folder)]
    (folder / "report.json").write_text(json.dumps(REPORT))
    (folder / "report.html").write_text("<html></html>")
    ready.show_holder(str(folder), "another run (process 7 on ward)")
    assert "Test accuracy 0.900" in ready.outcome.text()


def test_notes_name_fields_of_the_window_and_no_flags(ready: TrainingPanel) -> None:
    ready.show_waiting()
    ready.show_part({"note": "3 pairs lie on two sides, which flatters the figures; train with --drop-duplicates."})
    assert "train with “drop copies”." in ready.outcome.text()


def test_the_recall_s_mean_says_what_it_leaves_out(ready: TrainingPanel, tmp_path: Path) -> None:
    folder = run_folder(tmp_path / "begun", 2)
    (folder / "settings.json").write_text(json.dumps({"mean recall of": ["glioma"]}))
    ready.form.set_out(str(folder))
    assert any("mean without none" in text for text in texts(ready))


def test_after_cancelling_the_run_can_go_on_with_its_curves(ready: TrainingPanel, asked: list[dict[str, Any]]) -> None:
    button(ready, "Start").click()
    ready.show_waiting()
    folder = run_folder(Path(ready.form.out()), 2)
    ready.show_part({"epoch": epoch(1)})
    ready.show_part({"epoch": epoch(2)})
    button(ready, "Cancel").click()
    assert named(ready, "state of the training").text() == "cancelling …"
    assert not button(ready, "Cancel").isEnabled()
    ready.show_cancelled()
    assert "Cancelled after epoch 2; the best epoch so far is kept." in ready.outcome.text()
    assert button(ready, "Use this model").isEnabled()
    assert button(ready, "Resume").isEnabled()
    button(ready, "Resume").click()
    assert asked[-1] == {**asked[0], "resume": True}
    assert asked[-1]["out"] == str(folder)
    assert ready.curves.epochs() == 2


def test_a_failure_is_one_sentence_and_leaves_everything_ready(ready: TrainingPanel) -> None:
    button(ready, "Start").click()
    ready.show_waiting()
    ready.show_part({"epoch": epoch(1)})
    ready.show_failed(
        "The engine was killed (often: out of memory) during train; it starts again by itself, then ask once more."
    )
    assert ready.outcome.text().startswith("The engine was killed (often: out of memory)")
    assert ready.curves.epochs() == 1
    assert button(ready, "Start").isEnabled()
    assert not ready.running


def test_starting_anew_never_goes_into_the_folder_of_a_run(ready: TrainingPanel, asked: list[dict[str, Any]]) -> None:
    first = run_folder(Path(ready.form.out()), 2, REPORT)
    ready.show_result({})
    button(ready, "Start anew").click()
    assert asked[-1]["out"] == str(first.with_name(f"{first.name}-2"))
    assert ready.curves.epochs() == 0


def test_naming_the_folder_of_a_run_shows_it(ready: TrainingPanel, tmp_path: Path) -> None:
    ready.form.set_out(str(run_folder(tmp_path / "old", 4, REPORT)))
    assert ready.curves.epochs() == 4
    assert "Test accuracy 0.900" in ready.outcome.text()
    ready.form.set_out(str(run_folder(tmp_path / "begun", 2)))
    assert ready.curves.epochs() == 2
    assert "not come to its end" in ready.outcome.text()
    assert button(ready, "Resume").isEnabled()
    ready.form.set_out(str(tmp_path / "new"))
    assert ready.curves.epochs() == 0
    assert ready.outcome.text() == ""


def test_a_folder_dropped_anywhere_is_what_is_learnt_from(ready: TrainingPanel, tmp_path: Path) -> None:
    let_go(ready.curves.loss, tmp_path)
    assert ready.request()["data"] == str(tmp_path)


def test_on_a_small_screen_the_ways_on_are_in_sight_and_the_curves_have_the_rest(
    ready: TrainingPanel, tmp_path: Path
) -> None:
    ready.resize(670, 390)
    ready.form.set_out(str(run_folder(tmp_path / "begun", 5)))
    QApplication.processEvents()
    use = button(ready, "Use this model")
    assert use.visibleRegion().boundingRect() == use.rect()
    assert ready.curves.loss.height() > 150
