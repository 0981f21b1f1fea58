"""The report of an evaluation: one file that needs no other, with the papers' tables in it."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pyarrow import parquet

import tfcore
from tfcore import cli
from tfcore.data.phantom import write
from tfcore.evaluate.run import Evaluation
from tfcore.report import write_report

pytestmark = pytest.mark.usefixtures("demo_stays_open")


class Page(HTMLParser):
    """Headings, words and what a page loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.loads += [value or "" for name, value in attributes if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.words.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command wrote of eight phantoms of four patients, with two models, one of which knows nothing."""
    folder = tmp_path_factory.mktemp("evaluated")
    data = write(folder / "data", n=8, size=32, seed=3, slices=2).parent
    tfcore.build("cnn-3", classes=4, input_shape=(32, 32, 1)).keras.save(folder / "fresh <&>.keras")
    asked = ["evaluate", data, "--model", "demo", "--model", folder / "fresh <&>.keras", "--out", folder / "out"]
    asked += ["--methods", "grad-cam,saliency", "--layers", "stage2,stage3,stage2+stage3", "--grid", "3"]
    asked += ["--metrics", "iou,aopc,confidence-drop,conservation-axiom", "--map", "glioma=glioma"]
    (folder / "fresh <&>.json").write_text(json.dumps({"classes": ["glioma", "meningioma", "no_tumour", "pituitary"]}))
    assert cli.main([str(each) for each in asked], lambda _: 0) == cli.DONE
    return folder / "out"


def test_the_page_needs_nothing_but_itself(out: Path) -> None:
    text = (out / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.loads
    assert all(each.startswith("data:image/") for each in page.loads)
    assert "<script" not in text
    assert not re.search(r"url\(|@import|https?://", text)
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert "details::details-content" in text.partition("@media print")[2]
    assert "fresh <&>" in "".join(page.words)


def test_it_holds_the_papers_tables(out: Path) -> None:
    words = Page((out / "report.html").read_text(encoding="utf-8")).words
    for heading in (
        "Methods × metrics",
        "Models: recall, F1 and AOPC",
        "Weakly supervised segmentation: IoU, %, demo",
        "Average confidence drop, %, demo",
        "Conservation axiom, demo",
        "Models × methods",
        "Behind the numbers: iou",
        "Left out",
        "Curves",
    ):
        assert heading in words
    start = words.index("Weakly supervised segmentation: IoU, %, demo")
    assert [word for word in words[start + 2 :] if word][:5] == ["stage2", "stage3", "input", "mean", "stage2+stage3"]


def test_models_whose_layers_are_called_otherwise_stand_side_by_side(out: Path, tmp_path: Path) -> None:
    models = {"ours": tfcore.load_model("demo"), "theirs": tfcore.build("cnn-3", classes=4, input_shape=(32, 32, 1))}
    asked: Any = {"params": {"sanity": {"samples": 1}}, "limit": 2}
    evaluation = Evaluation(models, out.parent / "data", ["grad-cam"], ["complexity", "sanity"], **asked)
    for _ in evaluation.measured():
        pass
    page, *_ = write_report(evaluation, evaluation.table(), tmp_path)
    words = Page(page.read_text(encoding="utf-8")).words
    assert {"grad-cam · stage4_relu2", "grad-cam · conv3"} <= set(words)
    assert {"Sanity, cascading", "Sanity, independent", "trained", "head"} <= set(words)


def test_the_plots_lie_beside_the_page_one_by_one(out: Path) -> None:
    named = {path.name: ElementTree.parse(path) for path in (out / "plots").iterdir()}
    metrics = ("iou", "aopc", "confidence-drop", "conservation-axiom")
    assert named.keys() == {f"{name}.svg" for name in ("ranks", "agreement", "aopc-curves", *metrics)}
    for name in ("ranks.svg", "iou.svg"):
        words = " ".join(named[name].getroot().itertext())
        assert "grad-cam · stage2+stage3 · fresh <&>" in words
        assert "saliency · input · demo" in words
    assert "aopc · stage3 · demo" in " ".join(named["aopc-curves.svg"].getroot().itertext())


def test_the_tables_agree_with_each_other(out: Path) -> None:
    with (out / "results.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["picture", "model", "method", "layer", "metric", "value", "left_out"]
    stored = parquet.read_table(out / "results.parquet").to_pylist()
    assert [row["picture"] for row in stored] == [row["picture"] for row in rows]
    summary = json.loads((out / "summary.json").read_text())
    assert len(summary) == 2 * 4 * 4
    for row in summary:
        named = {name: row[name] for name in ("model", "method", "layer", "metric")}
        numbers = [each["value"] for each in stored if named.items() <= each.items() and each["value"] is not None]
        assert row["n"] == len(numbers)
        assert row["n"] + sum(row["left_out"].values()) == 8
        if numbers:
            assert row["mean"] == pytest.approx(sum(numbers) / len(numbers))
    with (out / "predictions.csv").open() as stream:
        told = list(csv.DictReader(stream))
    assert len(told) == 16
    assert len({row["patient"] for row in told}) == 4
    record = json.loads((out / "evaluation.json").read_text())
    assert {each["n"] for each in record["comparisons"]} <= {1, 2, 3, 4}, "pictures of a patient count once"


def test_what_was_evaluated_can_be_opened_again(out: Path) -> None:
    table = tfcore.evaluate.reopened(out)
    summary = json.loads((out / "summary.json").read_text())
    assert [(row.model, row.method, row.layer, row.metric, row.mean) for row in table.rows] == [
        (row["model"], row["method"], row["layer"], row["metric"], row["mean"]) for row in summary
    ]
    assert len(table.answers) == 16
    assert all(Path(each.picture).is_file() for each in (*table.values, *table.answers)), "told from there, found here"
    assert any(value.curve is not None and len(value.curve.y) == 10 for value in table.values)
