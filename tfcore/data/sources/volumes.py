"""Slices of four-channel brain volumes (BraTS): T1, T1 with contrast, T2, FLAIR, and a mask of the tumour's parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.sources.folders import entries
from tfcore.errors import HeatlensError
from tfcore.pictures import Picture, case, channels
from tfcore.pictures.address import Address, stem
from tfcore.pictures.find import natural
from tfcore.pictures.formats import VOLUME_SUFFIXES
from tfcore.pictures.volumes import volume
from tfcore.pictures.voxels import upright
from tfcore.words import listed, plain

# What the values of a mask are, by the kind of tumour; which it is cannot be told from the values. Of adult glioma 4 is
# the enhancing tumour up to BraTS 2021, 3 since.
LABELS: dict[str, tuple[tuple[str, ...], dict[int, int]]] = {
    "brats": (("background", "necrotic", "oedema", "enhancing"), {0: 0, 1: 1, 2: 2, 3: 3, 4: 3}),
    "brats-ped": (
        ("background", "enhancing", "non-enhancing", "cyst", "oedema"),
        {0: 0, 1: 1, 2: 2, 3: 3, 4: 4},
    ),
}
# The nested regions that are judged, by the values of a mask (METHODS.md §6).
REGIONS: dict[str, dict[str, tuple[int, ...]]] = {
    "brats": {"WT": (1, 2, 3, 4), "TC": (1, 3, 4), "ET": (3, 4)},
    "brats-ped": {"WT": (1, 2, 3, 4), "TC": (1, 2, 3), "ET": (1,)},
}
# BraTS since 2023 adds the number of the examination to that of the patient.
_EXAMINATION = re.compile(r"^(BraTS-.+-\d{5})-\d{3}$")


_LACKS = "lacks "


class _Case(NamedTuple):
    """A case, or with ``odd`` why it is none although it looks like one."""

    path: Path
    mask: Path
    patient: str
    odd: str = ""


def is_brats(root: Path) -> bool:
    """Whether a folder holds cases of four channels, as folders or as 4-D volumes with ``labelsTr`` beside them."""
    # One channel with labels is a volume like any other.
    return any(not one.odd.startswith(_LACKS) for one in _cases(root))


def brats(root: Path, least: float = 0.05, labels: str = "brats") -> Dataset:
    """Every axial slice of which at least that share is brain; the case is the patient. ``labels`` names the masks'."""
    if labels not in LABELS:
        raise HeatlensError(f"labels = {labels!r} is not known; choose {' or '.join(LABELS)}.")
    if not 0 <= least < 1:
        raise HeatlensError(f"least = {least} is not a share; choose 0 up to below 1.")
    samples: list[Sample] = []
    notes = []
    seen: set[Path] = set()
    for one in sorted(_cases(root), key=lambda one: natural(str(one.path))):
        if one.odd:
            notes.append(f"{one.path} {one.odd}; the case is left out.")
            continue
        # Links lead to the same case again.
        if (real := one.path.resolve()) in seen:
            continue
        seen.add(real)
        try:
            files = channels.files_of(one.path)
            first = _volume(files[0])
            case.check_channels(one.path, [first] if len(files) == 1 else [first] * len(files))
            channels.check_places(one.path, {part.name: channels.place_of(part) for part in (*files, one.mask)})
        except HeatlensError as error:
            notes.append(f"{error} The case is left out.")
            continue
        brain = first if first.ndim == 3 else first[..., 0]
        share = (brain != 0).mean(axis=(0, 1))
        samples += [
            Sample(one.path, patient=one.patient, mask=one.mask, frame=int(z)) for z in np.flatnonzero(share >= least)
        ]
    if not samples:
        why_not = f" ({notes[0].rstrip('.')})" if notes else ""
        raise HeatlensError(
            f"{root} holds no case with {', '.join(names[0] for names in channels.CHANNELS)} and seg as readable NIfTI"
            f"{why_not}; check its folders."
        )
    classes, values = LABELS[labels]
    return Dataset(tuple(samples), classes, root, "brats", tuple(notes), values)


def mask_beside(folder: Path) -> Path | None:
    """The true mask among the files of a case."""
    return next((part for part in channels.parts_of(folder) if channels.ending(part) in channels.MASK), None)


def slice_of(sample: Sample) -> Picture:
    """One slice of all channels, as radiologists hang it."""
    address = Address(sample.path, sample.frame, "axial")
    return case.read(address, address.path)


def depth_of(sample: Sample) -> int:
    """How many slices the sample's volume has."""
    return case.opened(sample.path).counts["axial"]


def spacing_of(sample: Sample) -> tuple[float, float, float]:
    """Millimetres between the voxels of the sample's volume, to the right, to the front and to the head."""
    return case.opened(sample.path).spacing


def mask_slice(sample: Sample) -> np.ndarray:
    """The mask's values in one slice, turned as the picture is."""
    assert sample.mask is not None
    assert sample.frame is not None
    volume = _volume(sample.mask)
    if volume.ndim != 3:
        raise HeatlensError(f"{sample.mask} has {volume.ndim} dimensions; a mask has 3.")
    if sample.frame >= volume.shape[2]:
        raise HeatlensError(f"{sample.mask} has {volume.shape[2]} slices and {sample.path} more; correct the case.")
    return np.rint(upright(volume[..., sample.frame])).astype(np.int32)


def _volume(path: Path) -> np.ndarray:
    return case.voxels(volume(path))


def _cases(root: Path) -> Iterator[_Case]:
    images, labels = root / "imagesTr", root / "labelsTr"
    if images.is_dir() and labels.is_dir():
        for file in _listed(images):
            if file.name.endswith(VOLUME_SUFFIXES) and (labels / file.name).is_file():
                yield _Case(file, labels / file.name, file.name.partition(".")[0])
        return
    # Cases lie in the root or one folder deeper (HGG, LGG); a root without folders may be a case itself.
    above = [] if channels.is_case(root) else [each for each in _listed(root) if each.is_dir()]
    for folder in (*(above or [root]), *(deeper for each in above for deeper in _listed(each) if deeper.is_dir())):
        parts = channels.parts_of(folder)
        masks = [part for part in parts if channels.ending(part) in channels.MASK]
        every = [part for part in parts if any(channels.ending(part) in names for names in channels.CHANNELS)]
        lacking = channels.lacking(folder, parts)
        if masks and lacking:
            yield _Case(folder, masks[0], folder.name, _LACKS + ", ".join(lacking))
        elif masks and every:
            same = _EXAMINATION.match(folder.name)
            odd = ""
            if len(masks) > 1 or len(every) > len(channels.CHANNELS):
                odd = f"holds {len(every)} channels and {len(masks)} masks, so that it is open which belong together"
            elif len(names := {plain(_beginning(part)) for part in every + masks} - {""}) > 1:
                odd = f"holds files of several cases ({listed(sorted(names))})"
            yield _Case(folder, masks[0], same[1] if same else folder.name, odd)


def _listed(folder: Path) -> list[Path]:
    """What lies in a folder; nothing where it may not be read, since it may be anything."""
    try:
        return entries(folder)
    except HeatlensError:
        return []


def _beginning(file: Path) -> str:
    """What comes before the ending: the same for all files of a case."""
    return stem(file).lower().removesuffix(channels.ending(file)).rstrip("_- ")
