"""DICOM: files of one picture or many, and folders of series. Imported when the first such file is opened."""

from __future__ import annotations

from tfcore.pictures.dicom.origin import patient
from tfcore.pictures.dicom.picture import count, file_spread, read
from tfcore.pictures.dicom.series import folder_count, index_of, read_instance, series_files, series_spread
from tfcore.pictures.dicom.volume import place, volume

__all__ = [
    "count",
    "file_spread",
    "folder_count",
    "index_of",
    "patient",
    "place",
    "read",
    "read_instance",
    "series_files",
    "series_spread",
    "volume",
]
