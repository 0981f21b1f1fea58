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
LABELS = dict(zip(DEMO, ("glioma", "glioma", "pituitary"), strict=False))
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
    held_in(text, known)


def held_in(text: str, known: list[float]) -> None:
    # Whom it cites, the name of every interval, and of what was read the sum that is no number.
    said = re.sub(r"\([A-Z][^()]* \d{4}(; [A-Z][^()]* \d{4})*\)|95 %|SHA-256 \w+", "", text)
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
    assert "Numbers are those of the 2024 update of CLAIM" in page
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
    check(text, scores)
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
    assert main(["report", str(phantoms), "--out", str(tmp_path)], lambda _: 1) == 2
    assert "holds no finished training and no evaluation" in capsys.readouterr().err


def test_of_a_session_it_tells_what_was_looked_at_and_how_it_was_judged(tmp_path: Path) -> None:
    judged = [Judgment(rating=4, star=True, tags=("edge",)), Judgment(rating=5), Judgment(note="Look again.")]
    table = tmp_path / "labels.csv"
    table.write_text("file,class\n" + "".join(f"{path.name},{label}\n" for path, label in LABELS.items()))
    session = Session(opened=[str(DEMO[0].parent)], labels=str(table), model="demo")
    session.judgments = {str(path): one for path, one in zip(DEMO, judged, strict=False)}
    session.request = {"method": "smoothgrad", "layer": None, "params": {"samples": 16}, "target": None}
    line = {"picture": str(DEMO[0]), "name": "L1", "kind": "ruler", "points": [[1, 2], [3, 4]]}
    session.regions = [line, line | {"name": "L2"}]
    write(session, tmp_path / "work.heatlens")
    assert main(["report", str(tmp_path / "work.heatlens"), "--out", str(tmp_path / "of")], lambda _: 1) == 0
    text = (tmp_path / "of" / "methods.txt").read_text()
    files = (tmp_path / "work.heatlens", resources.path("demo.json"))
    known = [number for file in files for number in numbers(json.loads(file.read_text()))]
    # What is counted: pictures in the folder, labels in the table, judgments and regions in the session.
    known += [len(DEMO), *Counter(LABELS.values()).values(), len(judged), len(session.regions)]
    known += [*Counter(each.rating for each in judged).values()]
    held_in(text, [float(number) for number in known])
    for said in (
        f"{len(DEMO)} pictures were looked at. Their labels were 2 glioma and 1 pituitary.",
        "The network demo (SHA-256",
        "Heatmaps were made by smoothgrad (samples 16) (Smilkov et al. 2017).",
        "told by the Mahalanobis distance of their features",
        "3 pictures were judged by eye: 1 starred, 2 rated, 1 tagged and 1 noted on. Ratings, of 5: 1 × 4 and 1 × 5.",
        "Tags: edge 1. 2 regions were drawn and measured.",
    ):
        assert said in text
