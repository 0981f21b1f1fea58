"""Videos as pictures: every n-th frame, decoded when it is asked for."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.sources.folders import entries, subfolders
from tfcore.data.sources.stored import is_file
from tfcore.errors import HeatlensError
from tfcore.lazy import cv2
from tfcore.pictures import Picture
from tfcore.pictures.find import natural

SUFFIXES = (".avi", ".mp4", ".m4v", ".mov", ".mkv", ".mpg", ".mpeg", ".wmv", ".webm")
# Open videos per thread; and how far decoding on is cheaper than jumping.
_OPEN = 4
_NEAR = 32
# Of a frame; decoded it takes three bytes each.
_MOST_PIXELS = 1 << 26


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
            frames, said = _count(path)
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
        self._capture = _capture(path)
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


def _count(path: Path) -> tuple[int, list[str]]:
    """Frames of a video that can be decoded, and what is to be said about them."""
    nothing = 0, [f"{path} holds no frames that can be decoded; left out."]
    if _is_text(path):
        return 0, [f"{path} is a text, perhaps a list of other videos, and no video; left out."]
    capture = _capture(path)
    if not capture.isOpened():
        return nothing
    width, height = (capture.get(side) for side in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
    if width * height > _MOST_PIXELS:
        return 0, [f"{path} has frames of {width:.0f} × {height:.0f} pixels, too many; left out."]
    stated = capture.get(cv2.CAP_PROP_FRAME_COUNT)
    # Every frame takes a byte or more; a count that the last frame bears out is believed, any other is made anew.
    most = path.stat().st_size
    if 0 < stated <= most and _ends_at(capture, stated):
        return int(stated), []
    capture = _capture(path)
    frames = 0
    while frames < most and capture.grab():
        frames += 1
    if not frames:
        return nothing
    doubtful = stated > 0 and stated != frames
    return frames, [f"{path} promises {stated:.0f} frames, and {frames} can be decoded; these are used."] * doubtful


def _ends_at(capture: cv2.VideoCapture, count: float) -> bool:
    """Whether the last of so many frames is where it should be."""
    jumped = capture.set(cv2.CAP_PROP_POS_FRAMES, count - 1) and capture.grab()
    return bool(jumped and capture.get(cv2.CAP_PROP_POS_FRAMES) == count)


def _capture(path: Path) -> cv2.VideoCapture:
    # One backend and a whole path: others take some names for patterns of names, or for addresses.
    try:
        return cv2.VideoCapture(str(path.absolute()), cv2.CAP_FFMPEG)
    except (cv2.error, TypeError, UnicodeError):
        return cv2.VideoCapture()


def _is_text(path: Path) -> bool:
    """Whether it begins like a text; a playlist would show the frames of other files, perhaps of other patients."""
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError:
        return False
    return head[:3] != b"RIF" and all(sign in b"\t\n\r" or 32 <= sign < 127 for sign in head)


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
