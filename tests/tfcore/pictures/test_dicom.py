"""DICOM: what a radiologist would see, and one sentence for what cannot be seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
from pydicom import uid
from pydicom.pixels.decoders.base import Decoder

from tests.shared import shared
from tests.tfcore.pictures.dicoms import MARKER, dataset, item, monochrome, packed, written
from tests.tfcore.pictures.files import noise, saved
from tfcore.errors import HeatlensError
from tfcore.pictures import Picture, find, read


def opened(folder: Path, data: bytes, place: str = "") -> Picture:
    path = folder / "slice"
    path.write_bytes(data)
    return read(f"{path}{place}")


def refusal(folder: Path, data: bytes, place: str = "") -> str:
    with pytest.raises(HeatlensError) as caught:
        opened(folder, data, place)
    sentence = str(caught.value)
    assert str(folder / "slice") in sentence
    assert MARKER not in sentence
    assert "\n" not in sentence
    return sentence


def reference(name: str) -> Any:
    return np.load(shared("oracles", name))


def picks(array: np.ndarray, like: np.ndarray) -> np.ndarray:
    """The reference holds 32 × 32 values of larger pictures."""
    if array.shape == like.shape:
        return array
    height, width = array.shape[:2]
    return array[np.arange(32) * height // 32][:, np.arange(32) * width // 32]


def test_every_frame_agrees_with_the_reference_in_values_levels_and_spacing() -> None:
    arrays = reference("medical.npz")
    seen = 0
    for key in arrays.files:
        name, _, rest = key.partition("/")
        if not name.endswith(".dcm") or not rest.endswith("values"):
            continue
        folder = shared("oracles", "medical")
        path = folder / name if (folder / name).exists() else shared("data", "dicom", name)
        number = rest.partition("/")[0]
        picture = read(f"{path}#{number}")
        seen += 1
        assert picture.frames == arrays[f"{name}/frames"]
        np.testing.assert_array_equal(picks(picture.array, arrays[key]), arrays[key], err_msg=key)
        if f"{name}/{number}/levels" in arrays:
            np.testing.assert_allclose(picture.levels(), arrays[f"{name}/{number}/levels"], atol=1e-2)
            np.testing.assert_array_equal(picture.display()[..., 0], np.rint(picture.levels()))
        if f"{name}/{number}/mean_sd" in arrays:
            found = picture.array.astype(np.float64)
            np.testing.assert_allclose([found.mean(), found.std()], arrays[f"{name}/{number}/mean_sd"], rtol=1e-9)
        if f"{name}/{number}/spacing" in arrays:
            assert picture.spacing == pytest.approx(tuple(arrays[f"{name}/{number}/spacing"]))
    assert seen == 21


@pytest.mark.parametrize(
    ("function", "black", "white"), [("LINEAR", -160.5, 238.5), ("LINEAR_EXACT", -160, 240), (None, -160.5, 238.5)]
)
def test_hounsfield_units_through_the_window(tmp_path: Path, function: str | None, black: float, white: float) -> None:
    stored = np.array([[0, 863, 864, 1063, 1064, 1264, 3000]], np.int16)
    tags = {"WindowCenter": [40, 500], "WindowWidth": [400, 2000], "RescaleIntercept": -1024, "RescaleSlope": 1}
    tags |= {"VOILUTFunction": function} if function else {}
    picture = opened(tmp_path, monochrome(stored, PixelSpacing=[0.7, 0.5], **tags))
    assert picture.unit == "HU"
    assert picture.spacing == (0.7, 0.5)
    assert picture.array.tolist() == [[-1024, -161, -160, 39, 40, 240, 1976]]
    # The standard's own formula.
    width = 400 - (function != "LINEAR_EXACT")
    centre = 40 - 0.5 * (function != "LINEAR_EXACT")
    expected = np.clip(((picture.array - centre) / width + 0.5) * 255, 0, 255)
    np.testing.assert_allclose(picture.levels(), expected, atol=1e-3)
    assert [picture.window] == [pytest.approx((black + 0.5 * (width == 399), white + 0.5 * (width == 399)))]


def test_monochrome1_is_inverted_last(tmp_path: Path) -> None:
    stored = np.array([[0, 50, 100]], np.uint8)
    tags = {"PhotometricInterpretation": "MONOCHROME1", "WindowCenter": 50.5, "WindowWidth": 101}
    picture = opened(tmp_path, monochrome(stored, **tags))
    assert picture.array.tolist() == [[0, 50, 100]]
    np.testing.assert_allclose(picture.levels(), [[255, 127.5, 0]], atol=1e-3)


def test_the_frames_own_groups_come_before_the_shared_ones(tmp_path: Path) -> None:
    own = [
        item(PixelValueTransformationSequence=[item(RescaleSlope=slope, RescaleIntercept=0, RescaleType="US")])
        for slope in (1, 0.5)
    ]
    shared_group = item(
        PixelMeasuresSequence=[item(PixelSpacing=[2, 3])],
        FrameVOILUTSequence=[item(WindowCenter=5.5, WindowWidth=10, VOILUTFunction="LINEAR")],
    )
    data = monochrome(
        np.full((2, 3, 4), 7, np.uint16),
        NumberOfFrames=2,
        PixelSpacing=[9, 9],
        PerFrameFunctionalGroupsSequence=own,
        SharedFunctionalGroupsSequence=[shared_group],
    )
    first, second = opened(tmp_path, data), opened(tmp_path, data, "#1")
    assert (first.frames, first.note, second.note) == (2, "frame 1 of 2", "frame 2 of 2")
    assert (first.array[0, 0], second.array[0, 0]) == (7, 3.5)
    assert second.spacing == (2, 3)
    assert second.unit == ""
    assert second.window == (0.5, 9.5)
    assert "counted from 0 to 1" in refusal(tmp_path, data, "#2")


def smooth(kind: Any) -> np.ndarray:
    return (np.add.outer(np.arange(32), np.arange(40)) * (3 if kind == np.uint8 else 50)).astype(kind)


@pytest.mark.parametrize(
    ("syntax", "kind", "encode", "off"),
    [
        (uid.JPEGBaseline8Bit, np.uint8, lambda a: imagecodecs.jpeg8_encode(a, level=98), 6),
        (uid.JPEGExtended12Bit, np.uint16, lambda a: imagecodecs.jpeg8_encode(a, 98, bitspersample=12), 40),
        (uid.JPEG2000, np.uint16, lambda a: imagecodecs.jpeg2k_encode(a, reversible=True, level=0), 0),
    ],
)
def test_compressed_pixels_come_back(tmp_path: Path, syntax: str, kind: Any, encode: Any, off: int) -> None:
    frames = [smooth(kind), smooth(kind)[::-1].copy()]
    tags = {"BitsStored": 12, "HighBit": 11} if kind == np.uint16 else {}
    data = written(packed(dataset(np.stack(frames), NumberOfFrames=2, **tags), syntax, *map(encode, frames)))
    for number, frame in enumerate(frames):
        picture = opened(tmp_path, data, f"#{number}")
        assert picture.array.dtype == kind
        assert np.abs(picture.array.astype(int) - frame).max() <= off


@pytest.mark.parametrize("how", ["big endian", "deflated", "implicit", "RLE"])
def test_other_ways_of_writing_the_same(tmp_path: Path, how: str) -> None:
    stored = noise(5, 7, dtype=np.uint16).astype(np.int16)
    data = dataset(stored, RescaleSlope=2, RescaleIntercept=-3)
    if how == "big endian":
        data.file_meta.TransferSyntaxUID = uid.ExplicitVRBigEndian
        data.PixelData = stored.byteswap().tobytes()
    elif how == "RLE":
        data.compress(uid.RLELossless, generate_instance_uid=False)
    else:
        ways = {"deflated": uid.DeflatedExplicitVRLittleEndian, "implicit": uid.ImplicitVRLittleEndian}
        data.file_meta.TransferSyntaxUID = ways[how]
    data["PixelData"].VR = "OB" if how == "RLE" else "OW"
    np.testing.assert_array_equal(opened(tmp_path, written(data)).array, stored.astype(int) * 2 - 3)


@pytest.mark.parametrize("bits", [12, 16])
@pytest.mark.parametrize("syntax", [uid.JPEGLosslessSV1, uid.JPEGLSLossless, uid.JPEG2000Lossless, uid.HTJ2KLossless])
def test_compressed_values_keep_their_sign(tmp_path: Path, bits: int, syntax: str) -> None:
    stored = ((np.add.outer(np.arange(32), np.arange(40)) - 35) * 25).astype(np.int16)
    bare = stored.view(np.uint16) & np.uint16(2**bits - 1)
    pack = {
        uid.JPEGLosslessSV1: lambda: imagecodecs.jpeg8_encode(bare, lossless=True, bitspersample=bits),
        uid.JPEGLSLossless: lambda: imagecodecs.jpegls_encode(bare),
        uid.JPEG2000Lossless: lambda: imagecodecs.jpeg2k_encode(
            stored, level=0, reversible=True, codecformat="j2k", bitspersample=bits
        ),
        uid.HTJ2KLossless: lambda: imagecodecs.htj2k_encode(stored, reversible=True),
    }[syntax]()
    data = dataset(stored, BitsStored=bits, HighBit=bits - 1)
    np.testing.assert_array_equal(opened(tmp_path, written(packed(data, syntax, pack))).array, stored)


@pytest.mark.parametrize("kind", ["YBR_FULL_422", "RGB", "lossless", "RCT", "LS", "planes"])
def test_colours_come_back_however_they_are_stored(tmp_path: Path, kind: str) -> None:
    y, x = np.mgrid[:32, :40]
    colours = np.stack([x * 6, y * 7, (x + y) * 3], axis=-1).astype(np.uint8)
    data = dataset(colours)
    codecs = imagecodecs
    if kind == "planes":
        data.PlanarConfiguration, data.PixelData = 1, np.ascontiguousarray(np.moveaxis(colours, 2, 0)).tobytes()
    elif kind == "YBR_FULL_422":
        data.PhotometricInterpretation = kind
        packed(data, uid.JPEGBaseline8Bit, codecs.jpeg8_encode(colours, 95))
    elif kind == "RGB":
        frame = codecs.jpeg8_encode(colours, 95, colorspace="RGB", outcolorspace="RGB")
        packed(data, uid.JPEGBaseline8Bit, frame)
    elif kind == "lossless":
        packed(data, uid.JPEGLosslessSV1, codecs.jpeg8_encode(colours, lossless=True))
    elif kind == "RCT":
        data.PhotometricInterpretation = "YBR_RCT"
        packed(data, uid.JPEG2000Lossless, codecs.jpeg2k_encode(colours, level=0, reversible=True, codecformat="j2k"))
    else:
        packed(data, uid.JPEGLSLossless, codecs.jpegls_encode(colours))
    off = 8 if kind in ("YBR_FULL_422", "RGB") else 0
    assert np.abs(opened(tmp_path, written(data)).array.astype(int) - colours).max() <= off


def test_frames_read_at_once_are_those_read_one_by_one(tmp_path: Path) -> None:
    stored = noise(12, 16, 20, dtype=np.uint16)
    data = dataset(stored, NumberOfFrames=12, RescaleSlope=0.5, RescaleIntercept=3)
    data.compress(uid.RLELossless, generate_instance_uid=False)
    path = tmp_path / "cine"
    path.write_bytes(written(data))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read, list(find([f"{path}#*"])) * 3))
    for number, picture in enumerate(found):
        np.testing.assert_array_equal(picture.array, stored[number % 12] * 0.5 + 3)


def test_colours_and_palettes(tmp_path: Path) -> None:
    colours = noise(4, 6, 3)
    np.testing.assert_array_equal(opened(tmp_path, monochrome(colours)).array, colours)
    tables: dict[str, Any] = {"PhotometricInterpretation": "PALETTE COLOR"}
    for number, name in enumerate(("Red", "Green", "Blue")):
        tables[f"{name}PaletteColorLookupTableDescriptor"] = [3, 0, 16]
        tables[f"{name}PaletteColorLookupTableData"] = (np.array([0, 10, 20], "<u2") * 256 + number).tobytes()
    shown = opened(tmp_path, monochrome(np.array([[0, 1, 2]], np.uint8), **tables))
    assert shown.array.tolist() == [[[0] * 3, [10] * 3, [20] * 3]]


def test_a_deflated_file_unpacks_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = dataset(np.zeros((600, 800), np.uint16))
    data.file_meta.TransferSyntaxUID = uid.DeflatedExplicitVRLittleEndian
    monkeypatch.setattr("tfcore.pictures.dicom.header.MOST_BYTES", 500_000)
    assert "unpacks to more than 0.48 MB" in refusal(tmp_path, written(data))


def test_a_jpeg_frame_of_another_size_than_its_file_says_is_not_unpacked(tmp_path: Path) -> None:
    frame = imagecodecs.jpeg8_encode(noise(64, 64))
    data = written(packed(dataset(noise(8, 8)), uid.JPEGBaseline8Bit, frame))
    assert "damaged or missing pixels" in refusal(tmp_path, data)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda d: delattr(d, "PixelData"), "has no pixel data"),
        (lambda d: setattr(d, "PixelData", d.PixelData[:-2]), "damaged or missing pixels"),
        (lambda d: (setattr(d, "Rows", 60000), setattr(d, "Columns", 60000)), "60,000 × 60,000 pixels"),
        (lambda d: setattr(d, "Rows", 0), "needs at least one"),
        (lambda d: setattr(d, "NumberOfFrames", 2_000_000_000), "says it has 2,000,000,000 frames"),
        (lambda d: setattr(d, "NumberOfFrames", 3), "says it has 3 frames and holds 96 bytes"),
        (lambda d: packed(d, uid.JPEG2000Lossless), "damaged or missing pixels"),
        (lambda d: packed(d, uid.JPEGBaseline8Bit, b"\xff\xd8\xff\xd9"), "damaged or missing pixels"),
        (lambda d: packed(d, uid.MPEG4HP41, b"abcd"), "MPEG-4 AVC/H.264 High Profile / Level 4.1, which is not opened"),
    ],
)
def test_pixels_that_are_not_there_are_one_sentence(tmp_path: Path, spoil: Any, says: str) -> None:
    data = dataset(noise(6, 8, dtype=np.uint16))
    spoil(data)
    assert says in refusal(tmp_path, written(data))


def test_a_decoder_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(dataset(noise(6, 8)), uid.JPEGBaseline8Bit, saved(noise(6, 8), "JPEG"))
    monkeypatch.setattr(Decoder, "available_plugins", ())
    sentence = refusal(tmp_path, written(data))
    assert "JPEG Baseline (Process 1), for which a decoder is missing; install the package imagecodecs" in sentence


def test_a_file_cut_anywhere_is_refused_or_whole(tmp_path: Path) -> None:
    data = monochrome(noise(6, 8, dtype=np.uint16))
    for kept in range(132, len(data), 9):
        refusal(tmp_path, data[:kept])


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (uid.RTStructureSetStorage, "is a DICOM RT Structure Set, which holds no picture"),
        (uid.BasicTextSRStorage, "is a DICOM Basic Text SR, which holds no picture"),
        (uid.MediaStorageDirectoryStorage, "is a DICOMDIR"),
    ],
)
def test_what_is_no_picture_is_named_as_what_it_is(tmp_path: Path, kind: str, says: str) -> None:
    data = dataset(noise(2, 2))
    del data.PixelData, data.Rows, data.Columns
    data.SOPClassUID = data.file_meta.MediaStorageSOPClassUID = kind
    assert says in refusal(tmp_path, written(data))


@pytest.mark.parametrize("spacing", [[0, 0.5], [-1, 1]])
def test_a_spacing_that_cannot_be_is_told_and_not_used(tmp_path: Path, spacing: list[float]) -> None:
    picture = opened(tmp_path, monochrome(noise(4, 4), PixelSpacing=spacing))
    assert picture.spacing is None
    assert "cannot be and is not used" in picture.note


def test_rubbish_where_numbers_should_be_costs_the_picture_nothing(tmp_path: Path) -> None:
    data = monochrome(noise(4, 4), WindowCenter=40, WindowWidth=400, PixelSpacing=[1, 2])
    assert opened(tmp_path, data.replace(b"1.0\\2.0", b"x.y\\2.0")).spacing is None
