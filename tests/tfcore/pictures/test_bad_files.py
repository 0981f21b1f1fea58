from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared import shared
from tests.tfcore.pictures.dicoms import monochrome
from tests.tfcore.pictures.files import deep_png, noise, saved, tiff
from tfcore.errors import HeatlensError
from tfcore.pictures import read
from tfcore.pictures.read import decode


def refusal(path: Path, data: bytes | None = None) -> str:
    """The sentence with which the file is refused."""
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(HeatlensError) as caught:
        read(path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def blank_png(width: int, height: int) -> bytes:
    """A PNG of zeros of any size, small on disk."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "no.png")


def test_a_folder_says_so(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(noise(4, 4), "PNG"))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The system's own refusal cannot be had as the administrator.
    monkeypatch.setattr("tfcore.pictures.source._at_once", refuse)
    assert "may not be read; ask for permission" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a Unix thing")
def test_devices_and_pipes_are_refused_without_waiting_for_them(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "device or a pipe" in refusal(tmp_path / "pipe.png")
    assert "device or a pipe" in refusal(Path("/dev/zero"))


def test_a_file_of_many_gigabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    with path.open("wb") as stream:
        # A sparse file: it takes no room on the disk.
        stream.truncate(3 * 1024**3)
    assert "has 3 GB; at most 2 GB are opened" in refusal(path)


def test_a_name_that_no_file_can_have_says_so() -> None:
    with pytest.raises(HeatlensError, match="not a name a file can have"):
        read("a\0.png")


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    assert "is empty (0 bytes)" in refusal(tmp_path / "a.png", b"")


def test_a_text_renamed_to_png_says_so(tmp_path: Path) -> None:
    assert "holds text" in refusal(tmp_path / "a.png", "Befund: unauffällig\n".encode())
    assert "holds text" in refusal(tmp_path / "a.bmp", b"BMI of all patients, and more text than a header has")


def test_a_git_lfs_pointer_says_how_to_fetch_the_picture(tmp_path: Path) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    assert "run `git lfs pull`" in refusal(tmp_path / "a.png", pointer)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 " + bytes(50), "a WebP picture"),
        ("a.png", b"\x01\x02\x80\xff" * 20, "not a picture of a known format"),
    ],
)
def test_formats_that_are_not_opened_say_which_are(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    sentence = refusal(tmp_path / name, data)
    assert says in sentence
    assert "opens PNG, JPEG, TIFF, BMP, GIF, DICOM, NIfTI, NRRD, MetaImage and videos" in sentence


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.dcm", bytes(128) + b"DICM" + bytes(50), "holds no picture that can be recognised"),
        ("b.dcm", bytes(200), "holds no picture that can be recognised"),
        ("a.nii.gz", b"\x1f\x8b\x08" + bytes(50), "is damaged or cut short"),
        ("a.mp4", b"\0\0\0\x18ftypisom" + bytes(50), "holds no frames that can be decoded"),
        ("a.avi", b"RIFF\x10\0\0\0AVI LIST" + bytes(50), "holds no frames that can be decoded"),
    ],
)
def test_volumes_and_videos_of_which_nothing_is_left_say_so(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    assert says in refusal(tmp_path / name, data)


def test_a_huge_picture_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    # Nothing of it could be decoded: only the size of its header is there.
    sentence = refusal(tmp_path / "a.png", blank_png(20_000, 20_000))
    assert "20,000 × 20,000 pixels" in sentence
    assert "100 megapixels" in sentence
    gif = bytearray(saved(noise(4, 4), "GIF"))
    gif[6:10] = struct.pack("<HH", 20_000, 20_000)
    assert "20,000 × 20,000" in refusal(tmp_path / "a.gif", bytes(gif))
    bmp = bytearray(saved(noise(4, 4), "BMP"))
    bmp[18:26] = struct.pack("<ii", 20_000, 20_000)
    assert "20,000 × 20,000" in refusal(tmp_path / "a.bmp", bytes(bmp))
    jpeg = saved(noise(8, 8), "JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg = jpeg[:at] + struct.pack(">HH", 20_000, 20_000) + jpeg[at + 4 :]
    assert "20,000 × 20,000" in refusal(tmp_path / "a.jpg", jpeg)


def test_a_size_between_two_libraries_limits_warns_nobody(tmp_path: Path) -> None:
    # Allowed here, so only its missing pixels are wrong with it.
    assert "damaged or cut short" in refusal(tmp_path / "a.png", blank_png(9_900, 10_000))


def test_a_huge_tiff_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    data = tiff(noise(4, 4))
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        places = [file.pages.first.tags[name].valueoffset for name in ("ImageWidth", "ImageLength")]
    for at in places:
        data = data[:at] + struct.pack("<I", 20_000) + data[at + 4 :]
    assert "20,000 × 20,000" in refusal(tmp_path / "a.tif", data)


WHOLE = {
    "png": saved(noise(64, 64, 3), "PNG"),
    "deep": deep_png(noise(64, 64, 3, dtype=np.uint16)),
    "jpeg": saved(noise(64, 64, 3), "JPEG"),
    "progressive": saved(noise(64, 64, 3), "JPEG", progressive=True),
    "bmp": saved(noise(64, 64, 3), "BMP"),
    "gif": saved(noise(64, 64), "GIF"),
}


@pytest.mark.parametrize("form", WHOLE)
@given(kept=st.floats(0, 0.98))
@settings(deadline=None, derandomize=True, max_examples=40)
def test_a_truncated_file_is_never_half_a_picture(form: str, kept: float) -> None:
    data = WHOLE[form]
    with pytest.raises(HeatlensError, match=r"a\.png"):
        decode(data[: int(len(data) * kept)], Path("a.png"))


@pytest.mark.parametrize("form", ["png", "deep", "jpeg", "progressive", "gif"])
def test_a_file_filled_up_with_zeros_is_never_half_a_picture(form: str) -> None:
    data = WHOLE[form]
    half = len(data) // 2
    with pytest.raises(HeatlensError, match=r"a\.png is (damaged or )?cut short"):
        decode(data[:half] + bytes(len(data) - half), Path("a.png"))


def test_bytes_after_the_end_of_a_jpeg_do_no_harm() -> None:
    # Telephones append short films.
    whole, _ = decode(WHOLE["jpeg"], Path("a.jpg"))
    more, _ = decode(WHOLE["jpeg"] + b"film \xff\xda" * 9, Path("a.jpg"))
    np.testing.assert_array_equal(more, whole)


@given(data=st.binary(max_size=200), start=st.sampled_from(sorted(WHOLE)), kept=st.integers(0, 120))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_rubbish_gives_a_sentence_or_a_picture(data: bytes, start: str, kept: int) -> None:
    try:
        array, _ = decode(WHOLE[start][:kept] + data, Path("a.png"))
    except HeatlensError as error:
        assert "a.png" in str(error)  # noqa: PT017
    else:
        assert array.ndim in (2, 3)


def test_a_dicom_file_that_also_looks_like_a_tiff_is_one(tmp_path: Path) -> None:
    data = bytearray(monochrome(noise(4, 6, dtype=np.uint16)))
    data[:4] = b"II*\0"
    path = tmp_path / "a"
    path.write_bytes(data)
    np.testing.assert_array_equal(read(path).array, noise(4, 6, dtype=np.uint16))


def test_every_real_medical_file_opens_or_is_refused_by_name() -> None:
    refused = {}
    for path in [*shared("data", "dicom").glob("*.dcm"), *shared("data", "nifti").glob("*.nii*")]:
        try:
            assert read(path).display().std() > 0
        except HeatlensError:
            refused[path.name] = refusal(path)
    assert set(refused) == {"MR_truncated.dcm", "no_meta.dcm", "rtstruct.dcm"}
    assert "damaged or missing pixels" in refused["MR_truncated.dcm"]
    assert "is a DICOM RT Structure Set, which holds no picture" in refused["rtstruct.dcm"]
