"""The program as a user starts it: commands, exit codes, sentences, the screenshot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import main
import resources

MAIN = Path(main.__file__)


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own."""
    return subprocess.run([sys.executable, str(MAIN), *arguments], capture_output=True, text=True, timeout=170)


def test_a_screenshot_shows_the_window_with_the_demos_heat(tmp_path: Path) -> None:
    from PIL import Image

    shot = tmp_path / "shot.png"
    done = _run("--screenshot", str(shot))
    assert done.returncode == 0, done.stderr
    assert (done.stdout.strip(), done.stderr) == (str(shot), "")
    with Image.open(shot) as picture:
        assert picture.size == (1440, 900)
        # Viridis' yellow stands only where heat is: nothing else in the window has that colour.
        red, green, blue = np.moveaxis(np.asarray(picture.convert("RGB").crop((340, 70, 980, 710))), -1, 0)
    assert np.count_nonzero((red > 120) & (green > 120) & (blue < 90)) > 500


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


elsewhere = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")


@elsewhere
def test_without_a_display_pictures_are_not_passed_over_for_the_demo(no_display: None) -> None:
    done = _run(str(resources.path("demo")))
    assert (done.returncode, done.stdout) == (2, "")
    assert "no display here, so no window; use 'heatlens explain'" in done.stderr


@elsewhere
def test_without_a_display_the_demo_goes_into_a_panel(
    no_display: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main.main([]) == 0
    said = capsys.readouterr()
    assert "no display" in said.err
    panel = tmp_path / said.out.strip()
    assert panel.is_file()
    assert panel.with_suffix(".json").is_file()


def test_an_unknown_file_for_the_window_is_said_in_one_line() -> None:
    done = _run("no such folder")
    assert done.returncode == 2
    assert done.stderr.strip() == "heatlens: There is no file or folder no such folder; check the name."


def test_explaining_goes_on_past_a_broken_picture_and_tells_the_command_that_makes_it_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"")
    good = resources.path("demo") / "P0132.png"
    out = tmp_path / "out"
    asked = ["--model", "demo", "--layer", "stage3", "--out", str(out), "--format", "png,npz", "--json"]
    assert main.main(["explain", str(broken), str(good), *asked]) == 0
    said = capsys.readouterr()
    assert said.err.strip().endswith("1 explained, 1 left out")
    found = json.loads(said.out)
    assert (found["explained"], found["left_out"]) == (1, 1)
    by_name = {Path(one["path"]).name: one for one in found["pictures"]}
    assert "broken.png" in by_name["broken.png"]["error"]
    heat = by_name["P0132.png"]["heats"][0]
    assert heat["prediction"] == "glioma"
    assert sum(heat["probabilities"].values()) == pytest.approx(1, abs=1e-5)
    assert sorted(path.name for path in out.iterdir()) == ["P0132.json", "P0132.npz", "P0132.png"]
    # The command that makes it again.
    told = (out / "P0132.json").read_text()
    assert all(word in told for word in ("heatlens explain", "--model demo", "stage3"))


def test_doctor_names_versions_devices_and_what_a_gpu_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["device used"] == "cpu" or found["device used"].startswith("gpu")
    assert found["tensorflow"].startswith("2.")
    assert found["GPU"]
    assert found["window"] == "Qt can be loaded"
