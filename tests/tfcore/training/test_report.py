"""The page holds everything and asks nobody for anything."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tfcore.figure.save import pixels
from tfcore.training.report import plots
from tfcore.training.run import Run

VOID = {"meta", "img", "br", "hr", "link", "input"}


class Page(HTMLParser):
    """Whether every element that opens also closes, and what the page points to."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.sources += [str(value) for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_points_nowhere(learnt: Run) -> None:
    text = (learnt.folder / "report.html").read_text(encoding="utf-8")
    page = Page()
    page.feed(text)
    assert page.open == []
    # Its curves, its mistakes, the ways of its classes, and pictures as they were varied.
    assert len(page.sources) == 4
    for source in page.sources:
        kind, content = source.split(",", 1)
        assert kind == "data:image/png;base64"
        assert base64.b64decode(content).startswith(b"\x89PNG")
    assert not re.search(r"https?://|@import|<script", text)


def row(epoch: int, **more: Any) -> dict[str, Any]:
    figures = {"loss": 1 / epoch, "accuracy": 1 - 1 / epoch, "val_loss": 1 / epoch, "val_accuracy": 0.5}
    return {"epoch": epoch, "stage": "whole", **figures, **more}


@pytest.mark.parametrize("classes", [("no", "yes"), tuple(f"a_class_with_a_long_name_{n}" for n in range(12))])
def test_plots_of_two_and_of_many_classes_are_drawn(classes: tuple[str, ...]) -> None:
    count = len(classes)
    drawn = [
        plots.confusion(np.eye(count, dtype=int).tolist(), classes),
        plots.roc_curves([{"false": [0, 1], "true": [0, 1], "auc": 0.5}, *[None] * (count - 1)], classes),
        plots.curves([row(1), row(2, stage="fine-tuning")], best=2),
    ]
    for figure in drawn:
        assert pixels(figure, 60).std() > 0


def test_one_epoch_is_a_curve_too(tmp_path: Path) -> None:
    assert pixels(plots.curves([row(1)], best=1), 60).std() > 0
