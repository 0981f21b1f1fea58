"""Small DICOM files, made in memory. All that says whose they are says MARKER."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

MARKER = "ZZ^PHI^MARKER"
_KEYWORDS = ("PatientName", "PatientID", "InstitutionName", "StudyDescription", "SeriesDescription", "ImageComments")


def dataset(stored: np.ndarray, **tags: Any) -> Dataset:
    """(H, W), (F, H, W) with ``NumberOfFrames``, or (H, W, 3): a CT of somebody."""
    data = Dataset()
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.SOPClassUID = data.file_meta.MediaStorageSOPClassUID = CTImageStorage
    data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    data.Modality, data.SeriesInstanceUID = "CT", "1.2.4"
    for keyword in _KEYWORDS:
        setattr(data, keyword, MARKER)
    data.private_block(0x0011, MARKER, create=True).add_new(1, "LO", MARKER)
    colour = stored.shape[-1] == 3 and stored.ndim > 2
    data.Rows, data.Columns = stored.shape[-3:-1] if colour else stored.shape[-2:]
    data.SamplesPerPixel, data.PhotometricInterpretation = (3, "RGB") if colour else (1, "MONOCHROME2")
    if colour:
        data.PlanarConfiguration = 0
    bits = 8 * stored.dtype.itemsize
    data.BitsAllocated, data.BitsStored, data.HighBit = bits, bits, bits - 1
    data.PixelRepresentation = int(stored.dtype.kind == "i")
    data.PixelData = stored.tobytes()
    for keyword, value in tags.items():
        setattr(data, keyword, value)
    return data


def packed(data: Dataset, syntax: str, *frames: bytes) -> Dataset:
    """The same with compressed frames."""
    data.file_meta.TransferSyntaxUID = pydicom.uid.UID(syntax)
    data.PixelData = encapsulate(list(frames))
    data["PixelData"].VR = "OB"
    return data


def written(data: Dataset) -> bytes:
    stream = io.BytesIO()
    data.save_as(stream, enforce_file_format=True)
    return stream.getvalue()


def monochrome(stored: np.ndarray, **tags: Any) -> bytes:
    """A grey picture as a file."""
    return written(dataset(stored, **tags))


def item(**tags: Any) -> Dataset:
    """An item of a sequence."""
    found = Dataset()
    for keyword, value in tags.items():
        setattr(found, keyword, value)
    return found
