"""Where a figure comes from: everything needed to check it, and the commands that make its maps again."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.errors import HeatlensError
from tfcore.figure import words
from tfcore.figure.alike import LESS
from tfcore.figure.answers import predictions
from tfcore.figure.display import Display, nearly_flat, scale_of
from tfcore.files import check_free, not_written, written_as_it_lies, written_from, written_together
from tfcore.marks import PROGRAM, version
from tfcore.plain import json_text, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.figure.panel import Item
    from tfcore.pictures import Picture
    from tfcore.results import Heat

_PACKAGES = ("tensorflow", "keras", "numpy", "opencv-python-headless", "pillow", "scikit-image", "matplotlib")


def provenance(items: Sequence[Item], display: Display, folder: Path | None = None, **settings: Any) -> dict[str, Any]:
    """What goes into the .json beside a figure; ``settings`` (columns, dpi, …) are recorded as they are.

    Files are named as they are found from ``folder``, where the record lies, and the commands run there.
    """
    with written_as_it_lies():
        lines = [_item(heat, picture, items, display, folder) for heat, picture in items]
    return recorded(lines, display, **settings)


def recorded(lines: Sequence[Mapping[str, Any]], display: Display, **settings: Any) -> dict[str, Any]:
    """The same of lines that are at hand."""
    return {
        "program": PROGRAM,
        "version": version(),
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "packages": packages(),
        "figure": plain(settings),
        "display": asdict(display),
        "items": lines,
    }


def line(heat: Heat, folder: Path | None) -> dict[str, Any]:
    """What a heatmap comes from, where nothing is drawn of it."""
    probabilities = words.class_probabilities(heat)
    predicted = int(probabilities.argmax())
    record = {
        "picture": {"path": written_from(folder, heat.path), "sha256": heat.hashes.get("picture", "")},
        "model": {"source": written_from(folder, heat.model), "hashes": heat.hashes, "weights": heat.weights},
        # How its card says that pictures are prepared.
        **({"fed": heat.fed} if heat.fed else {}),
        "method": heat.method,
        "made": with_members(heat.made, lambda model: written_from(folder, model)),
        "params": heat.params,
        "layer": heat.layer,
        "stage": heat.stage or None,
        "target": {"index": heat.target, "name": words.class_name(heat, heat.target)},
        "region": _region(heat.region, folder) or None,
        "batch": {"index": heat.batch[0], "size": heat.batch[1]},
        "beside": heat.beside,
        "predicted": {"index": predicted, "name": words.class_name(heat, predicted)},
        "classes": heat.classes,
        "probabilities": heat.probabilities,
        "passes": _passes(heat, folder),
        "seconds": heat.seconds,
    }
    found: dict[str, Any] = plain(record)
    return found


def _item(heat: Heat, picture: Picture, items: Sequence[Item], display: Display, folder: Path | None) -> dict[str, Any]:
    record = {
        "picture": {
            "path": written_from(folder, picture.path),
            "sha256": picture.sha256,
            "height": picture.height,
            "width": picture.width,
            # Rows and columns of its file, where these are more.
            "full": picture.full,
            "window": tuple(map(float, picture.window)),
            "spacing": picture.spacing,
            "sides": picture.sides or None,
            "note": picture.note,
        },
        # What the logits were divided by for them, and the classes of the set, where the model's card says so.
        **({"belief": asdict(heat.belief)} if heat.belief and heat.belief.words(heat.classes) else {}),
        **({} if heat.shift is None else {"shift": heat.shift.as_dict()}),
        "logits": heat.logits,
        "signed": heat.signed,
        "degenerate": heat.degenerate,
        "nearly_flat": nearly_flat(heat),
        "box": asdict(heat.box),
        "colours": display.for_map(heat.signed, heat.colours).colours,
        "limits": None if heat.degenerate else scale_of(heat, [other for other, _ in items], display),
        "mask": heat.mask and with_members(heat.mask.as_dict(), lambda model: written_from(folder, model)),
        # What was drawn on the picture, in its pixels.
        "regions": [asdict(each) for each in heat.regions],
        "verdict": heat.verdict and heat.verdict.as_dict(),
        "note": heat.note,
        # A difference has the two maps it was made of beside it, each with its own command; what was made of a
        # method's maps says how instead.
        "command": None if heat.made or LESS in heat.method else command(heat, folder),
    }
    found: dict[str, Any] = line(heat, folder) | plain(record)
    return found


def with_members(told: Mapping[str, Any], name: Callable[[str], str]) -> dict[str, Any]:
    """With the models in it called otherwise, where it is of several."""
    return dict(told) | ({"members": list(map(name, told["members"]))} if "members" in told else {})


def _passes(heat: Heat, folder: Path | None) -> dict[str, Any] | None:
    """What stands in the title in place of the single prediction, and what is needed to find it again."""
    if (found := heat.sureness) is None:
        return None
    origin: dict[str, Any] = {"passes": found.passes, "seed": found.seed, "inserted_dropout": found.insert}
    if found.members:
        # Of several models asked as one, where no passes were made.
        origin = {"models": found.members, "members": [written_from(folder, model) for model in found.sources]}
    return {**origin, "says": found.answer, "mean": found.mean, "variance": found.variance}


def command(heat: Heat, folder: Path | None = None) -> str:
    """The command line that computes the map again, ready to paste into a shell (in ``folder``)."""
    path, model = written_from(folder, heat.path), written_from(folder, heat.model)
    arguments = [PROGRAM, "explain", path, "--model", model, "--method", heat.method]
    if heat.layer:
        arguments += ["--layer", heat.layer]
    arguments += ["--target", str(heat.target)]
    arguments += ["--region", _region(heat.region, folder)] if heat.region else []
    for name, value in heat.params.items():
        if value is not None and name not in ("layer", "target"):
            arguments += [f"--{name.replace('_', '-')}", _flag_value(value)]
    return shlex.join([*arguments, "--out", ".", "--format", "png"])


def _region(text: str, folder: Path | None) -> str:
    """A region whose file is named as it is found from the folder."""
    kind, _, file = text.partition("=")
    return f"{kind}={written_from(folder, file)}" if kind == "mask" else text


def _flag_value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return str(value)


def save_with_provenance(
    figures: Sequence[Figure],
    path: str | Path,
    items: Sequence[Item],
    display: Display,
    dpi: int = 300,
    also: Sequence[str | Path] = (),
    overwrite: bool = False,
    keep_identity: bool = False,
    **settings: Any,
) -> Path:
    """The path of the figure; its provenance lies beside it as .json. All are written, or nothing.

    ``also`` names further files of the same figure, or an .npz of its maps; the one record names them all. A figure of
    several pages is one PDF, or a numbered file for each page.
    """
    path = Path(path)
    asked, beside = [path, *map(Path, also)], path.with_suffix(".json")
    planned = [one for file in asked for one in _of_pages(file, figures)]
    paths = [file for file, _ in planned]
    check_names([*asked, *paths], items, overwrite)
    names = {"file": path.name, "files": [one.name for one in paths]}
    names |= {"asked": [one.name for one in asked]} if len(figures) > 1 else {}
    settings |= {"keep_identity": True} if keep_identity else {}
    record = provenance(items, display, path.parent, **names, dpi=dpi, **settings)
    recipe = json_text(recipe_of(record))
    contents = [_content(pages, one, items, dpi, keep_identity, recipe) for one, pages in planned]
    contents.append(f"{json_text(record, indent=2)}\n".encode())
    # A table is known by its heading.
    tables = [content for file, content in zip(paths, contents, strict=False) if file.suffix.lower() == ".csv"]
    headings = [table.partition(b"\n")[0] for table in tables[:1]]
    with written_together([*paths, beside], overwrite, *headings) as temporaries:
        for temporary, content in zip(temporaries, contents, strict=True):
            temporary.write_bytes(content)
    return paths[0]


def _of_pages(file: Path, pages: Sequence[Figure]) -> list[tuple[Path, Sequence[Figure]]]:
    """The files of that name, and the pages in each."""
    if len(pages) == 1 or file.suffix.lower() in (".pdf", ".npz", ".csv"):
        return [(file, pages)]
    return [(file.with_name(f"{file.stem}-{number}{file.suffix}"), [page]) for number, page in enumerate(pages, 1)]


def recipe_of(record: dict[str, Any]) -> dict[str, Any]:
    """What a figure carries itself of its record: all but the day, and the places where files lay, so that the same
    figure has the same bytes on another day and elsewhere.
    """

    def bare(name: str) -> str:
        return name.replace("\\", "/").rpartition("/")[2]

    items = []
    for item in record["items"]:
        picture = item["picture"] | {"path": bare(item["picture"]["path"])}
        model = item["model"] | {"source": bare(item["model"]["source"])}
        kept = {name: value for name, value in item.items() if name not in ("seconds", "command")}
        if (region := item.get("region")) and region.startswith("mask="):
            kept["region"] = f"mask={bare(region)}"
        kept |= {name: with_members(item[name], bare) for name in ("made", "passes", "mask") if item.get(name)}
        items.append(kept | {"picture": picture, "model": model})
    return {name: value for name, value in record.items() if name != "date"} | {"items": items}


def _content(
    pages: Sequence[Figure], path: Path, items: Sequence[Item], dpi: int, keep_identity: bool, recipe: str
) -> bytes:
    from tfcore.figure.arrays import SUFFIX, packed
    from tfcore.figure.save import check_suffix, encoded

    if path.suffix.lower() == SUFFIX:
        return packed(items, path.parent, recipe)
    if path.suffix.lower() == ".csv":
        return predictions([heat for heat, _ in items], path.parent)
    if path.suffix.lower() == ".dcm":
        from tfcore.figure.dicom import secondary_capture

        return secondary_capture(pages[0], items, dpi, keep_identity, recipe)
    return encoded(pages[0], check_suffix(path), dpi, recipe, pages[1:])


def check_names(paths: Sequence[Path], items: Sequence[Item], overwrite: bool = False) -> None:
    """A figure never takes the place of a picture it shows, nor its record that of somebody else's .json."""
    for path in paths:
        try:
            if any(path.exists() and picture.file.exists() and path.samefile(picture.file) for _, picture in items):
                raise HeatlensError(f"{path} is the picture itself; choose another name for the figure.")
        except OSError as error:
            raise not_written(path, error) from error
    beside = paths[0].with_suffix(".json")
    try:
        check_free(beside, overwrite)
    except HeatlensError as error:
        # Unlike Path.is_file, it answers for names that are too long as well.
        if not os.path.isfile(beside):  # noqa: PTH113
            raise
        raise HeatlensError(
            f"{beside} exists and is not the record of a figure; choose another name for the figure."
        ) from error


@cache
def packages() -> dict[str, str]:
    # Imported late: reading packages' metadata takes a while to get ready for.
    from importlib.metadata import PackageNotFoundError, version

    versions = {}
    for name in _PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions
