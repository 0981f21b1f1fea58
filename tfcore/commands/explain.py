"""``heatlens explain``: any number of pictures, methods and layers, as figure panels, arrays or JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._lists import plain
from tfcore.commands._params import add_param_flags, chosen
from tfcore.commands._progress import progress_bar
from tfcore.errors import HeatlensError
from tfcore.files import why

if TYPE_CHECKING:
    from tfcore.explain.files import Explained, Left

FORMATS = ("png", "pdf", "svg", "tiff", "npz")


def add(commands: Any) -> None:
    """Describe the command, with the flags of every method from its Spec."""
    parser = commands.add_parser(
        "explain",
        help="explain pictures: figure panels, arrays, JSON",
        description="Explain each picture by each method at each layer; broken pictures are named and left out.",
    )
    parser.add_argument("pictures", nargs="+", metavar="IMAGE|FOLDER", help="pictures, or folders with pictures below")
    parser.add_argument("--model", required=True, help="demo, zoo:NAME or a model file")
    parser.add_argument("--method", default="grad-cam", help="one or more, with commas (see 'heatlens methods')")
    parser.add_argument(
        "--layer",
        help="layer paths or stages, with commas; also stage3+stage4, aggregate (all stages joined) and input; "
        "default: the last feature map, for relevance propagation the input",
    )
    parser.add_argument("--target", help="class name or index; default: the predicted class")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the results")
    parser.add_argument("--format", default="png", help=f"one or more of {', '.join(FORMATS)}, with commas")
    parser.add_argument("--dpi", type=int, default=300, help="resolution of png and tiff")
    parser.add_argument("--colours", default="viridis", help="viridis, magma, inferno, cividis, grey, diverging")
    parser.add_argument("--opacity", type=float, default=0.5, help="of the heat on the picture, 0 to 1")
    parser.add_argument("--device", help="cpu, gpu:0 …")
    parser.add_argument("--trust", action="store_true", help="let the model file run the code it carries")
    parser.add_argument("--json", action="store_true", help="print results as one JSON document")
    add_param_flags(parser, "method")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Explain, write, and count."""
    methods = chosen(given, "method", given.method)
    formats = _formats(given.format)
    display = _display(given)
    paths = _pictures(given.pictures)
    _make_folder(given.out)

    from tfcore.engine.device import start_tensorflow

    start_tensorflow(given.device)
    from tfcore.explain.files import Explained, explain_files
    from tfcore.models.layers import layer_names
    from tfcore.models.loading import load_model

    model = load_model(given.model, trust=given.trust)
    if model.card.guessed:
        print(f"heatlens: {given.model} states no {', '.join(model.card.guessed)}; guessed", file=sys.stderr)
    layers = layer_names(model.program, given.layer, ",") if given.layer else [None]
    results = _Results(given.json)
    names = _Names(given.out, given.pictures)
    with progress_bar(len(paths), "explained") as advance:
        for found in explain_files(model, paths, list(methods), layers, given.target, methods):
            if isinstance(found, Explained):
                files = _write(found, names.for_picture(found.path), formats, display, given.dpi)
                results.explained(found, files)
            else:
                results.left(found)
            advance()
    return results.end()


def _formats(text: str) -> list[str]:
    formats = text.lower().split(",")
    for one in formats:
        if one not in FORMATS:
            raise HeatlensError(f"--format {one!r} is not one of {', '.join(FORMATS)}.")
    return formats


def _display(given: argparse.Namespace) -> Any:
    from tfcore.figure.display import COLOURS, Display

    if given.colours not in COLOURS:
        raise HeatlensError(f"--colours {given.colours!r} is not one of {', '.join(COLOURS)}.")
    if not 0 <= given.opacity <= 1:
        raise HeatlensError(f"--opacity {given.opacity} is not a number from 0 to 1.")
    return Display(colours=given.colours, opacity=given.opacity)


def _pictures(asked: list[str]) -> list[Path]:
    from tfcore.pictures import find

    paths = list(find(asked))
    if not paths:
        raise HeatlensError(f"There are no pictures in {', '.join(asked)}; check the folder.")
    return paths


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HeatlensError(f"--out {out} cannot be made: {why(error)}.") from error


def _write(found: Explained, base: Path, formats: list[str], display: Any, dpi: int) -> list[Path]:
    from tfcore.figure import export
    from tfcore.figure.arrays import save_arrays

    items = [(heat, found.picture) for heat in found.heats]
    files = []
    for ending in formats:
        path = base.with_name(f"{base.name}.{ending}")
        if ending == "npz":
            save_arrays(items, path)
        else:
            export(items, path, display, dpi)
        files.append(path)
    return files


class _Names:
    """Output names: folders keep their structure, equal names of different pictures get a number."""

    def __init__(self, out: Path, asked: list[str]) -> None:
        self._out = out
        self._folders = [Path(one) for one in asked if Path(one).is_dir()]
        self._taken: set[Path] = set()

    def for_picture(self, path: Path) -> Path:
        root = next((folder for folder in self._folders if path.is_relative_to(folder)), path.parent)
        base = self._out / path.relative_to(root).with_suffix("")
        name, number = base, 2
        while name in self._taken:
            name, number = base.with_name(f"{base.name}-{number}"), number + 1
        self._taken.add(name)
        return name


class _Results:
    """One JSON document written piece by piece, or a line per picture; a count of both sorts at the end."""

    def __init__(self, as_json: bool) -> None:
        self._json = as_json
        self._done = 0
        self._left = 0
        if as_json:
            print('{"pictures": [', end="")

    def explained(self, found: Explained, files: list[Path]) -> None:
        from tfcore.explain.completeness import warning

        self._done += 1
        for heat in found.heats:
            if said := warning(heat.params, heat.facts):
                print(f"heatlens: {found.path.name}, {heat.method}: {said}", file=sys.stderr)
        if not self._json:
            for file in files:
                print(file)
            return
        self._piece({"path": str(found.path), "files": [str(file) for file in files], "heats": list(_heats(found))})

    def left(self, left: Left) -> None:
        self._left += 1
        print(f"heatlens: {left.sentence}", file=sys.stderr)
        if self._json:
            self._piece({"path": str(left.path), "error": left.sentence})

    def _piece(self, value: dict[str, Any]) -> None:
        print("" if self._done + self._left == 1 else ",", flush=True)
        print(json.dumps(value, ensure_ascii=False, default=plain), end="")

    def end(self) -> int:
        if self._json:
            print(f'\n], "explained": {self._done}, "left_out": {self._left}}}')
        print(f"heatlens: {self._done} explained, {self._left} left out", file=sys.stderr)
        return 0 if self._done else 2


def _heats(found: Explained) -> Iterator[dict[str, Any]]:
    for heat in found.heats:
        yield {
            "method": heat.method,
            "layer": heat.layer,
            "params": heat.params,
            "prediction": heat.classes[int(heat.probabilities.argmax())],
            "probabilities": dict(zip(heat.classes, map(float, heat.probabilities), strict=True)),
            "target": heat.classes[heat.target],
            "degenerate": heat.degenerate,
            "seconds": heat.seconds,
            "facts": heat.facts,
        }
