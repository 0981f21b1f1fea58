"""What the files of a run or of an evaluation say, and nothing else."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tfcore.dropped import SESSION_ENDING, models_of
from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.report.methods.session import Worked, worked


@dataclass(frozen=True)
class Known:
    """Facts by file; empty where there is none."""

    folder: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    report: Mapping[str, Any] = field(default_factory=dict)
    card: Mapping[str, Any] = field(default_factory=dict)
    # By side of the split how many patients, of an evaluation by an empty name; empty where the data name none.
    patients: Mapping[str, int] = field(default_factory=dict)
    # By class how many pictures there are, whichever side they lie on.
    labels: Mapping[str, int] = field(default_factory=dict)
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    # Of an evaluation by model: how many labelled pictures it names right, of how many.
    right: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    session: Worked | None = None

    @property
    def versions(self) -> Mapping[str, str]:
        """Of the programs that trained the network."""
        found: Mapping[str, str] = self.card.get("provenance", {}).get("training", {}).get("versions", {})
        return found


def known(folder: str | Path) -> Known:
    """Of a run folder (of a cross-validation too), the folder of an evaluation, or a session."""
    folder = Path(folder)
    if folder.suffix.lower() == SESSION_ENDING:
        return Known(folder, session=worked(folder))
    if (folder / "evaluation.json").is_file():
        return _evaluated(folder)
    if not (folder / "report.json").is_file():
        raise HeatlensError(
            f"{folder} holds no finished training and no evaluation; name the folder that one of them has written, or "
            "a session of the window."
        )
    one = Path(models_of(folder)[0]).parent
    card, report, rows = Card.load(one / "model.keras"), _json(folder / "report.json"), _rows(one / "split.csv")
    if one != folder:
        # What holds for all folds, or seeds, stands in the report of each; every picture is on some side.
        of_one = _json(one / "report.json")
        report = {**{name: of_one[name] for name in ("parameters", "chosen by") if name in of_one}, **report}
        rows = [{**row, "split": ""} for row in rows]
    return Known(
        folder,
        _json(folder / "settings.json"),
        report,
        {} if card is None else card.as_dict(),
        _patients(rows),
        _labels(rows),
    )


def _evaluated(folder: Path) -> Known:
    by_model: dict[str, list[dict[str, str]]] = {}
    for row in _rows(folder / "predictions.csv"):
        by_model.setdefault(row["model"], []).append(row)
    right = {}
    for model, rows in by_model.items():
        if labelled := [row["label"] == row["predicted"] for row in rows if row["label"]]:
            right[model] = sum(labelled), len(labelled)
    # The pictures are the same for all models.
    own = next(iter(by_model.values()), [])
    facts = _json(folder / "evaluation.json")
    return Known(folder, patients=_patients(own), labels=_labels(own), evaluation=facts, right=right)


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise HeatlensError(f"{path} cannot be read; the report is made from it.") from error
    if not isinstance(found, dict):
        raise HeatlensError(f"{path} holds something else than the facts of a run.")
    return found


def _patients(rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    pairs = {(row.get("split", ""), row.get("patient", "")) for row in rows}
    return dict(Counter(side for side, patient in pairs if patient))


def _labels(rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    return dict(sorted(Counter(label for row in rows if (label := row.get("label"))).items()))


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
