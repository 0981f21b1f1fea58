"""Sentences and exit codes of the command line, in this process."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

import resources
from tfcore import cli
from tfcore.errors import Cancelled


def _run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments], lambda _given: 0)


GOOD = resources.path("demo") / "P0132.png"
pytestmark = pytest.mark.usefixtures("demo_stays_open")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["explain"], "required"),
        (["explain", GOOD, "--model", "demo"], "--out"),
        (["explain", GOOD, "--model", "none.keras", "--out", "{tmp}"], "none.keras"),
        (["explain", GOOD, "--model", "zoo:nothing", "--out", "{tmp}"], "nothing"),
        (["explain", GOOD, "--model", "demo", "--out", "{tmp}", "--method", "grad-cram"], "did you mean grad-cam"),
        (["explain", GOOD, "--model", "demo", "--out", "{tmp}", "--layer", "stage9"], "stage9"),
        (["explain", GOOD, "--model", "demo", "--out", "{tmp}", "--target", "gliom"], "gliom"),
        (["explain", GOOD, "--model", "demo", "--out", "{tmp}", "--format", "doc"], "doc"),
        (["explain", GOOD, "--model", "demo", "--out", "{tmp}", "--device", "gpu:9"], "gpu:9"),
        (["explain", GOOD, "--model", "demo", "--out", "{tmp}", "--opacity", "3"], "opacity"),
        (["explain", GOOD, "--model", "demo", "--out", "{tmp}", "--colours", "jet"], "viridis"),
        (["explain", GOOD, "--model", "demo", "--out", "{file}"], "a-file"),
        (["explain", "{tmp}", "--model", "demo", "--out", "{tmp}"], "no pictures"),
        (["explain", "nowhere.png", "--model", "demo", "--out", "{tmp}"], "nowhere.png"),
        (["phantom", "{file}", "--n", "8"], "a-file"),
    ],
)
def test_a_wrong_request_is_one_line_and_exit_code_2(
    arguments: list[object], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a-file"
    file.write_text("in the way")
    folder = tmp_path / "folder"
    folder.mkdir()
    filled = [str(argument).format(tmp=folder, file=file) for argument in arguments]
    assert _run(*filled) == cli.WRONG
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert all(line.startswith("heatlens: ") for line in said.strip().splitlines())
    assert not list(folder.iterdir()), "a refused request leaves nothing behind"


def test_cancelling_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    from tfcore.commands import lists

    def cancelled(given: object) -> int:
        raise Cancelled

    monkeypatch.setattr(lists, "run", cancelled)
    assert _run("methods") == cli.CANCELLED


def test_a_fault_of_ours_is_1_and_names_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tfcore.commands import lists

    def broken(given: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(lists, "run", broken)
    assert _run("methods") == cli.OUR_FAULT
    said = capsys.readouterr().err
    log = Path(said.strip().rpartition(" in ")[2])
    assert "ZeroDivisionError" in log.read_text()


def test_every_command_is_known_by_name_without_a_look_into_its_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    find = importlib.import_module
    with monkeypatch.context() as patch:
        patch.setattr(importlib, "import_module", lambda name: looked.append(name) or find(name))
        assert cli.main(["picture.png"], lambda _: 7) == 7
    assert looked == ["tfcore.commands.window"]
    with pytest.raises(SystemExit):
        cli.main(["--help"], lambda _: 7)
    helped = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("    ")}
    assert {*cli.names()} <= helped


def test_what_is_no_command_opens_the_window() -> None:
    seen: list[object] = []

    def window(given: object) -> int:
        seen.append(given)
        return 7

    assert cli.main(["picture.png", "--model", "demo", "--layer", "stage4"], window) == 7
    assert cli.main(["--model", "demo"], window) == 7
    given, bare = seen
    assert (given.pictures, given.model, given.layer) == (["picture.png"], "demo", "stage4")  # type: ignore[attr-defined]
    assert (bare.pictures, bare.model) == ([], "demo")  # type: ignore[attr-defined]


def test_a_command_spelt_wrongly_is_named_unless_a_file_is_called_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["explai", "a.png"], lambda _: 7) == 2
    assert "no command and no file 'explai'; did you mean 'heatlens explain'?" in capsys.readouterr().err
    (tmp_path / "explai").mkdir()
    assert cli.main(["explai"], lambda _: 7) == 7


def test_equal_names_from_two_folders_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.png").write_bytes(GOOD.read_bytes())
    out = tmp_path / "out"
    code = _run(
        "explain", tmp_path / "a/same.png", tmp_path / "b/same.png", "--model", "demo", "--out", out, "--format", "npz"
    )
    assert code == cli.DONE
    assert sorted(path.name for path in out.glob("*.npz")) == ["same-2.npz", "same.npz"]


def test_pictures_of_one_file_are_named_apart(tmp_path: Path) -> None:
    import nibabel
    import numpy as np

    voxels = np.random.default_rng(0).integers(0, 900, (20, 24, 4)).astype(np.int16)
    nibabel.Nifti1Image(voxels, np.eye(4)).to_filename(tmp_path / "scan.nii.gz")
    places = [tmp_path / f"scan.nii.gz{place}" for place in ("", "#axial=1:3", "#coronal=7")]
    out = tmp_path / "out"
    assert _run("explain", *places, "--model", "demo", "--out", out, "--format", "npz,nii") == cli.DONE
    volumes = [path.name for path in out.glob("*.nii.gz")]
    assert sorted(volumes) == ["scan_axial_grad-cam_stage4_relu2.nii.gz", "scan_coronal_grad-cam_stage4_relu2.nii.gz"]
    arrays = ["scan.npz", "scan_axial1.npz", "scan_axial2.npz", "scan_coronal7.npz"]
    assert sorted(path.name for path in out.glob("*.npz")) == arrays


def test_a_folder_keeps_its_structure_in_the_results(tmp_path: Path) -> None:
    (tmp_path / "in/sub").mkdir(parents=True)
    (tmp_path / "in/sub/one.png").write_bytes(GOOD.read_bytes())
    assert _run("explain", tmp_path / "in", "--model", "demo", "--out", tmp_path / "out", "--format", "npz") == cli.DONE
    assert (tmp_path / "out/sub/one.npz").is_file()


def test_values_that_do_not_add_up_are_told_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("explain", GOOD, "--model", "demo", "--out", tmp_path, "--format", "npz", "--json", "--method")
    assert _run(*asked, "integrated-gradients,deeplift", "--steps", "3") == cli.DONE
    told = capsys.readouterr()
    assert "P0132.png, integrated-gradients: values miss the score difference" in told.err
    assert "more steps" in told.err
    assert "deeplift" not in told.err
    for heat in json.loads(told.out)["pictures"][0]["heats"]:
        assert set(heat["facts"]) == {"completeness_gap", "score_difference"}


def test_guesses_about_a_model_can_be_stated_and_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tmp_path / "own.keras"
    model.write_bytes(resources.path("demo.keras").read_bytes())
    assert _run("card", model) == cli.DONE
    shown = capsys.readouterr().out
    assert "class 0, class 1, class 2, class 3" in shown
    assert "guessed" in shown
    assert _run("card", model, "--classes", "a,b,c,d", "--scaling", "none") == cli.DONE
    stated = json.loads(model.with_suffix(".json").read_text())
    assert (stated["classes"], stated["scaling"]) == (["a", "b", "c", "d"], "none")
    assert not {"classes", "scaling"} & set(stated["guessed"])
    assert "fit" in stated["guessed"]
    assert _run("card", model, "--classes", 'a, "b, or c"\nd,e') == cli.DONE
    assert json.loads(model.with_suffix(".json").read_text())["classes"] == ["a", "b, or c", "d", "e"]
    # As it is shown it can be given again.
    said = capsys.readouterr().out
    assert 'a, "b, or c", d, e' in said
    # What is not stated is a dash, in no programmer's words.
    assert "—" in said
    assert not [word for word in ("None", "{}", "[]", "{'") if word in said]


def test_classes_can_be_named_by_the_folders_of_the_pictures(tmp_path: Path) -> None:
    model = tmp_path / "own.keras"
    model.write_bytes(resources.path("demo.keras").read_bytes())
    for name in ("no tumour", "Pituitary", "glioma", "meningioma"):
        (tmp_path / "data" / name).mkdir(parents=True)
        (tmp_path / "data" / name / "1.png").write_bytes(Path(GOOD).read_bytes())
    assert _run("card", model, "--classes-of", tmp_path / "data") == cli.DONE
    named = ["Pituitary", "glioma", "meningioma", "no tumour"]
    assert json.loads(model.with_suffix(".json").read_text())["classes"] == named


@pytest.mark.parametrize("flags", [["--classes", "a,b"], ["--scaling", "odd"]])
def test_a_card_that_cannot_be_is_refused_and_not_written(
    flags: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "own.keras"
    model.write_bytes(resources.path("demo.keras").read_bytes())
    assert _run("card", model, *flags) == cli.WRONG
    assert not model.with_suffix(".json").exists()
    assert "Traceback" not in capsys.readouterr().err
