"""``heatlens calibrate``: are a network's probabilities honest, and what makes them so."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._lists import print_json, print_rows
from tfcore.commands._model import add_map_flag, add_model_flags, mapping, opened
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._progress import counted
from tfcore.commands._reading import add_reading_flags, stated_reading
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.files import check_free, make_folder
from tfcore.marks import PROGRAM, version

if TYPE_CHECKING:
    from tfcore.data.dataset import Dataset
    from tfcore.models.card import Card
    from tfcore.models.model import Model


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "calibrate",
        help="compare probabilities with labels; keep a temperature and sets of classes in the model's card",
        description="Answer a data set with labels, tell how far the probabilities are from how often they are right "
        "(reliability diagram, ECE, Brier score, NLL), and learn a temperature that makes them honest and sets of "
        "classes that hold the truth as often as wished. Both go into the model's card, from where predict, explain "
        "and the window take them. Of a network that segments: from which probability on each structure is taken, so "
        "that at most --alpha of it is missed (conformal risk control). Use pictures that the network has not learnt "
        "from.",
    )
    from tfcore.models.belief import SCORES

    parser.add_argument("data", metavar="DATA", nargs="?", help="class folders, a table with labels or a session")
    add_model_flags(parser)
    add_map_flag(parser)
    parser.add_argument("--split", metavar="NAME", help="only this side of the data: train, val or test")
    parser.add_argument("--alpha", type=float, default=0.1, help="the share of sets that may miss (0.1)")
    parser.add_argument("--score", choices=SCORES, default="lac", help="how sets are formed (lac)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write the figures and the reliability diagram there")
    parser.add_argument("--report-only", action="store_true", help="leave the card as it is")
    parser.add_argument(
        "--remove", action="store_true", help="take temperature, sets and what is missed out of the card again"
    )
    parser.add_argument("--force", action="store_true", help="also on pictures that the network has learnt from")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_reading_flags(parser)
    add_overwrite_flag(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look, tell, keep."""
    if given.remove:
        model = opened(given)
        say(f"wrote {model.save_card(model.stating(calibration={}, sets={}, missed={}))}")
        return 0
    if given.data is None:
        raise HeatlensError("calibrate needs DATA: pictures with labels that the network has not learnt from.")
    pairs = mapping(given)
    from tfcore.data import open_data
    from tfcore.report.reliability import FILES, write_calibrated
    from tfcore.trust.calibrate import calibrate, keep

    if given.out is not None:
        files = [given.out / name for name in FILES]
        for file in files:
            check_free(file, given.overwrite)
        Inputs([Path(given.data)]).check(*files)
    data = open_data(given.data, **stated_reading(given))
    model = opened(given)
    if model.card.task == "segmentation":
        return _masks(given, model, data)
    with counted(len(data), "answered") as progress:
        found = calibrate(model, data, given.split, given.alpha, given.score, given.force, pairs, progress)
    for sentence in found.notes:
        say(sentence)
    if given.json:
        print_json(found.as_dict())
    else:
        _print(found.as_dict())
    if given.out is not None:
        say(f"written: {', '.join(map(str, write_calibrated(found, given.out, given.overwrite)))}")
    _keep(given, model, keep(model, found))
    return 0


def _masks(given: argparse.Namespace, model: Model, data: Dataset) -> int:
    """From which probability on each structure is taken, so that no more of it is missed than wished."""
    from tfcore.report.reliability import RECORD
    from tfcore.told import write_json
    from tfcore.trust.calibrate import named
    from tfcore.trust.mask_risk import kept, mask_risks

    if given.map:
        raise HeatlensError(f"--map says what labels of whole pictures mean, and {model.name} segments; leave it out.")
    with counted(len(data), "drawn") as progress:
        found = mask_risks(model, data, given.split, given.alpha, given.force, progress, say)
    rows = [asdict(each) for each in found]
    print_rows([each.row() for each in found], rows if given.json else None)
    few = [each.structure for each in found if not each.threshold]
    if few:
        say(f"no threshold promises that at most {100 * given.alpha:g}% of {', '.join(few)} is missed; use more cases")
    on = named(data, given.split)
    if given.out is not None:
        make_folder(given.out)
        record = {PROGRAM: version(), "model": model.name, "on": on, "alpha": given.alpha, "structures": rows}
        say(f"written: {write_json(given.out / RECORD, record, given.overwrite)}")
    told = kept(model, found, given.alpha, on)
    if told:
        _keep(given, model, model.stating(**told))
    return 0


def _keep(given: argparse.Namespace, model: Model, card: Card) -> None:
    if given.report_only:
        say("the card is as it was")
    elif model.file is None:
        say(f"{model.source or model.name} has no file beside which a card could lie, so nothing is kept")
    else:
        say(f"wrote {model.save_card(card)}")


def _print(found: dict[str, Any]) -> None:
    """Before and after, then class by class."""
    after = found["after"] or {}
    print_rows(
        [
            {
                "figure": name.replace("_", " "),
                "before": f"{value:.4f}",
                "after": f"{after[name]:.4f}" if after else "—",
            }
            for name, value in found["before"].items()
        ]
    )
    if found["calibration"]:
        print(f"\ntemperature {found['calibration']['temperature']:.3f}")
    if found["sets"]:
        sizes = ", ".join(f"{count} of {size}" for size, count in enumerate(found["set sizes"]) if count)
        print(f"sets of {100 * (1 - found['sets']['alpha']):g}%, classes in them: {sizes}")
    print()
    print_rows([_class(row) for row in found["classes"]])


def _class(row: dict[str, Any]) -> dict[str, str]:
    """Its figures as the network answers, and after the temperature where there is one."""
    after, covered = row["after"] or {}, row["coverage"]
    figures = {
        name.replace("_", " "): f"{value:.3f}" + (f" → {after[name]:.3f}" if after else "")
        for name, value in row["before"].items()
        if name != "mce"
    }
    return {
        "class": row["class"],
        "pictures": str(row["pictures"]),
        **figures,
        "in set": "—" if covered is None else f"{covered:.3f}",
    }
