"""One text names one picture, wherever it lies."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.tfcore.pictures.files import noise, saved
from tfcore.errors import HeatlensError
from tfcore.pictures import Address, find, read, thumbnail
from tfcore.pictures.address import PLANES, parse, stem


def refusal(address: str | Path) -> str:
    with pytest.raises(HeatlensError) as caught:
        list(map(read, find([address])))
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("a/scan.nii.gz", Address(Path("a/scan.nii.gz"))),
        ("scan.nii.gz#axial=57", Address(Path("scan.nii.gz"), 57, "axial")),
        ("scan.nii.gz#coronal=80&t=2", Address(Path("scan.nii.gz"), 80, "coronal", 2)),
        ("scan.nii.gz#t=2", Address(Path("scan.nii.gz"), t=2)),
        ("series-folder#12", Address(Path("series-folder"), 12)),
        ("folder#series=1&12", Address(Path("folder"), 12, series=1)),
        ("a#b.dcm#3", Address(Path("a#b.dcm"), 3)),
        ("what#is this.png", Address(Path("what#is this.png"))),
    ],
)
def test_every_address_is_read_and_written_alike(text: str, address: Address) -> None:
    assert parse(text) == address
    assert str(address) == text
    assert address.path == Path(text)


@given(
    st.text("ab#.= ", min_size=1), st.none() | st.integers(0, 999), st.sampled_from(["", *PLANES]), st.integers(0, 9)
)
def test_what_is_written_is_read_again(name: str, index: int | None, plane: str, t: int) -> None:
    # "." and ".." are there, and what stands behind their "#" must be an address.
    address = Address(Path(f"x{name}.nii"), index, plane if index is not None else "", t if plane else None)
    assert parse(str(address)) == address


def test_a_file_whose_name_has_a_number_sign_opens(tmp_path: Path) -> None:
    for name in ("scan#3", "p#axial=5", "#7"):
        (tmp_path / name).write_bytes(saved(noise(3, 4), "PNG"))
        assert read(tmp_path / name).path == tmp_path / name
    (tmp_path / "scan").write_bytes(saved(noise(5, 6), "PNG"))
    assert read(tmp_path / "scan#3").array.shape == (3, 4)
    assert [path.name for path in find([tmp_path / "scan#3"])] == ["scan#3"]


def test_an_address_that_names_nothing_says_how_to_write_one(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(noise(3, 4), "PNG"))
    assert "'axail=3' names no picture in the file; write it as #12" in refusal(f"{path}#axail=3")
    assert "counted from 0 to 0" in refusal(f"{path}#1")
    assert "has no axial" in refusal(f"{path}#axial=0")
    assert "b.png does not exist" in refusal(tmp_path / "b.png#4")
    with pytest.raises(HeatlensError, match=r"names many pictures \(0:2\), and one is wanted"):
        read(f"{path}#0:2")


def test_pages_of_a_tiff(tmp_path: Path) -> None:
    path = tmp_path / "stack.tif"
    pages = [noise(5, 7 + k, dtype=np.uint16, seed=k) for k in range(3)]
    with tifffile.TiffWriter(path) as writer:
        for page in pages:
            writer.write(page, contiguous=False)
    for number, page in enumerate(pages):
        picture = read(f"{path}#{number}")
        np.testing.assert_array_equal(picture.array, page)
        assert (picture.note, picture.frames) == (f"page {number + 1} of 3", 3)
    assert [one.name for one in find([f"{path}#1:3"])] == ["stack.tif#1", "stack.tif#2"]
    assert [one.name for one in find([f"{path}#::2"])] == ["stack.tif#0", "stack.tif#2"]
    assert "has 3 pages, counted from 0 to 2" in refusal(f"{path}#3")
    assert thumbnail(f"{path}#2").shape == (5, 9, 3)


def test_frames_of_a_gif_are_painted_over_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    frames = [Image.fromarray(np.full((4, 4), level, np.uint8)) for level in (10, 200, 90)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert [int(read(one).array.flat[0]) for one in find([f"{path}#*"])] == [10, 200, 90]
    assert read(f"{path}#2").note == "frame 3 of 3"
    assert "counted from 0 to 2" in refusal(f"{path}#3")


def test_frames_of_a_video(tmp_path: Path) -> None:
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for level in range(0, 200, 20):
        writer.write(np.full((48, 64, 3), level, np.uint8))
    writer.release()
    found = [read(one) for one in find([f"{path}#*"])]
    assert [abs(int(one.array.mean()) - 20 * number) <= 3 for number, one in enumerate(found)] == [True] * 10
    assert (found[7].note, found[7].frames, found[7].path.name) == ("frame 8 of 10", 10, "clip.avi#7")
    assert read(path).note == "frame 1 of 10"
    assert "has 10 frames" in refusal(f"{path}#10")


def test_pictures_of_one_file_get_names_of_their_own() -> None:
    names = ["x/scan.nii.gz", "x/scan.nii.gz#axial=5", "x/scan.nii.gz#axial=5&t=1", "x/scan.dcm#5", "..png"]
    assert [stem(name) for name in names] == ["scan", "scan_axial5", "scan_axial5_t1", "scan_5", "..png"]
