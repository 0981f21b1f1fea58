"""Videos as pictures: every n-th frame, decoded when it is asked for."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.sources.folders import entries, subfolders
from tfcore.errors import HeatlensError
from tfcore.lazy import LazyModule
from tfcore.pictures import Picture
from tfcore.pictures.find import natural

if TYPE_CHECKING:
    import cv2
else:
    cv2 = LazyModule("cv2")

SUFFIXES = (".avi", ".mp4", ".m4v", ".mov", ".mkv", ".mpg", ".mpeg", ".wmv", ".webm")
# Open videos per thread; and how far decoding on is cheaper than jumping.
_OPEN = 4
_NEAR = 32


def is_video(path: Path) -> bool:
    """Whether the name promises a video."""
    return path.name.lower().endswith(SUFFIXES)


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
            frames = _count(path)
            if not frames:
                notes.append(f"{path} holds no frames that can be decoded; left out.")
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
    colours = _open(sample.path).frame(sample.frame)
    if sample.crop is not None:
        height, width = colours.shape[:2]
        side = min(sample.crop, height, width)
        top, left = (height - side) // 2, (width - side) // 2
        colours = colours[top : top + side, left : left + side]
    array = np.ascontiguousarray(colours[..., ::-1])
    digest = hashlib.sha256(array.tobytes()).hexdigest()
    return Picture(array, sample.path, digest, (0.0, 255.0), f"frame {sample.frame}")


class _Video:
    """A video that is cheapest to read forwards."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._capture = cv2.VideoCapture(str(path))
        self._next = 0

    def frame(self, number: int) -> np.ndarray:
        if not self._next <= number <= self._next + _NEAR:
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, number)
            self._next = number
        while self._next < number and self._capture.grab():
            self._next += 1
        read, colours = self._capture.read()
        self._next += 1
        if not read:
            raise HeatlensError(f"{self._path} breaks off at frame {number}; copy it again from its source.")
        return np.asarray(colours)


_threads = threading.local()


def _open(path: Path) -> _Video:
    videos: OrderedDict[Path, _Video] = _threads.__dict__.setdefault("videos", OrderedDict())
    if path not in videos:
        videos[path] = _Video(path)
        while len(videos) > _OPEN:
            videos.popitem(last=False)
    videos.move_to_end(path)
    return videos[path]


def _count(path: Path) -> int:
    """Frames of a video, 0 where it cannot be decoded."""
    capture = cv2.VideoCapture(str(path))
    stated = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
    if stated > 0:
        return stated if capture.grab() else 0
    # Some files do not say; then they are counted.
    frames = 0
    while capture.grab():
        frames += 1
    return frames


def _below(folder: Path) -> list[Path]:
    found = []
    for each in entries(folder):
        if each.is_dir():
            found += _below(each)
        elif is_video(each):
            found.append(each)
    return found
