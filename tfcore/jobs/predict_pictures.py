"""What a network, or several as one, says of each of many pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.figure.masks import save_mask
from tfcore.jobs.part import Row, Source
from tfcore.models.model import Model
from tfcore.pictures.many import Left
from tfcore.results import Mask, Shift, Sureness
from tfcore.training import predictions
from tfcore.training.predictions import Predicted
from tfcore.trust.ensemble import Ensemble

# How far from the training pictures: the percentile among theirs, and what is to be said of it.
SHIFT = ("shift", "unlike")
# Of several models asked as one.
AGREEMENT = ("votes", "sd", "entropy", "mutual_information")


def predict_pictures(
    context: Context, parts: Sequence[Sequence[Source]], models: Mapping[str, Any], overwrite: bool = False
) -> Iterator[Row]:
    """A row for each: of a network that segments what each class covers, with the mask in the file beside its address.

    ``beyond`` is there where a picture is unlike any that the network was trained on.
    """
    asked = context.models.together(**models)
    for some in parts:
        paths = [Path(source[0]) for source in some]
        if (asked if isinstance(asked, Model) else asked.members[0]).card.task != "segmentation":
            for one in _answers(asked, paths):
                yield _left(one) if isinstance(one, Left) else _said(asked, one)
            continue
        for source, found in zip(some, _drawings(asked, paths), strict=True):
            if isinstance(found, Left):
                yield _left(found)
                continue
            mask, agreed = found
            row = _drawn(mask) | agreed
            for row["mask"] in source[1:]:
                save_mask(mask.labels, Path(row["mask"]), overwrite)
            yield row


def _left(one: Left) -> Row:
    return {"path": one.path, "error": one.sentence}


def _answers(asked: Model | Ensemble, paths: Iterable[Path]) -> Iterator[Predicted | Left]:
    if not isinstance(asked, Ensemble):
        yield from predictions.predict_files(asked, paths)
        return
    for path, found in zip(paths, asked.predict_files(paths), strict=True):
        yield found if isinstance(found, Left) else Predicted(path, found.mean, found.shift, found)


def _drawings(asked: Model | Ensemble, paths: Iterable[Path]) -> Iterator[tuple[Mask, Row] | Left]:
    if isinstance(asked, Model):
        for one in predictions.draw_files(asked, paths):
            yield one if isinstance(one, Left) else (one, {})
        return
    for drawn in asked.draw_files(paths):
        if isinstance(drawn, Left):
            yield drawn
            continue
        mask, found = drawn
        assert found.structures is not None
        figures = (found.entropy.mean(), found.mutual_information.mean(), *found.structures.agreement)
        cells = zip(agreement_on(found.structures.names), figures, strict=True)
        yield mask, {name: round(float(value), 6) for name, value in cells}


def agreement_on(structures: Iterable[str]) -> list[str]:
    """The columns of how far several networks agree on what they draw: over all pixels, and by structure."""
    return [*AGREEMENT[2:], *(f"pairwise_dice {name}" for name in structures)]


def _said(asked: Model | Ensemble, found: Predicted) -> Row:
    model = asked if isinstance(asked, Model) else asked.members[0]
    row: Row = {"path": found.path, "predicted": model.classes[int(found.probabilities.argmax())]}
    if asked is model and (members := model.belief(found.probabilities).members):
        row["set"] = "; ".join(model.classes[index] for index in members)
    row |= _shift_cells(found.shift)
    if (agreed := found.agreement) is not None:
        row |= {name: round(float(each), 6) for name, each in zip(AGREEMENT, _figures(agreed), strict=True)}
    return row | {f"p_{name}": float(share) for name, share in zip(model.classes, found.probabilities, strict=True)}


def _figures(agreed: Sureness) -> list[Any]:
    """The share of members with the same answer, its standard deviation, entropy, and what they disagree about."""
    best = agreed.predicted
    return [agreed.votes[best], agreed.variance[best] ** 0.5, agreed.entropy, agreed.mutual_information]


def _drawn(found: Mask) -> Row:
    row: Row = {"path": found.path}
    row |= {f"px {name}": int(count) for name, count in zip(found.classes, found.pixels, strict=True)}
    if found.area is not None:
        row |= {f"mm2 {name}": round(float(area), 3) for name, area in zip(found.classes, found.area, strict=True)}
    return row | _shift_cells(found.shift)


def _shift_cells(shift: Shift | None) -> Row:
    if shift is None:
        return {}
    cells: Row = dict(zip(SHIFT, (round(float(shift.percentile), 2), shift.words), strict=True))
    return cells | ({"beyond": True} if shift.beyond else {})
