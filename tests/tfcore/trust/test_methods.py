"""The methods section says what was done, with numbers that are all in the files, and leaves the rest open."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import resources
from tests.tfcore.training.conftest import phantoms, quick
from tfcore.cli import main
from tfcore.review import Judgment, Session, write
from tfcore.training.settings import BEST

__all__ = ["phantoms", "quick"]

DEMO = sorted(resources.path("demo").glob("*.png"))
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w]|\.\d)")


def numbers(value: Any) -> Iterator[float]:
    """All that a file holds, in whatever it is wrapped; of texts the numbers in them."""
    if isinstance(value, dict):
        yield from numbers([*value, *value.values()])
    elif isinstance(value, list):
        yield float(len(value))
        for each in value:
            yield from numbers(each)
    elif isinstance(value, str):
        yield from (float(text.replace(",", "")) for text in _NUMBER.findall(value))
    elif isinstance(value, int | float):
        yield float(value)


def check(text: str, folder: Path) -> None:
    """Every number of the text is one of the folder's, to as many digits as are shown."""
    known = [number for file in folder.glob("*.json") for number in numbers(json.loads(file.read_text()))]
    tables = (folder / name for name in ("split.csv", "fold-1/split.csv", "results.csv"))
    with next(table for table in tables if table.exists()).open() as stream:
        rows = list(csv.DictReader(stream))
    if (folder / "evaluation.json").exists():
        rows = [*csv.DictReader((folder / "predictions.csv").read_text().splitlines())]
        known.append([row["right"] for row in rows].count("True"))
    known += [len(rows), *Counter(row.get("label") for row in rows).values()]
    # Of the networks of a cross-validation, what each was made of, and how.
    known += [number for card in folder.glob("fold-1/*.json") for number in numbers(json.loads(card.read_text()))]
    # Whom it cites, and the name of every interval.
    said = re.sub(r"\([A-Z][^()]* \d{4}(; [A-Z][^()]* \d{4})*\)|95 %", "", text)
    for shown in _NUMBER.findall(said):
        digits = len(shown.partition(".")[2])
        wanted = float(shown.replace(",", ""))
        assert any(round(number, digits) == wanted for number in known), shown


def test_every_number_is_one_of_the_files_and_what_is_not_known_is_left_open(quick: Any, tmp_path: Path) -> None:
    run = quick(epochs=1)
    out = tmp_path / "paper"
    assert main(["report", str(run.folder), "--for", "claim", "--out", str(out)], lambda _: 1) == 0
    text, page = (out / "methods.txt").read_text(), (out / "methods.html").read_text()
    check(text, run.folder)
    report = json.loads((run.folder / "report.json").read_text())
    low, high = report["accuracy interval"]
    assert f"accuracy was {report['accuracy']:.3f} (95 % interval {low:.3f} to {high:.3f})" in text
    assert f"with {report['parameters']:,} parameters" in text
    assert f"The weights of epoch 1 of 1 were kept, which had {BEST[report['chosen by']]}." in text
    assert "The data name no patients" in text
    assert str(tmp_path) not in text + page
    rows = re.findall(r"<tr><td>(\d+)</td><td>(.*?)</td><td>(.*?)</td></tr>", page)
    assert [int(number) for number, _, _ in rows] == list(range(1, 45))
    answers = {int(number): answer for number, _, answer in rows}
    assert "for the authors to fill in" in answers[44]
    assert "AdamW" in answers[25]
    # Counts of pictures do not tell where these come from.
    assert "for the authors to fill in" in answers[7]
    assert "follows the 2024 update of CLAIM" in page
    # Who is cited is in the list, and nobody else.
    bib = (out / "references.bib").read_text()
    assert set(re.findall(r"@\w+\{(\w+)", bib)) >= {"abadi2016", "chollet2015", "tejani2024"}
    assert "selvaraju2017" not in bib


def test_of_an_evaluation_it_tells_how_heatmaps_were_validated(
    phantoms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores, out = tmp_path / "scores", tmp_path / "paper"
    asked = ["evaluate", str(phantoms), "--model", "demo", "--methods", "grad-cam", "--metrics", "iou,pointing-game"]
    assert main([*asked, "--limit", "6", "--out", str(scores)], lambda _: 1) == 0
    assert main(["report", str(scores), "--for", "tripod-ai", "--out", str(out)], lambda _: 1) == 0
    text = (out / "methods.txt").read_text()
    check(re.sub(r"SHA-256 \w+", "", text), scores)
    assert "Heatmaps for the predicted class were made by grad-cam at stage4" in text
    assert "(Selvaraju et al. 2017)" in text
    assert "pointing-game (tolerance 15.0)" in text
    for said in (
        "128 × 128 pixels",
        "trained to tell glioma,",
        "of 2,000 resamples of pictures",
        "measured with Heatlens",
    ):
        assert said in text
    # What is measured of heatmaps is no measure of the network.
    page = (out / "methods.html").read_text()
    assert re.search(r"<td>12e</td><td>[^<]*</td><td><em>for the authors", page)
    assert re.search(
        r"The mean iou \(higher is better\) was 0\.\d{3} for grad-cam at \S+ \(n = \d, 95 % interval", text
    )
    # Of a session: how many pictures, by what they were explained, and how they were judged.
    listed = {str(path): Judgment(rating=4 + at, star=at == 0) for at, path in enumerate(sorted(DEMO)[:2])}
    session = Session(opened=[str(DEMO[0].parent)], judgments=listed, model="demo")
    session.request = {"method": "grad-cam", "layer": "stage4", "params": {}, "target": None}
    write(session, tmp_path / "work.heatlens")
    assert main(["report", str(tmp_path / "work.heatlens"), "--out", str(tmp_path / "of")], lambda _: 1) == 0
    text = (tmp_path / "of" / "methods.txt").read_text()
    assert f"{len(DEMO)} pictures were looked at." in text
    assert "The network demo (SHA-256" in text
    assert "Heatmaps were made by grad-cam at stage4 (Selvaraju et al. 2017)." in text
    assert "2 pictures were judged by eye: 1 starred and 2 rated. Ratings, of 5: 1 × 4 and 1 × 5." in text
    assert main(["report", str(phantoms), "--out", str(tmp_path)], lambda _: 1) == 2
    assert "holds no finished training and no evaluation" in capsys.readouterr().err
