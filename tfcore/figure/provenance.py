"""Where a figure comes from: everything needed to check it, and the commands that make its maps again."""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import math
import shlex
import tomllib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure import words
from tfcore.figure.alike import LESS
from tfcore.figure.display import Display, scale_of
from tfcore.files import why, written_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.engine.protocol import Heat
    from tfcore.figure.panel import Item
    from tfcore.pictures import Picture

PROGRAM = "heatlens"
_PACKAGES = ("tensorflow", "keras", "numpy", "opencv-python-headless", "pillow", "scikit-image", "matplotlib")


def provenance(items: Sequence[Item], display: Display, **settings: Any) -> dict[str, Any]:
    """What goes into the .json beside a figure; ``settings`` (columns, dpi, …) are recorded as they are."""
    return {
        "program": PROGRAM,
        "version": _version(),
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "packages": _packages(),
        "figure": _plain(settings),
        "display": asdict(display),
        "items": [_item(heat, picture, items, display) for heat, picture in items],
    }


def _item(heat: Heat, picture: Picture, items: Sequence[Item], display: Display) -> dict[str, Any]:
    probabilities = words.class_probabilities(heat)
    predicted = int(probabilities.argmax())
    record = {
        "picture": {
            "path": str(picture.path),
            "sha256": picture.sha256,
            "height": picture.height,
            "width": picture.width,
            "window": picture.window,
            "note": picture.note,
        },
        "model": {"source": heat.model, "hashes": heat.hashes},
        "method": heat.method,
        "made": heat.made,
        "params": heat.params,
        "layer": heat.layer,
        "target": {"index": heat.target, "name": words.class_name(heat, heat.target)},
        "predicted": {"index": predicted, "name": words.class_name(heat, predicted)},
        "classes": heat.classes,
        "probabilities": heat.probabilities,
        "logits": heat.logits,
        "signed": heat.signed,
        "degenerate": heat.degenerate,
        "box": asdict(heat.box),
        "colours": display.for_map(heat.signed).colours,
        "limits": None if heat.degenerate else scale_of(heat, [other for other, _ in items], display.normalise),
        "note": heat.note,
        "seconds": heat.seconds,
        # A difference has the two maps it was made of beside it, each with its own command; what was made of a
        # method's maps says how instead.
        "command": None if heat.made or LESS in heat.method else command(heat),
    }
    plain: dict[str, Any] = _plain(record)
    return plain


def command(heat: Heat) -> str:
    """The command line that computes the map again, ready to paste into a shell."""
    arguments = [PROGRAM, "explain", heat.path, "--model", heat.model, "--method", heat.method]
    if heat.layer:
        arguments += ["--layer", heat.layer]
    arguments += ["--target", str(heat.target)]
    for name, value in heat.params.items():
        if value is not None and name not in ("layer", "target"):
            arguments += [f"--{name.replace('_', '-')}", _flag_value(value)]
    return shlex.join([*arguments, "--out", ".", "--format", "png"])


def _flag_value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return str(value)


def save_with_provenance(
    figure: Figure, path: str | Path, items: Sequence[Item], display: Display, dpi: int = 300, **settings: Any
) -> Path:
    """The path of the figure; its provenance lies beside it as .json. Both are written, or neither."""
    from tfcore.figure.save import check_suffix, encoded

    path = Path(path)
    beside = path.with_suffix(".json")
    suffix = check_suffix(path)
    _check_names(path, beside, items)
    content = encoded(figure, suffix, dpi)
    record = provenance(items, display, file=path.name, dpi=dpi, **settings)
    # File names that are not Unicode become the JSON escapes they are written as in Python.
    text = json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")
    before = beside.read_bytes() if beside.exists() else None
    try:
        with written_whole(path) as temporary:
            temporary.write_bytes(content)
            # Inside, so that the figure takes its name only when the record has taken its own.
            with written_whole(beside) as temporary_record:
                temporary_record.write_bytes(text + b"\n")
    except HeatlensError:
        _put_back(beside, before)
        raise
    return path


def _put_back(path: Path, content: bytes | None) -> None:
    # The first error is the one to be told; where nothing can be written, nothing was changed either.
    with contextlib.suppress(OSError):
        if content is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != content:
            path.write_bytes(content)


def _check_names(path: Path, beside: Path, items: Sequence[Item]) -> None:
    """A figure never takes the place of a picture it shows, nor its record that of somebody else's .json."""
    try:
        if any(path.exists() and picture.path.exists() and path.samefile(picture.path) for _, picture in items):
            raise HeatlensError(f"{path} is the picture itself; choose another name for the figure.")
        ours = not beside.exists() or json.loads(beside.read_bytes()).get("program") == PROGRAM
    except OSError as error:
        raise HeatlensError(f"{path} was not written: {why(error)}.") from error
    except (ValueError, AttributeError):
        ours = False
    if not ours:
        raise HeatlensError(f"{beside} exists and is not the record of a figure; choose another name for the figure.")


def _version() -> str:
    try:
        return importlib.metadata.version(PROGRAM)
    except importlib.metadata.PackageNotFoundError:
        # Run from its folder without having been installed.
        project = Path(__file__).parents[2] / "pyproject.toml"
        version: str = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
        return version


def _packages() -> dict[str, str]:
    versions = {}
    for name in _PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions


def _plain(value: Any) -> Any:
    """The value in JSON's own types; numbers that JSON has no word for become null."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | bool | None) else str(value)
