"""``heatlens predict``: class probabilities of any number of pictures, row by row."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tfcore.commands._progress import progress_bar
from tfcore.errors import HeatlensError

if TYPE_CHECKING:
    from tfcore.training.predictions import Predicted


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "predict",
        help="class probabilities of pictures",
        description="Write a row of class probabilities per picture (CSV), as they come; broken pictures are named and "
        "left out.",
    )
    parser.add_argument("pictures", nargs="+", metavar="IMAGE|FOLDER", help="pictures, or folders with pictures below")
    parser.add_argument("--model", required=True, help="demo, zoo:NAME, a model file or a run folder")
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the table there instead of to stdout")
    parser.add_argument("--device", help="cpu, gpu:0 …")
    parser.add_argument("--trust", action="store_true", help="let the model file run the code it carries")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line instead of CSV")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Predict, write, and count."""
    from tfcore.pictures import find

    paths = list(find(given.pictures))
    if not paths:
        raise HeatlensError(f"There are no pictures in {', '.join(given.pictures)}; check the folder.")
    from tfcore.engine.device import start_tensorflow

    start_tensorflow(given.device)
    from tfcore.models.loading import load_model
    from tfcore.training.predictions import Left, predict_files

    # A run folder stands for the model in it.
    inside = Path(given.model) / "model.keras"
    model = load_model(str(inside) if inside.is_file() else given.model, trust=given.trust)
    done = left = 0
    with _opened(given.out) as stream, progress_bar(len(paths), "predicted") as advance:
        rows = _Lines(stream) if given.json else _Table(stream, model.classes)
        for found in predict_files(model, paths):
            if isinstance(found, Left):
                left += 1
                print(f"heatlens: {found.sentence}", file=sys.stderr)
                rows.left(found.path, found.sentence)
            else:
                done += 1
                rows.add(found, model.classes)
            advance()
    print(f"heatlens: {done} predicted, {left} left out", file=sys.stderr)
    return 0 if done else 2


@contextmanager
def _opened(out: Path | None) -> Iterator[IO[str]]:
    if out is None:
        yield sys.stdout
        return
    from tfcore.files import written_whole

    stopped = None
    with written_whole(out) as temporary, temporary.open("w", newline="", encoding="utf-8") as stream:
        try:
            yield stream
        except KeyboardInterrupt as interrupt:
            # The rows so far are whole, and may have taken hours.
            stopped = interrupt
    if stopped is not None:
        raise stopped


class _Table:
    """CSV with a column per class."""

    def __init__(self, stream: IO[str], classes: Sequence[str]) -> None:
        self._stream = stream
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow(["path", "predicted", *(f"p_{name}" for name in classes)])

    def add(self, found: Predicted, classes: Sequence[str]) -> None:
        said = classes[int(found.probabilities.argmax())]
        self._writer.writerow([found.path, said, *(f"{value:.6f}" for value in found.probabilities)])
        self._stream.flush()

    def left(self, path: Path, sentence: str) -> None:
        """A table has no row for what it has no numbers for."""


class _Lines:
    """A JSON object per line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def add(self, found: Predicted, classes: Sequence[str]) -> None:
        shares = dict(zip(classes, map(float, found.probabilities), strict=True))
        self._write(
            {"path": str(found.path), "predicted": max(shares, key=shares.__getitem__), "probabilities": shares}
        )

    def left(self, path: Path, sentence: str) -> None:
        self._write({"path": str(path), "error": sentence})

    def _write(self, value: dict[str, Any]) -> None:
        print(json.dumps(value, ensure_ascii=False), file=self._stream, flush=True)
