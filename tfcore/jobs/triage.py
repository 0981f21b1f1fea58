"""Which of the listed pictures to look at first, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.open import open_data
from tfcore.data.sources.lookup import real_path
from tfcore.engine.remaining import Remaining
from tfcore.errors import HeatlensError
from tfcore.evaluate.triage import KINDS
from tfcore.evaluate.triage import triage as triaged
from tfcore.results import Triaged
from tfcore.trust.failure import risks

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def triage(
    context: Context,
    pictures: Sequence[str],
    models: Sequence[tuple[str, bool]],
    methods: Sequence[str],
    layer: str | None = None,
    params: Mapping[str, Mapping[str, Any]] | None = None,
    labels: Mapping[str, str] | None = None,
    folders: Sequence[str] = (),
) -> Triaged:
    """What is remarkable about these pictures; ``labels`` say what they show, by picture.

    ``folders`` were opened: where one is a data set, what is marked in its pictures is known, and labels that are not
    given. ``models`` are sources, each with whether it is trusted.
    """
    left = Remaining(context)
    opened = {source: context.models.get(source, trust) for source, trust in models}
    data = _listed(pictures, labels or {}, folders)
    found = triaged(
        opened,
        data,
        methods,
        layer,
        params,
        progress=lambda done, total: left.tick(done, total, f"{done} of {total} pictures"),
    )
    cases = {
        kind: {
            case.picture: max(reason.weight for reason in case.reasons if reason.kind == kind)
            for case in found.of(kind)
        }
        for kind in KINDS
    }
    remarks = {case.picture: "; ".join(reason.words for reason in case.reasons) for case in found.cases if case.reasons}
    return Triaged(
        {kind: case for kind, case in cases.items() if case},
        KINDS,
        remarks,
        {case.picture: case.failure for case in found.cases},
        {case.picture: case.row()["signals"] for case in found.cases},
        risks(found.cases),
        found.unread,
        found.notes,
    )


def _listed(pictures: Sequence[str], labels: Mapping[str, str], folders: Sequence[str]) -> Dataset:
    """The pictures as a data set, with what their folders know about them."""
    known: dict[str | None, Sample] = {}
    values = None
    for folder in folders:
        try:
            there = open_data(folder)
        except HeatlensError:
            # Pictures of no data set have no masks.
            continue
        known |= {real_path(sample.path): sample for sample in there if sample.frame is None}
        values = values or there.mask_values
    samples = []
    for picture in pictures:
        path = Path(picture)
        sample = replace(known.get(real_path(path), Sample(path)), path=path)
        samples.append(replace(sample, label=labels.get(picture, sample.label)))
    classes = dict.fromkeys(sample.label for sample in samples if sample.label is not None)
    return Dataset(tuple(samples), tuple(classes), Path(folders[0]) if folders else Path(), "pictures", (), values)
