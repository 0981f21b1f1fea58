"""Commands over many pictures give the same bytes with workers and without, and go on where they were ended."""

from __future__ import annotations

from pathlib import Path

import pytest

import resources
from tfcore import cli
from tfcore.data.phantom import write

PICTURES = sorted(resources.path("demo").glob("*.png"))[:2]


def heatlens(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments], lambda _: 0)


def made(out: Path) -> dict[str, bytes]:
    """Everything but the parts, and the record of the command, which was another."""
    files = [out] if out.is_file() else [file for file in out.rglob("*") if file.is_file()]
    kept = (file for file in files if "parts" not in file.parts and not file.name.endswith(".recipe.json"))
    return {str(file.relative_to(out)): file.read_bytes() for file in kept}


def test_what_is_finished_is_not_explained_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.png"
    broken.write_text("no picture")
    asked = ("explain", *PICTURES, broken, "--model", "demo", "--format", "npz", "--out")
    assert heatlens(*asked, tmp_path / "plain") == cli.DONE
    plain = capsys.readouterr()
    assert heatlens(*asked, tmp_path / "kept", "--workers", 0) == cli.DONE
    said = capsys.readouterr()
    assert made(tmp_path / "kept") == made(tmp_path / "plain")
    assert said.err == plain.err
    assert said.out.replace("kept", "plain") == plain.out
    assert heatlens("cohort", "status", tmp_path / "kept") == cli.DONE
    assert "finished; 1 of 1 part done, 3 of 3 pictures" in capsys.readouterr().out

    # The same command once more computes nothing, and says the same.
    times = {file: file.stat().st_mtime_ns for file in (tmp_path / "kept").glob("*.npz")}
    assert heatlens(*asked, tmp_path / "kept", "--workers", 0) == cli.DONE
    assert capsys.readouterr() == said
    assert times == {file: file.stat().st_mtime_ns for file in times}


@pytest.mark.parametrize(
    ("flags", "word"),
    [
        (("--workers", 2), "say where with --out"),
        (("--workers", -1, "--out", "x.csv"), "--workers -1 is no number of processes"),
        (("--workers", 2, "--cpus-per-worker", 0, "--out", "x.csv"), "--cpus-per-worker 0"),
    ],
)
def test_a_request_without_sense_is_one_sentence(
    flags: tuple[object, ...],
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert heatlens("predict", *PICTURES, "--model", "demo", *flags) == cli.WRONG
    said = capsys.readouterr().err
    assert word in said
    assert said.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "asked",
    [
        ("predict", "--labels", "folders"),
        ("explain", "--format", "npz", "--method", "grad-cam,integrated-gradients", "--layer", "stage3,stage4"),
        ("uncertainty", "--passes", 10, "--insert-dropout", 0.2),
        ("evaluate", "--metrics", "iou,deletion,aopc"),
        ("sanity", "--samples", 1),
        ("triage",),
        ("audit",),
        ("dissect", "--layers", "stage4", "--limit", 70),
    ],
    ids=lambda asked: str(asked[0]),
)
def test_the_same_bytes_by_one_two_and_three_workers(asked: tuple[object, ...], tmp_path: Path) -> None:
    data = write(tmp_path / "data", n=24 if asked[0] in ("evaluate", "sanity") else 80, size=64).parent
    (data / "glioma" / "zz.png").write_text("no picture")
    command, *flags = asked
    model = () if command == "audit" else ("--model", "demo")
    name = "out.csv" if command == "predict" else "out"
    # Without workers a dissection has all activations at hand, and needs no histograms.
    alone = 0 if command == "dissect" else None
    for workers in (alone, 1, 2, 3):
        (tmp_path / str(workers)).mkdir()
        many = () if workers is None else ("--workers", workers)
        # Named alike, since tables say where they lie.
        out = tmp_path / str(workers) / name
        assert heatlens(command, data, *model, *flags, *many, "--out", out) == cli.DONE
        if workers == alone:
            plain = made(out)
            assert plain
        assert made(out) == plain
