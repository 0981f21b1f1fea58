"""What the user does with the window, and what it shows."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui import opening as opening_module
from gui.explaining import State
from gui.main_window import MainWindow
from gui.state import Opened
from tests.gui.drops import drop
from tests.gui.hands import Settled, bars, button, named, texts
from tfcore.engine.protocol import Dropped, Job
from tfcore.results import Heat, Prediction


def _pick_method(window: MainWindow, name: str) -> None:
    methods = named(window, "method")
    methods.setCurrentIndex(methods.findData(name))


def test_the_demo_explains_its_first_picture_without_a_click(dressed: None, window: MainWindow, demo: None) -> None:
    heat = window.explaining.heat
    assert isinstance(heat, Heat)
    assert Path(heat.path).name == "P0132.png"
    assert heat.classes[int(heat.probabilities.argmax())] == "glioma"
    assert not heat.degenerate
    assert window.canvas.heading.title.text().startswith("P0132.png · glioma 0.9")
    assert window.export_button.isEnabled()
    # All of it fits a small screen.
    assert window.minimumSizeHint().height() <= 700
    assert window.minimumSizeHint().width() <= 1280
    # An answer that fails says why.
    window.predicting.failed.emit("No network can read this.")
    assert texts(window.prediction) == ["No network can read this."]


def test_moving_on_shows_the_next_picture_with_its_own_heat(window: MainWindow, demo: None, settled: Settled) -> None:
    seen: list[State] = []
    window.explaining.heat_changed.connect(lambda: seen.append(window.explaining.state))
    second = window.browser.paths()[1]
    window.browser.select(second)
    settled()
    assert window.explaining.heat is not None
    assert window.explaining.heat.path == second
    assert window.explaining.picture is not None
    assert str(window.explaining.picture.path) == second
    assert State.AWAITED not in seen, "the neighbour had to be computed although it was prepared ahead"
    # A click on a probability explains that class.
    window.prediction.target_chosen.emit(3)
    settled()
    assert window.explaining.heat.target == 3
    window.explain_second()
    settled()
    order = window.explaining.heat.probabilities.argsort()
    assert window.explaining.heat.target == order[-2]
    assert f"target {window.explaining.heat.classes[order[-2]]}" in window.canvas.heading.title.whole()


def test_leafing_fast_ends_on_the_last_picture_and_its_heat(
    window: MainWindow, demo: None, settled: Settled, qtbot: QtBot
) -> None:
    for path in window.browser.paths()[1:9]:
        window.browser.select(path)
        qtbot.wait(5)
    settled()
    last = window.browser.paths()[8]
    assert window.browser.current() == last
    assert window.explaining.heat is not None
    assert window.explaining.heat.path == last


def test_dropping_pictures_and_a_model_opens_both(
    window: MainWindow, settled: Settled, pictures: list[Path], small_network: Path, tmp_path: Path
) -> None:
    model = Path(shutil.copy(small_network, tmp_path / "own model.keras"))
    drop(window, *pictures, model)
    settled()
    heat = window.explaining.heat
    assert heat is not None
    assert heat.path == str(pictures[0])
    assert heat.model == str(model)
    assert "scaling" in window.opening.info.guessed  # type: ignore[union-attr]
    assert window.home.recent_models[0] == str(model)


def test_stating_the_card_takes_the_guesses_away(
    window: MainWindow, settled: Settled, pictures: list[Path], small_network: Path, tmp_path: Path
) -> None:
    model = Path(shutil.copy(small_network, tmp_path / "model.keras"))
    drop(window, pictures[0], model)
    settled()
    window.model_panel.card_saved.emit({"classes": ["a", "b", "c", "d"], "scaling": "1/255"}, ["classes", "scaling"])
    settled()
    info = window.opening.info
    assert info is not None
    assert info.classes == ("a", "b", "c", "d")
    assert "classes" not in info.guessed
    assert model.with_suffix(".json").exists()
    assert window.explaining.heat is not None
    assert window.explaining.heat.classes == ("a", "b", "c", "d")


def test_a_broken_picture_says_so_and_the_next_one_works(
    window: MainWindow, settled: Settled, pictures: list[Path], tmp_path: Path
) -> None:
    broken = tmp_path / "a broken one.png"
    broken.write_text("no picture")
    window.open_model("demo")
    drop(window, broken)
    settled()
    assert window.canvas.message.isVisible()
    assert "holds text" in window.canvas.message.hint.text()
    assert not window.export_button.isEnabled()
    drop(window, pictures[0])
    settled()
    assert window.explaining.heat is not None


def test_a_model_that_does_not_open_leaves_the_old_one_in_use(
    window: MainWindow, demo: None, settled: Settled, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.keras"
    bad.write_bytes(b"PK\x03\x04 cut short")
    window.open_model(str(bad))
    settled()
    window.browser.select(window.browser.paths()[4])
    settled()
    assert window.explaining.heat is not None
    assert window.explaining.heat.path == window.browser.paths()[4]


def test_a_model_on_its_way_that_another_takes_the_place_of_is_named(quiet: MainWindow) -> None:
    quiet.open_model("/nets/slow.keras")
    quiet.open_model("demo")
    said = quiet.jobs.history.item(0).text()
    assert said.endswith("slow.keras is no longer waited for: demo is opened instead.")


@pytest.mark.parametrize("trusted", [True, False])
def test_a_model_with_code_opens_only_when_the_user_says_so(
    window: MainWindow, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    asked: list[str] = []

    def answer(path: str, what: str, parent: object) -> bool:
        asked.append(what)
        return trusted

    monkeypatch.setattr(opening_module, "ask_trust", answer)
    path = _with_lambda(tmp_path)
    window.open_model(str(path))
    settled()
    assert len(asked) == 1
    assert "Lambda" in asked[0]
    opened = window.opening.info is not None and window.opening.info.source == str(path)
    assert opened == trusted


def test_a_slow_method_picked_in_the_window_is_the_one_that_runs(
    window: MainWindow, demo: None, settled: Settled
) -> None:
    _pick_method(window, "score-cam")
    assert window.explaining.heat is None, "a heat of the method before stands under the name of another"
    settled()
    assert "press Explain" in window.canvas.heading.title.whole()
    button(window.method, "Explain").click()
    assert "computing" in window.canvas.heading.title.whole()
    settled()
    assert window.explaining.heat is not None
    assert window.explaining.heat.method == "score-cam"
    # A prediction that comes while the heat is computed leaves the heading.
    window.browser.select(window.browser.paths()[1])
    settled()
    found = window.shown.said
    assert isinstance(found, Prediction)
    button(window.method, "Explain").click()
    window.predicting.known.emit(found)
    assert "computing" in window.canvas.heading.title.whole()
    settled()


def test_an_estimate_grows_while_it_is_computed_stays_when_cancelled_and_goes_on(
    window: MainWindow, demo: None, settled: Settled, qtbot: QtBot
) -> None:
    _pick_method(window, "rise")
    settled()
    assert any(said.startswith("4,000 passes for a picture") for said in texts(window.method))
    heading = window.canvas.heading
    button(window.method, "Explain").click()
    qtbot.waitUntil(lambda: any(said.startswith("estimate ±") for said in texts(heading)), timeout=60_000)
    growing = window.canvas.heat()
    assert growing is not None
    assert growing.map.any()
    # The line of the job tells how sure it is.
    qtbot.waitUntil(lambda: any("±" in said for said in texts(window.jobs)), timeout=60_000)
    named(window.jobs, "cancel rise · P0132.png").click()
    settled()
    kept = window.canvas.heat()
    assert kept is not None
    assert kept.unfinished
    history = window.jobs.history
    ended = [history.item(row).text() for row in range(history.count())]
    assert any("rise · P0132.png ◐ estimate from" in each for each in ended), ended
    assert any(said.startswith("estimate ±") for said in texts(heading))
    asked = kept.facts["passes"]
    button(window.method, "Explain").click()
    qtbot.waitUntil(lambda: window.canvas.heat() is not kept, timeout=60_000)
    assert window.canvas.heat().facts["passes"] > asked, "it begins anew"
    named(window.jobs, "cancel rise · P0132.png").click()
    settled()


def test_another_model_does_not_inherit_the_bars_and_going_back_writes_its_answer_under_the_thumbnail_again(
    window: MainWindow, demo: None, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    info, path = window.opening.info, window.explaining.path
    assert info is not None
    assert bars(window.prediction)
    written: dict[str, str] = {}
    monkeypatch.setattr(window.browser, "annotate", lambda path, text, *_: written.update({path: text}))
    # A slow method, so that nothing is known of the other at once.
    _pick_method(window, "score-cam")
    settled()
    window.opening.use(Opened(replace(info, card={**info.card, "sha256": "other"})))
    assert not bars(window.prediction), "what one model said stands beside another"
    settled()
    assert bars(window.prediction)
    written.clear()
    window.opening.use(Opened(info))
    assert path is not None
    assert written[path].startswith("glioma 0.9")


def test_a_cancelled_heat_of_a_quick_method_names_no_button_and_clearing_the_list_empties_the_window(
    window: MainWindow, demo: None, settled: Settled
) -> None:
    asked: list[Job] = []
    window.engine.submitted.connect(asked.append)
    window.explain_second()
    window.engine.happened.emit(Dropped(asked[0]))
    assert window.canvas.heading.title.whole().endswith("cancelled")
    settled()
    shown: list[State] = []
    window.explaining.heat_changed.connect(lambda: shown.append(window.explaining.state))
    window.clear()
    assert shown == [State.NOTHING], "the panels beside the picture do not hear that it is gone"
    assert window.canvas.message.isVisible()
    assert not window.export_button.isEnabled()
    assert window.explaining.path is None


def test_every_shortcut_is_used_once(window: MainWindow) -> None:
    keys = [action.shortcut().toString() for action in window.menus.actions.values()]
    used = [key for key in keys if key]
    assert len(used) == len(set(used))


def _with_lambda(folder: Path) -> Path:
    import keras

    path = folder / "lambda.keras"
    layers = keras.layers
    keras.Sequential(
        [
            keras.Input((16, 16, 1)),
            layers.Lambda(lambda x: x * 2, name="twice"),
            layers.Conv2D(4, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2, activation="softmax"),
        ]
    ).save(path)
    return path
