"""The whole that a picture is a slice of: a volume, a series, the frames of a file."""

from __future__ import annotations

from tfcore.errors import HeatlensError
from tfcore.pictures.address import parse
from tfcore.pictures.formats import HEAD, VOLUMES, format_of
from tfcore.pictures.picture import Picture
from tfcore.pictures.source import contents
from tfcore.pictures.spread import Spread, spread
from tfcore.pictures.volumes import volume


def spread_of_whole(picture: Picture) -> Spread:
    """How the values are spread in all of it, so that its slices are made alike; of a picture alone, in itself."""
    alone = picture.frames == 1 or picture.array.ndim == 3
    address = parse(picture.path)
    if address.plane:
        return volume(picture.path).spread(address.t or 0)
    if not alone and address.file.is_dir():
        from tfcore.pictures.dicom import series_spread

        return series_spread(address)
    form = "" if alone else _form(picture)
    if form in VOLUMES:
        return volume(address.file).spread(address.t or 0)
    if form == "dicom":
        from tfcore.pictures.dicom import file_spread

        return file_spread(address.file)
    return spread([picture.array], picture.array.size)


def _form(picture: Picture) -> str:
    try:
        return format_of(contents(picture.file, part=HEAD), picture.file)
    except HeatlensError:
        return ""
