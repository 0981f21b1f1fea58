"""Videos as pictures: every n-th frame, decoded when it is asked for."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.sources.folders import entries, subfolders
from tfcore.data.sources.stored import is_file
from tfcore.errors import HeatlensError
from tfcore.pictures import Picture, video
from tfcore.pictures.find import natural
from tfcore.pictures.formats import VIDEO_SUFFIXES


def is_video(path: Path) -> bool:
    return path.name.lower().endswith(VIDEO_SUFFIXES)


def videos(root: Path, every: int = 2, crop: int | None = 230) -> Dataset:
    """``class/video`` (the video is the patient) or ``class/patient/video``: every n-th frame, its centre cut out."""
    if every < 1:
        raise HeatlensError(f"every = {every} is not a step; choose 1 or more.")
    if crop is not None and crop < 1:
        raise HeatlensError(f"crop = {crop} is not a size; choose 1 or more pixels.")
    samples: list[Sample] = []
    classes, notes = [], []
    for folder in subfolders(root):
        found = sorted(_below(folder), key=lambda path: natural(str(path)))
        usable = 0
        for path in found:
            frames, said = video.count(path)
            notes += said
            if not frames:
                continue
            parts = path.relative_to(folder).parts
            patient = parts[0] if len(parts) > 1 else path.stem
            samples += [Sample(path, folder.name, patient, frame=k, crop=crop) for k in range(0, frames, every)]
            usable += 1
        if usable:
            classes.append(folder.name)
    if not samples:
        raise HeatlensError(f"{root} has no class folder with videos that can be decoded; save them as MP4 or AVI.")
    return Dataset(tuple(samples), tuple(classes), root, "videos", tuple(notes))


def frame_of(sample: Sample) -> Picture:
    """One frame, its centre cut out."""
    assert sample.frame is not None
    colours = video.frame(sample.path, sample.frame)
    if sample.crop is not None:
        height, width = colours.shape[:2]
        side = min(sample.crop, height, width)
        top, left = (height - side) // 2, (width - side) // 2
        colours = colours[top : top + side, left : left + side]
    array = np.ascontiguousarray(colours[..., ::-1])
    digest = hashlib.sha256(array.tobytes()).hexdigest()
    return Picture(array, sample.path, digest, (0.0, 255.0), f"frame {sample.frame}")


def _below(folder: Path, above: frozenset[tuple[int, int]] = frozenset()) -> list[Path]:
    state = folder.stat()
    here = (state.st_dev, state.st_ino)
    # A link to a folder above would lead round in circles.
    if here in above:
        return []
    found = []
    for each in entries(folder):
        if each.is_dir():
            found += _below(each, above | {here})
        elif is_video(each) and is_file(each):
            found.append(each)
    return found
