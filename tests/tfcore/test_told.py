"""What is written names files from where it lies, and no folder of anybody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfcore.told import Told, found_from


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("{0}/a scan/1.png is cut off.", "../a scan/1.png is cut off."),
        ("'{0}/gone/1.png' and {0}/out/x", "'../gone/1.png' and x"),
        ("yes/no, 3 mm/pixel, a/b, </p>, /", "yes/no, 3 mm/pixel, a/b, </p>, /"),
        ({"path": ["{0}/a scan"]}, {"path": ["../a scan"]}),
    ],
)
def test_folders_in_texts_are_told_from_there(said: object, told: object, tmp_path: Path) -> None:
    (tmp_path / "a scan").mkdir()
    (tmp_path / "out").mkdir()
    given = said.format(tmp_path) if isinstance(said, str) else {"path": [f"{tmp_path}/a scan"]}
    assert Told(tmp_path / "out")(given) == told


def test_a_path_is_told_from_there_and_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "scan.nii").touch()
    monkeypatch.chdir(tmp_path)
    told = Told(Path("out"))(Path("scan.nii#axial=3"))
    assert told == "../scan.nii#axial=3"
    assert found_from(Path("out"), told) == f"{tmp_path}/scan.nii#axial=3"
    assert found_from(Path("out"), "demo") == "demo"
