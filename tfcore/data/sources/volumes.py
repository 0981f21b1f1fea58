"""Slices of four-channel brain volumes (BraTS): T1, T1 with contrast, T2, FLAIR, and a mask of the tumour's parts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.sources.folders import entries
from tfcore.errors import HeatlensError
from tfcore.files import why
from tfcore.pictures import Picture
from tfcore.pictures.find import natural
from tfcore.pictures.formats import NIFTI_SUFFIXES
from tfcore.pictures.volumes import volume
from tfcore.pictures.voxels import upright
from tfcore.words import listed, plain

CLASSES = ("background", "necrotic", "oedema", "enhancing")
# Value 4 is the enhancing tumour up to BraTS 2021, 3 since.
MASK_VALUES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 3}
# Endings of the files of one case, in the order of the channels.
_CHANNELS = (("t1", "t1n"), ("t1ce", "t1c", "t1gd"), ("t2", "t2w"), ("flair", "t2f"))
_MASK = ("seg", "label")
# BraTS since 2023 adds the number of the examination to that of the patient.
_EXAMINATION = re.compile(r"^(BraTS-.+-\d{5})-\d{3}$")
# Per cent of the brain's voxels beyond black and white.
_TAIL = 0.5


class _Case(NamedTuple):
    """A case, or with ``odd`` why it is none although it looks like one."""

    path: Path
    mask: Path
    patient: str
    odd: str = ""


def is_brats(root: Path) -> bool:
    """Whether a folder holds cases of four channels, as folders or as 4-D volumes with ``labelsTr`` beside them."""
    return next(_cases(root), None) is not None


def brats(root: Path, least: float = 0.05) -> Dataset:
    """Every axial slice of which at least that share is brain; the case is the patient."""
    if not 0 <= least < 1:
        raise HeatlensError(f"least = {least} is not a share; choose 0 up to below 1.")
    samples: list[Sample] = []
    notes = []
    seen: set[Path] = set()
    for case in sorted(_cases(root), key=lambda case: natural(str(case.path))):
        if case.odd:
            notes.append(f"{case.path} {case.odd}; the case is left out.")
            continue
        # Links lead to the same case again.
        if (real := case.path.resolve()) in seen:
            continue
        seen.add(real)
        try:
            files = _channel_files(case.path)
            first = _volume(files[0])
            _check_channels(case.path, [first] if len(files) == 1 else [first] * len(files))
        except HeatlensError as error:
            notes.append(f"{error} The case is left out.")
            continue
        brain = first if first.ndim == 3 else first[..., 0]
        share = (brain != 0).mean(axis=(0, 1))
        samples += [
            Sample(case.path, patient=case.patient, mask=case.mask, frame=int(z))
            for z in np.flatnonzero(share >= least)
        ]
    if not samples:
        why_not = f" ({notes[0].rstrip('.')})" if notes else ""
        raise HeatlensError(
            f"{root} holds no case with {', '.join(names[0] for names in _CHANNELS)} and seg as readable NIfTI"
            f"{why_not}; check its folders."
        )
    return Dataset(tuple(samples), CLASSES, root, "brats", tuple(notes), MASK_VALUES)


def slice_of(sample: Sample) -> Picture:
    """One slice of all channels, the brain's own grey levels from 0 to 255 in each, as radiologists hang it."""
    assert sample.frame is not None
    files = _channel_files(sample.path)
    channels = _kept(sample.path, tuple(files), tuple(map(_changed, files)))
    levels = np.stack([_level(sample, channel) for channel in channels], axis=-1)
    digest = hashlib.sha256(levels.tobytes()).hexdigest()
    return Picture(levels, sample.path, digest, (0.0, 255.0), f"slice {sample.frame}")


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


class _Channel(NamedTuple):
    voxels: np.ndarray
    low: float
    high: float


def _level(sample: Sample, channel: _Channel) -> np.ndarray:
    if sample.frame is None or sample.frame >= channel.voxels.shape[2]:
        raise HeatlensError(f"{sample.path} has channels with fewer slices than {sample.frame}; correct the case.")
    voxels = upright(channel.voxels[..., sample.frame]).astype(np.float32)
    inside = (np.clip(voxels, channel.low, channel.high) - channel.low) * (255 / (channel.high - channel.low))
    # Around the brain is nothing, and nothing is black.
    return np.where(voxels == 0, 0, inside).astype(np.float32)


@lru_cache(maxsize=2)
def _kept(path: Path, files: tuple[Path, ...], _: tuple[int, ...]) -> tuple[_Channel, ...]:
    """The channels of the last cases; a file that was changed since is read anew."""
    volumes = [_volume(file) for file in files]
    _check_channels(path, volumes)
    if len(volumes) == 1:
        volumes = list(np.moveaxis(volumes[0], -1, 0))
    return tuple(_windowed(volume) for volume in volumes)


def _check_channels(path: Path, volumes: Sequence[np.ndarray]) -> None:
    """Four volumes of three dimensions, or one of four dimensions with as many channels at its end."""
    sizes = {volume.shape for volume in volumes}
    shape = next(iter(sizes))
    if len(volumes) == 1 and len(shape) == 4 and shape[3] == len(_CHANNELS):
        return
    if len(volumes) != len(_CHANNELS) or len(sizes) > 1 or len(shape) != 3:
        raise HeatlensError(
            f"{path} has {len(volumes)} channels of sizes {sorted(sizes)}; four of one size are needed."
        )


def _windowed(voxels: np.ndarray) -> _Channel:
    brain = voxels[voxels != 0]
    if not brain.size:
        return _Channel(voxels, 0, 1)
    low, high = (float(edge) for edge in np.percentile(brain, (_TAIL, 100 - _TAIL)))
    return _Channel(voxels, low, high if high > low else low + 1)


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise HeatlensError(f"{path} was not read: {why(error)}.") from error


def _volume(path: Path) -> np.ndarray:
    """Grey levels of all voxels, finite."""
    array = volume(path).array
    if array.dtype.kind == "f":
        with np.errstate(all="ignore"):
            array = array.astype(np.float32)
        if not np.isfinite(array).all():
            raise HeatlensError(f"{path} holds values that are no numbers, or too large; correct it.")
    return array


def _cases(root: Path) -> Iterator[_Case]:
    images, labels = root / "imagesTr", root / "labelsTr"
    if images.is_dir() and labels.is_dir():
        for file in _listed(images):
            if file.name.endswith(NIFTI_SUFFIXES) and (labels / file.name).is_file():
                yield _Case(file, labels / file.name, file.name.partition(".")[0])
        return
    # Cases lie in the root or one folder deeper (HGG, LGG).
    above = [each for each in _listed(root) if each.is_dir()]
    for folder in (*above, *(deeper for each in above for deeper in _listed(each) if deeper.is_dir())):
        files = [file for file in _listed(folder) if _ending(file)]
        masks = [file for file in files if _ending(file) in _MASK]
        channels = [file for file in files if any(_ending(file) in names for names in _CHANNELS)]
        if masks and len(_channel_files(folder)) == len(_CHANNELS):
            same = _EXAMINATION.match(folder.name)
            odd = ""
            if len(masks) > 1 or len(channels) > len(_CHANNELS):
                odd = f"holds {len(channels)} channels and {len(masks)} masks, so that it is open which belong together"
            elif len(names := {plain(_beginning(file)) for file in files if file in channels + masks} - {""}) > 1:
                odd = f"holds files of several cases ({listed(sorted(names))})"
            yield _Case(folder, masks[0], same[1] if same else folder.name, odd)


def _listed(folder: Path) -> list[Path]:
    """What lies in a folder; nothing where it may not be read, since it may be anything."""
    try:
        return entries(folder)
    except HeatlensError:
        return []


def _channel_files(path: Path) -> list[Path]:
    """One file a channel, or the one file that holds them all."""
    if path.is_file():
        return [path]
    by_ending = {_ending(file): file for file in _listed(path)}
    return [
        next(by_ending[name] for name in names if name in by_ending) for names in _CHANNELS if by_ending.keys() & names
    ]


def _ending(file: Path) -> str:
    name = file.name.lower()
    if not name.endswith(NIFTI_SUFFIXES) or name.startswith("."):
        return ""
    return re.split(r"[_-]", name.partition(".nii")[0])[-1]


def _beginning(file: Path) -> str:
    """What comes before the ending: the same for all files of a case."""
    return file.name.lower().partition(".nii")[0].removesuffix(_ending(file)).rstrip("_-")
