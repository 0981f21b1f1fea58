"""What a file is, told from its first bytes: a suffix is only a promise."""

from __future__ import annotations

from pathlib import Path

from tfcore.errors import HeatlensError

OPENS = "PNG, JPEG, TIFF, BMP and GIF"
SUFFIXES = (".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".bmp", ".dib", ".gif")

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
# Offset, bytes, name: what people do have in their folders.
_OTHERS = (
    (128, b"DICM", "a DICOM file"),
    (344, b"n+1\0", "a NIfTI volume"),
    (344, b"ni1\0", "a NIfTI volume"),
    (4, b"n+2\0", "a NIfTI volume"),
    (4, b"ftypavif", "an AVIF picture"),
    (4, b"ftyphei", "a HEIF picture"),
    (4, b"ftyp", "a video"),
    (0, b"\x1aE\xdf\xa3", "a video"),
    (8, b"AVI ", "a video"),
    (8, b"WEBP", "a WebP picture"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"8BPS", "a Photoshop file"),
    (0, b"%PDF", "a PDF"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"\x89HDF", "an HDF5 file"),
    (0, b"\x93NUMPY", "a NumPy array"),
)
# Files whose content does not always name itself.
_BY_SUFFIX = {
    ".dcm": "a DICOM file",
    ".dicom": "a DICOM file",
    ".nii": "a NIfTI volume",
    ".nii.gz": "a NIfTI volume",
    ".mpg": "a video",
    ".mpeg": "a video",
    ".wmv": "a video",
}
# The sizes a BMP's second header may have; "BM" alone also begins many a text.
_BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}


def format_of(data: bytes, path: Path) -> str:
    """``png``, ``jpeg``, ``tiff``, ``bmp`` or ``gif``; for anything else a sentence that says what it is."""
    if not data:
        raise HeatlensError(f"{path} is empty (0 bytes); copy it again from its source.")
    # A DICOM file may carry the header of a TIFF in front.
    is_dicom = data[128:132] == b"DICM"
    for signature, name in _SIGNATURES:
        if data.startswith(signature) and not is_dicom:
            return name
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return "bmp"
    if data.startswith(b"version https://git-lfs"):
        raise HeatlensError(
            f"{path} is a Git LFS pointer, not the picture itself; run `git lfs pull` in its repository and try again."
        )
    raise HeatlensError(f"{path} {_what_else(data, path)}; this version opens {OPENS}.")


def _what_else(data: bytes, path: Path) -> str:
    for suffix, name in _BY_SUFFIX.items():
        if path.name.lower().endswith(suffix):
            return f"is {name}, which is not opened"
    for offset, signature, name in _OTHERS:
        if data[offset : offset + len(signature)] == signature:
            return f"is {name}, which is not opened"
    return "holds text, not a picture" if _is_text(data[:1024]) else "is not a picture of a known format"


def _is_text(head: bytes) -> bool:
    # A cut in the middle of a character is not the text's fault.
    text = head.decode("utf-8", errors="ignore")
    return len(text.encode()) >= len(head) - 3 and all(sign.isprintable() or sign.isspace() for sign in text)
