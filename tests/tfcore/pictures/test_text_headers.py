"""NRRD and MetaImage: headers as 3D Slicer and ITK write them, by hand, against the same voxels in NIfTI."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import nibabel
import numpy as np
import pytest

from tests.tfcore.pictures.files import sentence_of
from tfcore.pictures import find, read, volume

# (x, y, z), and where they lie: oblique, with steps of 2, 0.5 and 3 mm, counted to the left, the back and the head.
VOXELS = np.random.default_rng(0).integers(-900, 900, (5, 4, 3)).astype(np.int16)
_C, _S = np.cos(0.3), np.sin(0.3)
WAYS = np.array([[_C, _S, 0], [-_S, _C, 0], [0, 0, 1]])
STEPS, CORNER = np.array([2, 0.5, 3]), (10, -20, 30)
NRRD = """NRRD0005
# made by hand; MARKER
type: short
dimension: 3
space: left-posterior-superior
sizes: 5 4 3
space directions: {}
kinds: domain domain domain
endian: little
encoding: raw
space origin: (10,-20,30)
PatientName:=MARKER

""".format(" ".join(f"({x},{y},{z})" for x, y, z in WAYS * STEPS[:, None]))
META = f"""ObjectType = Image
NDims = 3
BinaryData = True
BinaryDataByteOrderMSB = False
CompressedData = False
TransformMatrix = {" ".join(map(str, WAYS.ravel()))}
Offset = 10 -20 30
ElementSpacing = 2 0.5 3
DimSize = 5 4 3
PatientName = MARKER
ElementType = MET_SHORT
ElementDataFile = LOCAL
"""
RAW = VOXELS.tobytes(order="F")


def in_nifti(path: Path, voxels: np.ndarray = VOXELS) -> Path:
    affine = np.eye(4)
    affine[:3, :3], affine[:3, 3] = (WAYS * STEPS[:, None]).T, CORNER
    nibabel.save(nibabel.Nifti1Image(voxels, np.diag([-1, -1, 1, 1]) @ affine), path)
    return path


def as_big(text: str) -> str:
    return text.replace("endian: little", "endian: big").replace("MSB = False", "MSB = True")


FILES = {
    "a.nrrd": (NRRD, RAW),
    "packed.nrrd": (NRRD.replace("encoding: raw", "encoding: gzip"), gzip.compress(RAW)),
    "big.nrrd": (as_big(NRRD), VOXELS.byteswap().tobytes(order="F")),
    "end.nrrd": (NRRD.replace("encoding: raw", "encoding: raw\nbyte skip: -1"), b"before" + RAW),
    "a.nhdr": (NRRD.replace("encoding: raw", "encoding: raw\ndata file: a.raw"), b""),
    "right.nrrd": (
        NRRD.replace("left-posterior-superior", "RAS")
        .replace("(10,-20,30)", "(-10,20,30)")
        .replace(NRRD.split("directions: ")[1].split("\n")[0],
                 " ".join(f"({-x},{-y},{z})" for x, y, z in WAYS * STEPS[:, None])),
        RAW,
    ),
    "a.mha": (META, RAW),
    "packed.mha": (META.replace("CompressedData = False", "CompressedData = True"), zlib.compress(RAW)),
    "big.mha": (as_big(META), VOXELS.byteswap().tobytes(order="F")),
    "end.mha": (META.replace("Offset", "HeaderSize = -1\nOffset"), b"before" + RAW),
    "a.mhd": (META.replace("LOCAL", "a.raw"), b""),
    "nameless": (META, RAW),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_same_voxels_lie_where_they_lie_in_nifti(tmp_path: Path, name: str) -> None:
    text, rest = FILES[name]
    (tmp_path / name).write_bytes(text.encode() + rest)
    (tmp_path / "a.raw").write_bytes(RAW)
    found, known = volume(tmp_path / name), volume(in_nifti(tmp_path / "known.nii"))
    np.testing.assert_array_equal(found.array, known.array)
    np.testing.assert_allclose(found.affine, known.affine, atol=1e-5)
    one, other = read(tmp_path / name), read(f"{tmp_path / 'known.nii'}")
    assert (one.note, one.sides) == (other.note, other.sides)
    np.testing.assert_array_equal(one.array, other.array)


def test_volumes_in_time_stand_first_or_last(tmp_path: Path) -> None:
    """Slicer writes its channels first, ITK those of one voxel together."""
    many = np.stack([VOXELS, VOXELS + 1, VOXELS + 2, VOXELS + 3], -1)
    four = NRRD.replace("dimension: 3", "dimension: 4").replace("domain domain domain", "{}")
    first = four.replace("sizes: ", "sizes: 4 ").replace("directions: ", "directions: none ")
    last = four.replace("sizes: 5 4 3", "sizes: 5 4 3 4").replace(")\nkinds", ") none\nkinds")
    (tmp_path / "first.nrrd").write_bytes(
        first.format("list domain domain domain").encode() + np.moveaxis(many, -1, 0).tobytes(order="F")
    )
    (tmp_path / "last.nrrd").write_bytes(last.format("domain domain domain list").encode() + many.tobytes(order="F"))
    (tmp_path / "a.mha").write_bytes(
        META.replace("ElementType", "ElementNumberOfChannels = 4\nElementType").encode()
        + np.moveaxis(many, -1, 0).tobytes(order="F")
    )
    known = volume(in_nifti(tmp_path / "known.nii", many))
    for path in find([tmp_path]):
        np.testing.assert_array_equal(volume(path).array, known.array)
        np.testing.assert_array_equal(
            read(f"{path}#coronal=2&t=3").array, read(f"{tmp_path}/known.nii#coronal=2&t=3").array
        )


def test_without_directions_the_steps_are_known_and_no_sides(tmp_path: Path) -> None:
    lines = [line for line in NRRD.splitlines() if not line.startswith("space")]
    (tmp_path / "a.nrrd").write_bytes("\n".join([*lines[:-1], "spacings: 2 0.5 3", "", ""]).encode() + RAW)
    (tmp_path / "a.mha").write_bytes(
        "".join(f"{line}\n" for line in META.splitlines() if "TransformMatrix" not in line).encode() + RAW
    )
    for path in find([tmp_path]):
        picture = read(path)
        assert (picture.spacing, picture.sides) == ((0.5, 2), "")
        assert "does not say which side is left" in picture.note


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ((NRRD, RAW[:-1]), "is damaged or cut short"),
        ((NRRD.replace("sizes: 5 4 3", "sizes: 5 4"), RAW), "is damaged or cut short"),
        ((NRRD.replace("sizes: 5 4 3", "sizes: 50000 40000 3"), RAW), "has 50000 × 40000 × 3 voxels"),
        ((NRRD.replace("encoding: raw", "encoding: bzip2"), RAW), "neither plain nor packed with gzip"),
        ((NRRD.replace("encoding: raw", "encoding: gzip"), RAW), "is damaged or cut short"),
        ((NRRD.replace("raw", "raw\ndata file: ../a.raw"), b""), "in several files or in another folder"),
        ((NRRD.replace("raw", "raw\ndata file: LIST"), b"a\nb"), "in several files or in another folder"),
        ((NRRD.replace("raw", "raw\ndata file: gone.raw"), b""), "does not exist"),
        ((NRRD.replace("type: short", "type: block"), RAW), "holds unknown values"),
        ((NRRD.replace("directions: ", "directions: (0,0,0) "), RAW), "does not say how its voxels lie in space"),
        ((META, RAW[:-1]), "is damaged or cut short"),
        ((META.replace("5 4 3", "5 4 0"), RAW), "has 5 × 4 × 0 voxels"),
        ((META.replace("2 0.5 3", "2 0 3"), RAW), "does not say how its voxels lie in space"),
        ((META.replace("NDims = 3", "NDims = x"), RAW), "is damaged or cut short"),
        ((META.replace("LOCAL", "slice%03d.raw 1 3 1"), b""), "in several files or in another folder"),
        ((META.split("ElementDataFile")[0], b""), "is damaged or cut short"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, file: tuple[str, bytes], sentence: str) -> None:
    path = tmp_path / ("a.nrrd" if file[0].startswith("NRRD") else "a.mha")
    path.write_bytes(file[0].encode() + file[1])
    said = sentence_of(path)
    assert sentence in said
    assert "MARKER" not in said
