"""``heatlens explain``: any number of pictures, methods and layers, as figure panels, arrays or JSON."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._cohort import add_cohort_flags, answers, check_cohort_flags, passes_of
from tfcore.commands._costs import say_costs
from tfcore.commands._display import add_display_flags, display_of
from tfcore.commands._explained import Results
from tfcore.commands._gathered import GATHERED, add_dicom_flags
from tfcore.commands._model import add_model_flags, together
from tfcore.commands._outputs import Inputs, Outputs, add_overwrite_flag
from tfcore.commands._params import add_param_flags, chosen
from tfcore.commands._pictures import Found, add_picture_argument, searched
from tfcore.commands._progress import progress_bar
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.files import make_folder
from tfcore.registry import Param

if TYPE_CHECKING:
    from tfcore.figure import Display

# Those of every picture by itself, with the ending of its file, and those of all slices of a volume together.
_OF_EACH = {"png": "png", "pdf": "pdf", "svg": "svg", "tiff": "tiff", "npz": "npz", "dicom-sc": "dcm"}
FORMATS = (*_OF_EACH, *GATHERED)
# Passes of a verdict by each of the method's own.
_OF_A_VERDICT = 200


def add(commands: Any) -> None:
    """Describe the command, with the flags of every method from its Spec."""
    parser = commands.add_parser(
        "explain",
        help="explain pictures: figure panels, arrays, JSON",
        description="Explain each picture by each method at each layer; broken pictures are named and left out.",
    )
    add_picture_argument(parser)
    add_model_flags(parser, several=True)
    parser.add_argument("--method", default="grad-cam", help="one or more, with commas (see 'heatlens methods')")
    parser.add_argument(
        "--layer",
        help="layer paths or stages, with commas; also stage3+stage4, aggregate (all stages joined), all (every "
        "feature map by itself) and input; "
        "default: the last feature map, for relevance propagation the input",
    )
    parser.add_argument("--target", help="class name or index; default: the predicted class")
    parser.add_argument(
        "--region",
        help="for networks that answer per pixel, the part of each picture that the target is explained for: "
        "box=x0,y0,x1,y1, ellipse=x0,y0,x1,y1, outline=x0,y0,x1,y1,… or point=x,y in pixels of the picture, mask=FILE "
        "(a picture of its size, above 0 inside), or predicted (where the network says the target)",
    )
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the results")
    parser.add_argument(
        "--format",
        default="png",
        help=f"one or more of {', '.join(FORMATS)}, with commas; nii puts the slices of volumes together again "
        "(scan.nii.gz#axial=*, series-folder#*), planes draws three planes of them; dicom (parametric maps), dicom-seg "
        "(masks) and dicom-sc (panels) refer to the DICOM pictures they are of",
    )
    layouts = "a row for each heatmap, methods down and layers across, or a film strip (--layer all --layout strip)"
    parser.add_argument("--layout", default="rows", choices=("rows", "grid", "strip"), help=f"of figures: {layouts}")
    parser.add_argument("--dpi", type=int, default=300, help="resolution of png and tiff, 30 to 1200")
    parser.add_argument(
        "--heads",
        action="store_true",
        help="attention of every block and head (with --layout strip a line for each block)",
    )
    outlines = "draw the super-pixels that lime, kernel-shap and flip cover over their figures"
    parser.add_argument("--outlines", action="store_true", help=outlines)
    parser.add_argument(
        "--verdict",
        action="store_true",
        help="say whether each map deserves belief: deletion curve, stability, randomised weights, flat or not",
    )
    parser.add_argument("--json", action="store_true", help="print results as one JSON document")
    add_overwrite_flag(parser)
    add_dicom_flags(parser)
    add_display_flags(parser)
    add_cohort_flags(parser)
    add_param_flags(parser, "method")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    methods = chosen(given, {"method": "attention" if given.heads else given.method})
    formats = _formats(given.format)
    display = display_of(given)
    from tfcore.figure.save import DPIS

    Param("dpi", "int", 300, "resolution of png and tiff", *DPIS).parse(given.dpi)
    found = searched(given)
    make_folder(given.out)
    results = Results(given.json)
    files = _planned(found, Outputs(given.out, _endings(formats), given.overwrite), results, "planes" in formats)
    if not files:
        return results.end()

    check_cohort_flags(given)
    from tfcore.explain.files import TOGETHER
    from tfcore.explain.region import Region
    from tfcore.models.layers import layer_names
    from tfcore.pictures.address import file_of
    from tfcore.trust.ensemble import Ensemble

    if given.region is not None:
        Region.of(given.region)
    asked = together(given)
    model = asked.members[0] if isinstance(asked, Ensemble) else asked
    if isinstance(asked, Ensemble) and (given.verdict or given.heads or given.outlines):
        raise HeatlensError("--verdict, --heads and --outlines are of one model; name one.")
    if given.outlines and not any("superpixels" in params for params in methods.values()):
        raise HeatlensError(f"{', '.join(methods)} covers no super-pixels; leave --outlines out, or ask lime.")
    say_costs(model, files, len(files), methods)
    gathers = set(formats) & set(GATHERED)
    arguments = {
        "methods": methods,
        "layers": layer_names(model.program, given.layer, ",") if given.layer else [None],
        "figures": _figures(given, formats, display),
        **{name: getattr(given, name) for name in ("target", "region", "heads", "verdict", "outlines")},
        "below": {str(file_of(one.path)): str(one.below.parent) for one in found} if gathers else {},
    }
    cost: dict[str, Any] = {
        "together": TOGETHER,
        "passes": passes_of(model, methods, len(arguments["layers"])) * (_OF_A_VERDICT if given.verdict else 1),
        "whole": "folder" if {"dicom", "dicom-seg"} & gathers else "file" if gathers else "",
    }
    sources = [(str(path), *map(str, made)) for path, made in files.items()]
    rows = answers(given, "explain_pictures", asked, sources, given.out, False, arguments, **cost)
    try:
        with progress_bar(len(files), "explained") as advance, closing(rows):
            for row in rows:
                results.take(row)
                advance()
    except BaseException as error:
        # What was explained stays explained, whatever ends the run.
        results.close()
        if any((given.out / "parts").glob("begun-*.npz")):
            error.add_note("What the network said to workers is kept; the same command goes on from there.")
        raise
    return results.end()


def _figures(given: argparse.Namespace, formats: Sequence[str], display: Display) -> dict[str, Any]:
    """What the files are, as the job takes it."""
    named = {name: getattr(given, name) for name in ("out", "overwrite", "dpi", "layout", "keep_identity")}
    masks = (given.mask_at, given.mask_kind)
    return {**named, "formats": list(formats), "display": asdict(display), "masks": masks}


def _planned(
    found: Sequence[Found], outputs: Outputs, results: Results, planes: bool = False
) -> dict[Path, list[Path]]:
    """The files of each picture that can be written; the others are named before any work is done."""
    from tfcore.figure.heat_planes import check_slice

    pictures = [one for one in found if not outputs.own_figure(one)]
    if passed_over := len(found) - len(pictures):
        say(f"{passed_over} figures of earlier runs are passed over")
    inputs = Inputs(one.path for one in pictures)
    planned: dict[Path, list[Path]] = {}
    for one in pictures:
        if one.path in planned:
            continue
        try:
            if planes:
                check_slice(one.path)
            files = outputs.of(one)
            inputs.check(*files)
        except HeatlensError as error:
            results.left(one.path, str(error))
        else:
            planned[one.path] = files
    return planned


def _endings(formats: Sequence[str]) -> list[str]:
    """Of the files that are written for a picture; a figure has its record beside it."""
    of_each = [_OF_EACH[one] for one in formats if one in _OF_EACH]
    return [*of_each, *(["json"] if set(of_each) - {"npz"} else [])]


def _formats(text: str) -> list[str]:
    formats = list(dict.fromkeys(one.strip() for one in text.lower().split(",")))
    for one in formats:
        if one not in FORMATS:
            raise HeatlensError(f"--format {one!r} is not one of {', '.join(FORMATS)}.")
    return formats
