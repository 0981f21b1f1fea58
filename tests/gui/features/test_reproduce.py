"""A figure of an earlier day is made again from the menu, and the history says what came out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gui.main_window import MainWindow
from tests.gui.hands import Settled, made_again
from tfcore.figure import export


@pytest.mark.usefixtures("demo")
def test_a_figure_is_made_again_in_a_folder_of_its_own(
    window: MainWindow, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window.explaining
    figure = export([(shown.heat, shown.picture)], tmp_path / "panel.png", dpi=50)

    def again() -> str:
        return made_again(window, figure, tmp_path, settled, monkeypatch)

    assert "panel.png: the same bytes as the first one." in again()
    assert (tmp_path / "again" / "panel.png").read_bytes() == figure.read_bytes()

    record = figure.with_suffix(".json")
    said = json.loads(record.read_text())
    said["items"][0]["picture"]["sha256"] = "0" * 64
    record.write_text(json.dumps(said))
    assert "is another picture than then" in again()
