"""Videos as pictures."""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest

from tfcore.data import open_data
from tfcore.data.reading import picture
from tfcore.errors import HeatlensError
from tfcore.pictures import video


def recorded(path: Path, frames: int, start: int = 20) -> Path:
    """A video whose frame k is grey at start + 5 k, with a bright border."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for number in range(frames):
        shown = np.full((48, 64, 3), 255, np.uint8)
        shown[8:40, 16:48] = start + 5 * number
        writer.write(shown)
    writer.release()
    return path


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    recorded(tmp_path / "gbm" / "v1.avi", 9)
    recorded(tmp_path / "gbm" / "v2.avi", 4)
    recorded(tmp_path / "men" / "P7" / "a.avi", 3)
    recorded(tmp_path / "men" / "P7" / "b.avi", 3)
    return tmp_path


def test_every_second_frame_is_a_picture_and_the_file_or_its_folder_the_patient(videos: Path) -> None:
    data = open_data(videos)
    assert data.kind == "videos"
    assert [sample.frame for sample in data if sample.path.name == "v1.avi"] == [0, 2, 4, 6, 8]
    assert data.counts() == {"gbm": 7, "men": 4}
    assert {sample.patient for sample in data} == {"v1", "v2", "P7"}


def test_the_centre_is_cut_out(videos: Path) -> None:
    sample = open_data(videos, every=1, crop=24).samples[3]
    shown = picture(sample)
    assert shown.array.shape == (24, 24, 3)
    assert np.abs(shown.array.astype(int) - 35).max() <= 3
    assert shown.note == "frame 3"
    # A frame smaller than the crop gives its largest central square.
    assert picture(open_data(videos).samples[0]).array.shape == (48, 48, 3)


def test_frames_come_right_in_any_order(videos: Path) -> None:
    data = open_data(videos, every=1, crop=24)
    frames = [sample for sample in data if sample.path.name == "v1.avi"]
    for number in (5, 1, 8, 0, 2):
        assert abs(float(picture(frames[number]).array.mean()) - (20 + 5 * number)) <= 2


def test_a_video_that_cannot_be_decoded_is_said_and_the_rest_goes_on(videos: Path) -> None:
    (videos / "men" / "broken.avi").write_bytes(b"RIFF\0\0\0\0AVI nothing")
    data = open_data(videos)
    assert len(data) == 11
    assert any("broken.avi holds no frames" in note for note in data.notes)


def test_settings_are_checked(videos: Path) -> None:
    with pytest.raises(HeatlensError, match="every = 0 is not a step"):
        open_data(videos, every=0)
    with pytest.raises(HeatlensError, match="crop = 0 is not a size"):
        open_data(videos, crop=0)


# --- videos that lie ---


def lying(path: Path, name: bytes, at: int, value: int) -> None:
    """Another number in the header of an AVI."""
    data = bytearray(path.read_bytes())
    start = data.find(name) + 8 + at
    data[start : start + 4] = struct.pack("<I", value)
    path.write_bytes(data)


@pytest.mark.parametrize("count", [2**31 - 1, 2**32 - 1, 100, 3])
def test_frames_are_those_that_can_be_decoded_whatever_the_header_says(videos: Path, count: int) -> None:
    lying(videos / "gbm" / "v1.avi", b"strh", 32, count)
    lying(videos / "gbm" / "v1.avi", b"avih", 16, count)
    data = open_data(videos, every=1)
    assert sum(sample.path.name == "v1.avi" for sample in data) == (9 if count > 3 else 3)
    assert any(f"promises {count} frames, and 9 can be decoded" in note for note in data.notes) == (count > 3)


def test_a_video_without_pace_is_read(videos: Path) -> None:
    lying(videos / "gbm" / "v1.avi", b"strh", 24, 0)
    lying(videos / "gbm" / "v1.avi", b"avih", 0, 0)
    assert sum(sample.path.name == "v1.avi" for sample in open_data(videos, every=1)) == 9


def test_frames_of_enormous_size_are_not_decoded(videos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "_MOST_PIXELS", 1000)
    with pytest.raises(HeatlensError, match="has no class folder with videos"):
        open_data(videos)
    assert "has frames of 64 × 48 pixels, too many; left out." in video.count(videos / "gbm" / "v1.avi")[1][0]


@pytest.mark.parametrize("text", ["ffconcat version 1.0\nfile v1.avi\n", "#EXTM3U\nv1.avi\n", "nothing", ""])
def test_a_list_of_other_videos_is_no_video(videos: Path, text: str) -> None:
    (videos / "men" / "list.avi").write_text(text)
    data = open_data(videos)
    assert all(sample.path.name != "list.avi" for sample in data)
    assert any("list.avi" in note and "left out" in note for note in data.notes)


def test_a_pattern_of_names_is_a_name(videos: Path) -> None:
    recorded(videos / "men" / "v%02d.avi", 2)
    (videos / "men" / "w%02d.avi").write_bytes(b"RIFF\0\0\0\0AVI nothing")
    recorded(videos / "men" / "w01.avi", 2)
    names = {sample.path.name for sample in open_data(videos)}
    assert "v%02d.avi" in names
    assert "w%02d.avi" not in names


def test_folders_that_lead_in_circles_are_searched_once(videos: Path) -> None:
    for number in range(3):
        (videos / "gbm" / f"loop{number}").symlink_to(videos, target_is_directory=True)
    data = open_data(videos)
    assert data.counts() == {"gbm": 7, "men": 4}
