"""The three commands, as they are typed."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tfcore.training.conftest import write_dot
from tfcore import cli
from tfcore.cli import CANCELLED, DONE, WRONG
from tfcore.training.report import files


def heatlens(*arguments: str | Path) -> int:
    """Run a command in this process."""
    return cli.main([str(argument) for argument in arguments], lambda _: DONE)


def test_train_prints_the_report_and_predict_reads_the_run(
    phantoms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "save", lambda _, path, **__: write_dot(path))
    out = tmp_path / "run"
    quick = ["--arch", "cnn-2", "--size", "32", "--epochs", "1", "--augment", "flip", "--out", out]
    assert heatlens("train", phantoms, "--recipe", "mri-4class", "--json", *quick) == DONE
    assert json.loads(capsys.readouterr().out)["n"] == 12

    broken = tmp_path / "pictures"
    broken.mkdir()
    (broken / "a.png").write_bytes(b"not a picture")
    (broken / "b.png").write_bytes(next((phantoms / "glioma").glob("*.png")).read_bytes())
    table = tmp_path / "said.csv"
    assert heatlens("predict", broken, "--model", out, "--out", table) == DONE
    assert "a.png" in capsys.readouterr().err
    with table.open(newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["path"].endswith("b.png")
    assert sum(float(value) for name, value in row.items() if name.startswith("p_")) == pytest.approx(1, abs=1e-5)

    assert heatlens("predict", broken, "--model", out, "--json") == DONE
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert "error" in first
    assert second["predicted"] == row["predicted"]


def test_ctrl_c_ends_with_130_and_says_what_is_left(
    phantoms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*arguments: object, **settings: object) -> None:
        (tmp_path / "model.keras").write_bytes(b"")
        raise KeyboardInterrupt

    monkeypatch.setattr("tfcore.training.run.train", interrupted)
    assert heatlens("train", phantoms, "--out", tmp_path) == CANCELLED
    assert "--resume goes on" in capsys.readouterr().err


def test_a_wrong_setting_is_one_line(phantoms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert heatlens("train", phantoms, "--out", tmp_path / "run", "--lr", "fast") == WRONG
    assert capsys.readouterr().err == "heatlens: lr = 'fast' is not a number from 1e-08 to 10.\n"
    assert heatlens("train", phantoms, "--out", tmp_path / "run", "--workers", "2") == WRONG
    assert "share out --folds or --seeds" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_recipes_are_listed_with_their_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert heatlens("recipes") == DONE
    assert "xray-transfer" in capsys.readouterr().out
    assert heatlens("recipes", "--json") == DONE
    listed = {spec["name"]: spec for spec in json.loads(capsys.readouterr().out)}
    settings = {param["name"]: param["default"] for param in listed["pcle"]["params"]}
    assert (settings["optimizer"], settings["lr"], settings["patience"]) == ("adamax", 1e-3, 10)


def test_recipes_and_the_help_of_train_do_not_wait_for_tensorflow() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from tfcore import cli\n"
        "with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.suppress(SystemExit):\n"
        "    cli.main(['recipes'], None)\n"
        "    cli.main(['train', '--help'], None)\n"
        "assert '--label-smoothing' in out.getvalue()\n"
        "print(sorted({'tensorflow', 'keras', 'sklearn', 'matplotlib', 'cv2', 'scipy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
