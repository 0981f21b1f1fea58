"""Compressed pixels of DICOM: every JPEG of the standard by imagecodecs, which is there for TIFF already.

pydicom calls this module as one of its decoding plug-ins (docs/decisions/007-dicom-by-imagecodecs.md).
"""

from __future__ import annotations

from typing import Any

import imagecodecs
import numpy as np
from pydicom import uid
from pydicom.pixels import get_decoder

from tfcore.errors import HeatlensError
from tfcore.pictures.segments import jpeg_2000_size, jpeg_size

NAME = "imagecodecs"
_JPEG = (uid.JPEGBaseline8Bit, uid.JPEGExtended12Bit, uid.JPEGLossless, uid.JPEGLosslessSV1)
_JPEG_LS = (uid.JPEGLSLossless, uid.JPEGLSNearLossless)
_JPEG_2000 = (uid.JPEG2000Lossless, uid.JPEG2000, uid.HTJ2KLossless, uid.HTJ2KLosslessRPCL, uid.HTJ2K)
_NEEDED: dict[Any, Any] = {
    **dict.fromkeys(_JPEG, imagecodecs.JPEG8),
    **dict.fromkeys(_JPEG_LS, imagecodecs.JPEGLS),
    **dict.fromkeys(_JPEG_2000[:2], imagecodecs.JPEG2K),
    **dict.fromkeys(_JPEG_2000[2:], imagecodecs.HTJ2K),
}
DECODER_DEPENDENCIES = dict.fromkeys(_NEEDED, ("imagecodecs",))


def is_available(syntax: str) -> bool:
    """Whether this build of imagecodecs decodes it."""
    return bool(_NEEDED[uid.UID(syntax)].available)


def decode_frame(packed: bytes, runner: Any) -> bytes:
    """One frame as plain bytes, colour by pixel; what changed on the way is told to the runner."""
    syntax = runner.transfer_syntax
    colour = runner.samples_per_pixel == 3
    _check_size(packed, syntax, runner.rows * runner.columns)
    if syntax in _JPEG:
        # What the file says of its colours, where its JPEG says nothing.
        space = ("YCBCR" if "YBR" in runner.photometric_interpretation else "RGB") if colour else None
        pixels = imagecodecs.jpeg8_decode(packed, colorspace=space, outcolorspace="RGB" if colour else None)
    elif syntax in _JPEG_LS:
        pixels = imagecodecs.jpegls_decode(packed)
        unused = 8 * pixels.dtype.itemsize - runner.bits_stored
        if runner.pixel_representation and unused > 0:
            # JPEG-LS knows no sign: it is the highest of the bits that are stored.
            pixels = (pixels.view(f"i{pixels.dtype.itemsize}") << unused) >> unused
    elif syntax in _JPEG_2000[:2]:
        pixels = imagecodecs.jpeg2k_decode(packed)
    else:
        pixels = imagecodecs.htj2k_decode(packed)
    if colour:
        runner.set_option("planar_configuration", 0)
        if syntax in _JPEG or runner.photometric_interpretation in ("YBR_ICT", "YBR_RCT"):
            runner.set_option("photometric_interpretation", "RGB")
    runner.set_option("bits_allocated", 8 * pixels.dtype.itemsize)
    return np.ascontiguousarray(pixels).tobytes()


def _check_size(packed: bytes, syntax: str, expected: int) -> None:
    """Before it is unpacked: a frame may claim to be larger than its file says."""
    high, wide = (jpeg_2000_size if syntax in _JPEG_2000 else jpeg_size)(packed)
    if high * wide != expected:
        raise HeatlensError(f"a frame of it says it is {wide:,} × {high:,} pixels")


for _syntax in _NEEDED:
    if NAME not in get_decoder(_syntax).available_plugins:
        get_decoder(_syntax).add_plugin(NAME, (__name__, "decode_frame"))
