"""The raw maps behind a figure, for whoever wants to compute with them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure.inside import RECIPE
from tfcore.files import written_from, written_whole
from tfcore.marks import MEMBER, version

if TYPE_CHECKING:
    from tfcore.figure.panel import Item


SUFFIX = ".npz"


def save_arrays(items: Sequence[Item], path: str | Path, overwrite: bool = False) -> Path:
    """The path of a compressed .npz with every map as computed, before any normalisation.

    ``map_0``, ``native_0``, ``probabilities_0``, ``logits_0``, ``classes_0`` and ``box_0`` (x, y, width, height in
    picture pixels) belong to the first item, and so on; ``paths``, ``models``, ``weights``, ``methods``, ``layers``,
    ``targets``, ``regions``, ``signed``, ``degenerate`` and ``notes`` have one entry per item; ``heatlens`` is the
    version. Nothing in it needs pickle.
    """
    path = Path(path)
    if path.suffix.lower() != SUFFIX:
        raise HeatlensError(f"{path} is not an array file; let its name end in {SUFFIX}.")
    content = packed(items, path.parent)
    with written_whole(path, overwrite) as temporary:
        temporary.write_bytes(content)
    return path


def packed(items: Sequence[Item], folder: Path, recipe: str = "") -> bytes:
    """The bytes of the file that lies in the folder, and says by which ``recipe`` it was made."""
    heats = [heat for heat, _ in items]
    arrays: dict[str, np.ndarray] = {
        # First, where the mark of an .npz is looked for.
        MEMBER: np.array(version()),
        "paths": np.array([written_from(folder, picture.path) for _, picture in items], dtype=str),
        "models": np.array([written_from(folder, heat.model) for heat in heats], dtype=str),
        "weights": np.array([heat.weights for heat in heats], dtype=str),
        "methods": np.array([heat.method for heat in heats], dtype=str),
        "layers": np.array([heat.layer for heat in heats], dtype=str),
        "targets": np.array([heat.target for heat in heats], dtype=int),
        "regions": np.array([heat.region for heat in heats], dtype=str),
        "signed": np.array([heat.signed for heat in heats], dtype=bool),
        "degenerate": np.array([heat.degenerate for heat in heats], dtype=bool),
        # That a map is an estimate, among others.
        "notes": np.array([heat.note for heat in heats], dtype=str),
    }
    for number, heat in enumerate(heats):
        arrays[f"map_{number}"] = heat.map
        arrays[f"native_{number}"] = heat.native
        arrays[f"probabilities_{number}"] = np.asarray(heat.probabilities)
        arrays[f"logits_{number}"] = np.asarray(heat.logits)
        arrays[f"classes_{number}"] = np.array(heat.classes, dtype=str)
        arrays[f"box_{number}"] = np.array(astuple(heat.box), dtype=float)
    if recipe:
        arrays[RECIPE] = np.array(recipe)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            # A date that says nothing: the same bytes for the same maps.
            about = zipfile.ZipInfo(f"{name}.npy")
            about.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(about, "w") as member:
                # Maps are fractions that never come again: only runs of one value are looked for, which takes a third
                # of the time for a tenth more of room.
                member._compressor = zlib.compressobj(1, zlib.DEFLATED, -15, 8, zlib.Z_RLE)  # type: ignore[attr-defined]
                np.lib.format.write_array(member, np.asanyarray(array), allow_pickle=False)
    return stream.getvalue()
