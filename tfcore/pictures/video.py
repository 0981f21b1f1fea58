"""Frames of videos, decoded by OpenCV when they are asked for; cheapest read forwards."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import sha256, why
from tfcore.lazy import cv2
from tfcore.pictures.address import Address, checked, words
from tfcore.pictures.kept import Kept
from tfcore.pictures.picture import Picture

# Open videos per thread; and how far decoding on is cheaper than jumping.
_OPEN = 4
_NEAR = 32
# Of a frame; decoded it takes three bytes each.
_MOST_PIXELS = 1 << 26


def read(address: Address, path: Path) -> Picture:
    """The frame at the address."""
    (frames, said), digest = _kept.get(address.file, lambda file: (count(file), _hash(file)))
    if not frames:
        raise HeatlensError(said[0].replace("; left out.", "; save it as MP4 or AVI."))
    number = checked(address.index or 0, frames, path, "frames")
    array = np.ascontiguousarray(frame(address.file, number)[..., ::-1])
    return Picture(array, path, digest, (0.0, 255.0), words("frame", number, frames), frames)


def frame(path: Path, number: int) -> np.ndarray:
    """Frame ``number`` as blue, green and red."""
    return _open(path).frame(number)


def frames(path: Path) -> int:
    """How many there are; 0 where none can be decoded."""
    return _kept.get(path, lambda file: (count(file), _hash(file)))[0][0]


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


def count(path: Path) -> tuple[int, list[str]]:
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


def _hash(path: Path) -> str:
    try:
        return sha256(path)
    except OSError as error:
        raise HeatlensError(f"{path} was not read: {why(error)}.") from error


_kept: Kept[tuple[tuple[int, list[str]], str]] = Kept(1000, lambda _: 1)
