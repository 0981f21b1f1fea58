"""A command, a kind of job and a feature of the window are one file each: everything else follows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QLabel
from pytestqt.qtbot import QtBot

import tfcore.commands
import tfcore.jobs
from gui import features
from gui.main_window import MainWindow
from tests.gui.engines import Silent
from tfcore import cli, jobs
from tfcore.review import Session

FILES = {
    tfcore.commands: (
        "greyness",
        '''
"""``heatlens greyness``: how bright a picture is."""
from tfcore import jobs

def add(commands):
    parser = commands.add_parser("greyness", help="how bright a picture is")
    parser.add_argument("picture")
    parser.add_argument("--percent", action="store_true", help="print per cent")
    parser.set_defaults(run=run)

def run(given):
    value = jobs.find("greyness")(None, given.picture)
    print(f"{value:.0%}" if given.percent else f"{value:.2f}")
    return 0
''',
    ),
    tfcore.jobs: (
        "greyness",
        """
from tfcore import pictures

def greyness(context, picture):
    return float(pictures.read(picture).array.mean() / 255)
""",
    ),
    features: (
        "greyness",
        """
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from gui.menus import Command
from gui.state import OneJob

class FEATURE(QObject):
    place = 99

    def __init__(self, desk):
        super().__init__(desk.parent)
        self.desk, self.said, self.value = desk, QLabel("?"), None
        self.dock = desk.docks.add_drawer("Greyness", self.said, 100)
        desk.menus.add([Command("E&xplain", "How grey?", self.ask, "Ctrl+Shift+Y")])
        self.job = OneJob(desk.engine, "greyness", self)
        self.job.answered.connect(self.show)

    @property
    def settled(self):
        return self.job.idle

    def ask(self):
        self.dock.open()
        self.job.ask({"picture": self.desk.explaining.path}, "greyness")

    def show(self, value):
        self.said.setText(f"{value:.2f}")
""",
    ),
}


@pytest.fixture(autouse=True)
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each file in a folder that its package is walked in, too; afterwards nothing of them is left."""
    for package, (name, text) in FILES.items():
        folder = tmp_path / package.__name__
        folder.mkdir()
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    yield
    for package, (name, _) in FILES.items():
        sys.modules.pop(f"{package.__name__}.{name}", None)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "flat.png"
    Image.new("L", (20, 20), 51).save(path)
    return path


def test_a_command_is_in_the_help_and_runs(picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"], lambda _: 7)
    assert "how bright a picture is" in capsys.readouterr().out
    assert cli.main(["greyness", str(picture), "--percent"], lambda _: 7) == cli.DONE
    assert capsys.readouterr().out == "20%\n"


def test_a_job_is_found_by_its_name(picture: Path) -> None:
    assert "greyness" in jobs.kinds()
    assert jobs.find("greyness")(None, str(picture)) == pytest.approx(0.2)


def test_a_feature_has_its_dock_its_menu_entry_and_its_answer(qtbot: QtBot, picture: Path) -> None:
    engine = Silent()
    window = MainWindow(engine, Session())
    qtbot.addWidget(window)
    window.show()
    window.open_pictures([picture])
    qtbot.waitUntil(lambda: window.explaining.picture is not None)
    entry = next(action for action in window.findChildren(QAction) if action.text() == "How grey?")
    dock = next(dock for dock in window.findChildren(QDockWidget) if dock.windowTitle() == "Greyness")
    assert dock.isHidden()
    entry.trigger()
    job = engine.last("greyness")
    engine.answer(job, jobs.find(job.kind)(None, **job.arguments))
    assert dock.isVisible()
    (label,) = [each for each in dock.findChildren(QLabel) if each.text() == "0.20"]
    assert label.isVisible()
    assert "Ctrl+Shift+Y" in [command.shortcut for command in window.menus.commands]
