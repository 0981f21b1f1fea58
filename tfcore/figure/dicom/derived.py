"""What all DICOM files of ours have in common: who made them and how, and which pictures they are made of.

Whose pictures these are is said only where that is asked for. Otherwise the file is of a study of its own, of nobody,
and names the pictures by their UIDs alone.
"""

from __future__ import annotations

import io
import math
import re
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pydicom
from pydicom.dataset import Dataset
from pydicom.uid import UID, CTImageStorage, SecondaryCaptureImageStorage, generate_uid
from pydicom.valuerep import format_number_as_ds

from tfcore.figure import words
from tfcore.figure.inside import put_into_dicom
from tfcore.marks import DICOM_MARK, PROGRAM, version
from tfcore.pictures.dicom.origin import IDENTITY, Origin, identity
from tfcore.results import Heat

SUFFIX = ".dcm"
_LONG_STRING = 64
# Of this program, whatever its version.
_IMPLEMENTATION = f"2.25.{uuid.uuid5(uuid.NAMESPACE_URL, PROGRAM).int}"
# Until the real ones are put in: the pictures are told apart by it, also the frames of one file.
_PLACEHOLDER = "2.25"


def equipment() -> dict[str, Any]:
    """The device that made the file, and numbers of its own."""
    return {
        "series_instance_uid": generate_uid(None),
        "series_number": 1,
        "sop_instance_uid": generate_uid(None),
        "instance_number": 1,
        "manufacturer": "Heatlens",
        "manufacturer_model_name": PROGRAM,
        "software_versions": version(),
        "device_serial_number": version(),
    }


def described(heat: Heat) -> str:
    """Method, layer and model, as the name of a series."""
    return plain(" ".join(filter(None, (heat.method, words.layer_name(heat), words.model_name(heat)))))


def plain(text: str, most: int = _LONG_STRING) -> str:
    """The text as DICOM has it in every viewer: its letters in ASCII, none of them a separator."""
    text = text.replace("±", "+-").encode("ascii", "replace").decode()
    return re.sub(r"[\\\x00-\x1f\x7f]", "-", text)[:most].strip()


def derivation(heat: Heat, done: str) -> str:
    """How it was made, in a sentence."""
    params = ", ".join(f"{name} {value}" for name, value in heat.params.items() if value is not None)
    hashed = heat.hashes.get("model", "")[:16]
    said = f"{PROGRAM} {version()}: {heat.method}{f' ({params})' if params else ''} at {heat.place or 'the input'}"
    said += f" of {words.model_name(heat)}{f' (SHA-256 {hashed}...)' if hashed else ''}"
    return plain(f"{said} for {words.class_name(heat, heat.target)}; {done}. For research only.", 1024)


def sources(origins: Sequence[Origin], study: str) -> list[Dataset]:
    """The pictures as far as a new file of a study repeats them: their place in space."""
    # One that the pictures lack is made up, so that the frames keep their places to each other.
    space = origins[0].uids["FrameOfReferenceUID"] or generate_uid(None)
    thickness = _thickness(origins)
    found = []
    for number, origin in enumerate(origins, 1):
        data = Dataset()
        # Whose it is, is put in at the end, just as it stands in the picture.
        for keyword in IDENTITY[:-1]:
            setattr(data, keyword, "")
        data.StudyInstanceUID, data.SeriesInstanceUID = study, origins[0].uids["SeriesInstanceUID"]
        data.SOPInstanceUID = f"{_PLACEHOLDER}.{number}"
        data.Rows, data.Columns = origin.rows, origin.columns
        # Every frame stands as a picture of its own here, of the kind that has what it has.
        data.SOPClassUID, data.Modality = (CTImageStorage if origin.corner else SecondaryCaptureImageStorage), "OT"
        if origin.spacing is not None:
            data.PixelSpacing = _texts(origin.spacing)
        if origin.corner:
            data.FrameOfReferenceUID = space
            data.ImagePositionPatient = _texts(origin.corner)
            data.ImageOrientationPatient = _texts(origins[0].axes)
            data.SliceThickness = format_number_as_ds(thickness)
        found.append(data)
    return found


def _thickness(origins: Sequence[Origin]) -> float:
    """As the pictures say, else the way from one to the next; one alone is as thick as a pixel is high."""
    first = origins[0]
    if first.thickness or not first.corner or first.spacing is None:
        return first.thickness or 1.0
    step = math.dist(first.corner, origins[1].corner) if len(origins) > 1 else 0.0
    return step or first.spacing[0]


def _texts(numbers: Iterable[float]) -> list[str]:
    return [format_number_as_ds(float(number)) for number in numbers]


def study_of(origins: Sequence[Origin], named: bool) -> str:
    """That of the pictures where the file says whose they are, else a new one."""
    return origins[0].uids["StudyInstanceUID"] if named and origins else generate_uid(None)


def finished(
    data: Dataset, origins: Sequence[Origin], heat: Heat, done: str, whose: Path | None, recipe: str = ""
) -> bytes:
    """The file: with the real names of the pictures it is made of, the identity of the one at the path ``whose``, and
    what else holds for all of ours.
    """
    data.SeriesDescription = described(heat)
    data.DerivationDescription = derivation(heat, done)
    if "FrameOfReferenceUID" not in data:
        data.PatientOrientation = None
    if data.Modality != "SEG":
        # Said to be unknown, since nothing of the pictures tells.
        data.Laterality = ""
    if whose is not None:
        data.update({element.tag: element for element in identity(whose)})
    else:
        data.PatientIdentityRemoved = "YES"
        data.DeidentificationMethod = "made anew; nothing that names the patient was copied"
    if origins:
        _refer(data, origins, whose is not None)
    data.file_meta.ImplementationClassUID = UID(_IMPLEMENTATION)
    data.file_meta.ImplementationVersionName = f"{DICOM_MARK} {version()}"[:16]
    if recipe:
        put_into_dicom(data, recipe)
    stream = io.BytesIO()
    pydicom.dcmwrite(stream, data, enforce_file_format=True)
    return stream.getvalue()


def _refer(data: Dataset, origins: Sequence[Origin], named: bool) -> None:
    placed = {f"{_PLACEHOLDER}.{number}": origin for number, origin in enumerate(origins, 1)}
    groups = [*data.get("PerFrameFunctionalGroupsSequence", []), *data.get("SharedFunctionalGroupsSequence", [])]
    for group in groups:
        for derived in group.get("DerivationImageSequence", []):
            for source in derived.get("SourceImageSequence", []):
                origin = placed[source.ReferencedSOPInstanceUID]
                _name(source, origin)
                if origin.frame is not None:
                    source.ReferencedFrameNumber = origin.frame
    files: dict[str, list[Origin]] = {}
    for origin in origins:
        files.setdefault(origin.uids["SOPInstanceUID"], []).append(origin)
    data.SourceImageSequence = [_name(Dataset(), of[0]) for of in files.values()]
    for item, of in zip(data.SourceImageSequence, files.values(), strict=True):
        if frames := [origin.frame for origin in of if origin.frame is not None]:
            item.ReferencedFrameNumber = frames
    series, instances = Dataset(), [_name(Dataset(), of[0]) for of in files.values()]
    series.SeriesInstanceUID = origins[0].uids["SeriesInstanceUID"]
    if named:
        series.ReferencedInstanceSequence = instances
        data.ReferencedSeriesSequence = [series]
        return
    # Of another study than this file is.
    if "ReferencedSeriesSequence" in data:
        del data.ReferencedSeriesSequence
    study = Dataset()
    study.StudyInstanceUID = origins[0].uids["StudyInstanceUID"]
    series.ReferencedInstanceSequence = instances
    study.ReferencedSeriesSequence = [series]
    data.StudiesContainingOtherReferencedInstancesSequence = [study]


def _name(item: Dataset, origin: Origin) -> Dataset:
    item.ReferencedSOPClassUID = origin.uids["SOPClassUID"]
    item.ReferencedSOPInstanceUID = origin.uids["SOPInstanceUID"]
    return item
