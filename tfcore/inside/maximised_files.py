"""Made pictures on disk: the figure, what they came of, and the arrays."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.figure.save import encoded
from tfcore.files import written_together
from tfcore.inside.figures import maximised_figure
from tfcore.marks import MEMBER, PROGRAM, version
from tfcore.results.maximised import Maximised
from tfcore.told import placed, told_json

FIGURE, RECORD, ARRAYS = FILES = ("maximised.png", "maximised.json", "maximised.npz")
_DPI = 300


def record(found: Maximised) -> dict[str, Any]:
    """What was asked, and what was reached."""
    reached = {"activation": found.activations, **found.penalties}
    if found.best_picture is not None:
        reached["best_picture"] = found.best_picture
    return {
        PROGRAM: version(),
        "model": {"source": placed(found.model), "hashes": found.hashes, "weights": found.weights},
        "layer": found.layer or None,
        "params": found.params,
        "note": found.note,
        "seconds": found.seconds,
        "pictures": [
            {"of": name, **{each: float(values[place]) for each, values in reached.items()}}
            for place, name in enumerate(found.names)
        ],
    }


def write(found: Maximised, folder: Path, overwrite: bool = False) -> list[Path]:
    """The files written, all or none."""
    arrays: dict[str, Any] = {MEMBER: version(), "names": found.names, "pictures": found.pictures}
    arrays |= {"levels": found.levels, "activations": found.activations, "course": found.course, **found.penalties}
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **{name: np.asarray(each) for name, each in arrays.items()})
    contents = (
        encoded(maximised_figure(found), ".png", _DPI),
        told_json(record(found), folder).encode(),
        packed.getvalue(),
    )
    paths = [folder / name for name in FILES]
    with written_together(paths, overwrite) as temporaries:
        for temporary, content in zip(temporaries, contents, strict=True):
            temporary.write_bytes(content)
    return paths
