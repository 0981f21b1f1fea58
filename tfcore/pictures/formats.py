"""What a file is, told from its first bytes: a suffix is only a promise."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path

from tfcore.errors import HeatlensError

OPENS = "PNG, JPEG, TIFF, BMP, GIF, DICOM, NIfTI, NRRD, MetaImage and videos"
DICOM_SUFFIXES = (".dcm", ".dicom", ".ima")
VOLUME_SUFFIXES = (".nii", ".nii.gz", ".nrrd", ".nhdr", ".mha", ".mhd")
VIDEO_SUFFIXES = (".avi", ".mp4", ".m4v", ".mov", ".mkv", ".mpg", ".mpeg", ".wmv", ".webm")
# Videos are no pictures to be found in a folder: each holds thousands.
SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".bmp", ".dib", ".gif"),
    *DICOM_SUFFIXES,
    *VOLUME_SUFFIXES,
)
# Formats of voxels on a grid, as :func:`format_of` names them.
VOLUMES = ("nifti", "nrrd", "metaimage")
# As much of a file as tells what it is.
HEAD = 4096

TIFFS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    *((begins, "tiff") for begins in TIFFS),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"NRRD000", "nrrd"),
    (b"ObjectType =", "metaimage"),
    (b"NDims =", "metaimage"),
)
# Offset, bytes, name: what people do have in their folders.
_OTHERS = (
    (344, b"ni1\0", "one half of a NIfTI pair"),
    (4, b"ftypavif", "an AVIF picture"),
    (4, b"ftyphei", "a HEIF picture"),
    (8, b"WEBP", "a WebP picture"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"8BPS", "a Photoshop file"),
    (0, b"%PDF", "a PDF"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"\x89HDF", "an HDF5 file"),
    (0, b"\x93NUMPY", "a NumPy array"),
)
# Offset and bytes of those that hold many pictures.
_NIFTI = ((344, b"n+1\0"), (4, b"n+2\0"))
_VIDEOS = ((4, b"ftyp"), (0, b"\x1aE\xdf\xa3"), (8, b"AVI "), (0, b"\0\0\1\xba"), (0, b"0&\xb2u"))
# Of a DICOM file without its first 132 bytes: it begins with a tag of group 2 or 8.
_BARE = (b"\2\0\0\0", b"\2\0\1\0", b"\2\0\2\0", b"\x08\0\0\0", b"\x08\0\1\0", b"\x08\0\5\0", b"\x08\0\x08\0")
# The sizes a BMP's second header may have; "BM" alone also begins many a text.
_BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}


def format_of(data: bytes, path: Path) -> str:
    """By a file's first bytes ``png``, ``jpeg``, ``tiff``, ``bmp``, ``gif``, ``dicom``, ``nifti``, ``nrrd``,
    ``metaimage`` or ``video``.

    For anything else a sentence that says what it is.
    """
    if not data:
        raise HeatlensError(f"{path} is empty (0 bytes); copy it again from its source.")
    # A DICOM file may carry the header of a TIFF in front.
    if is_dicom(data):
        return "dicom"
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return "bmp"
    if data.startswith(b"version https://git-lfs"):
        raise HeatlensError(
            f"{path} is a Git LFS pointer, not the picture itself; run `git lfs pull` in its repository and try again."
        )
    if _begins(_unpacked(data), _NIFTI):
        return "nifti"
    other = next((name for offset, signature, name in _OTHERS if _begins(data, [(offset, signature)])), "")
    if _begins(data, _VIDEOS) and not other:
        return "video"
    # Files whose content does not always name itself; whoever opens them says what is wrong.
    name = path.name.lower()
    if name.endswith(VOLUME_SUFFIXES):
        return {".nr": "nrrd", ".nh": "nrrd", ".mh": "metaimage"}.get(path.suffix.lower()[:3], "nifti")
    if name.endswith(DICOM_SUFFIXES) or (not path.suffix and data.startswith(_BARE)):
        return "dicom"
    if name.endswith(VIDEO_SUFFIXES) and not _is_text(data[:1024]):
        return "video"
    what = f"is {other}, which is not opened" if other else _unknown(data)
    raise HeatlensError(f"{path} {what}; this version opens {OPENS}.")


def is_dicom(head: bytes) -> bool:
    """Whether a file says so after its preamble."""
    return head[128:132] == b"DICM"


def _begins(data: bytes, signatures: Iterable[tuple[int, bytes]]) -> bool:
    return any(data[offset : offset + len(signature)] == signature for offset, signature in signatures)


def _unpacked(data: bytes) -> bytes:
    """The beginning of what is packed with gzip."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(31).decompress(data, HEAD)
    except zlib.error:
        return data


def _unknown(data: bytes) -> str:
    return "holds text, not a picture" if _is_text(data[:1024]) else "is not a picture of a known format"


def _is_text(head: bytes) -> bool:
    # A cut in the middle of a character is not the text's fault.
    text = head.decode("utf-8", errors="ignore")
    return len(text.encode()) >= len(head) - 3 and all(sign.isprintable() or sign.isspace() for sign in text)
