"""DICOM and NIfTI files as they come, whole, odd and lying."""

from __future__ import annotations

import gzip
import random
from typing import Any

import imagecodecs
import nibabel
import numpy as np
from pydicom import uid

from tests.fuzz.picture_files import SIZES, pixels
from tests.tfcore.pictures import dicoms


def dicom(source: random.Random) -> bytes:
    """Grey or colour, one frame or some, plain or compressed, with a window, a slope, a table or odd numbers."""
    kind = source.choice((np.uint8, np.uint16, np.int16))
    shape: tuple[int, ...] = source.choice(SIZES[3:])
    colour = kind == np.uint8 and source.random() < 0.3
    frames = source.choice((1, 1, 3))
    stored = pixels(source, (frames, *shape, *((3,) if colour else ())), kind)
    odd = source.choice((0, 1, -1, 1e-300, 1e300, 0.5, 40, 65535))
    tags: dict[str, Any] = {"NumberOfFrames": frames} if frames > 1 else {}
    if source.random() < 0.5:
        tags |= {"WindowCenter": odd, "WindowWidth": source.choice((0, 1, 2, 400, -3, 1e300))}
        tags |= {"VOILUTFunction": source.choice(("LINEAR", "LINEAR_EXACT", "SIGMOID", "?"))}
    if source.random() < 0.5:
        tags |= {"RescaleSlope": source.choice((odd, 1, 2)), "RescaleIntercept": source.choice((odd, -1024))}
    if source.random() < 0.2:
        descriptor = [source.choice((0, 4, 40000)), source.choice((0, 7, 30000)), source.choice((0, 8, 12, 16))]
        tags["VOILUTSequence"] = [
            dicoms.item(LUTDescriptor=descriptor, LUTData=np.array([0, 9, 300, 4095], "<u2").tobytes())
        ]
    if source.random() < 0.3:
        tags["PixelSpacing"] = [source.choice((0.7, odd)), 0.5]
    if source.random() < 0.2 and not colour:
        tags["PhotometricInterpretation"] = source.choice(("MONOCHROME1", "PALETTE COLOR", "YBR_FULL", "?"))
    data = dicoms.dataset(stored if frames > 1 else stored[0], **tags)
    if source.random() < 0.4 and not colour:
        packs = {uid.JPEGLSLossless: imagecodecs.jpegls_encode, uid.JPEG2000Lossless: imagecodecs.jpeg2k_encode}
        packs[uid.JPEGBaseline8Bit if kind == np.uint8 else uid.JPEGLosslessSV1] = lambda frame: (
            imagecodecs.jpeg8_encode(frame.view(f"u{frame.itemsize}"), lossless=frame.itemsize > 1)
        )
        syntax = source.choice(list(packs))
        dicoms.packed(data, syntax, *(packs[syntax](frame.view(f"u{frame.itemsize}")) for frame in stored))
    return dicoms.written(data)


def nifti(source: random.Random) -> bytes:
    """Volumes of three and more dimensions, any type, either version, packed or not."""
    shape = source.choice(((3, 4, 5), (1, 1, 1), (8, 6, 4), (3, 4, 5, 2), (3, 4, 5, 1), (4, 5), (3, 4, 5, 1, 2)))
    kind = source.choice((np.uint8, np.int16, np.uint16, np.int32, np.float32, np.float64, np.complex64))
    affine = np.diag(source.choice(((1.0, 2, 3, 1), (-1, 0.5, 3, 1))))
    make = source.choice((nibabel.Nifti1Image, nibabel.Nifti2Image))
    with np.errstate(all="ignore"):
        image = make(pixels(source, shape, kind), affine, dtype=kind)
    image.header.set_slope_inter(*source.choice(((1, 0), (0.5, -3), (None, None), (1e30, 1))))
    data = bytearray(image.to_bytes())
    if make is nibabel.Nifti1Image and source.random() < 0.1:
        # A row of the affine, which the writer would not write so.
        data[280:296] = bytes(16)
    return gzip.compress(data) if source.random() < 0.5 else bytes(data)


MAKERS = (dicom, dicom, dicom, nifti, nifti)
