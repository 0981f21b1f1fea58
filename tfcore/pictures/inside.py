"""How many pictures a file holds, and the addresses of those that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.pictures import case
from tfcore.pictures.address import PLANES, Address, chosen, parts, written
from tfcore.pictures.channels import is_case
from tfcore.pictures.formats import HEAD, format_of
from tfcore.pictures.source import contents
from tfcore.pictures.volumes import volume


def extent(
    file: Path, series: int | None = None, planes: bool = False, tell: Callable[[int, int], None] = lambda *_: None
) -> dict[str, int]:
    """How many there are by the names in an address: planes and ``t`` of a volume, else frames without a name; of DICOM
    the planes where these are asked for. Sorting very many DICOM files, it is told how many are, and of how many.
    """
    if file.is_dir() and is_case(file):
        return case.opened(file).counts
    if planes:
        return volume(Address(file, series=series).path).counts
    if file.is_dir():
        from tfcore.pictures import dicom

        return {"": dicom.folder_count(Address(file, series=series), tell)}
    match format_of(contents(file, part=HEAD), file):
        case "nifti" | "nrrd" | "metaimage":
            return volume(file).counts
        case "dicom":
            from tfcore.pictures import dicom

            return {"": dicom.count(file)}
        case "video":
            from tfcore.pictures import video

            return {"": video.frames(file)}
        case _:
            from tfcore.pictures.read import read

            return {"": read(file).frames}


def expanded(path: str | Path, tell: Callable[[int, int], None] = lambda *_: None) -> Iterator[Path]:
    """The addresses that one with ranges stands for, in their order; any other is itself.

    >>> list(expanded("scan.nii.gz#axial=0:2"))                                            # doctest: +SKIP
    [Path('scan.nii.gz#axial=0'), Path('scan.nii.gz#axial=1')]
    """
    file, places = parts(path)
    if all(place.isdigit() for place in places.values()):
        yield Path(path)
        return
    if not places.get("series", "0").isdigit():
        raise HeatlensError(f"{path} names many series; name one, as #series=0&*.")
    planes = bool(places.keys() & set(PLANES))
    counts = extent(file, int(places["series"]) if "series" in places else None, planes, tell)
    fixed = {name: place for name, place in places.items() if name == "series"}
    asked = {name: place for name, place in places.items() if name != "series"}
    if odd := asked.keys() - counts.keys():
        there = " or ".join(f"#{name}=0" if name else "#0" for name in counts)
        raise HeatlensError(f"{path}: its file has no {odd.pop() or 'plain number'}; write {there}.")
    ranges = [chosen(place, counts[name], path, _WORDS.get(name, "slices")) for name, place in asked.items()]
    for numbers in product(*ranges):
        yield Path(written(file, fixed | dict(zip(asked, map(str, numbers), strict=True))))


_WORDS = {"": "pictures", "t": "volumes in time"}
