"""Nothing that is written or said holds what a file says of a person."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import nibabel
import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from pydicom.dataset import Dataset

from tests.shared import SHARED
from tests.tfcore.packed import tells
from tests.tfcore.pictures.dicoms import MARKER, dataset, item, written
from tests.tfcore.pictures.files import noise, tiff
from tests.tfcore.pictures.test_text_headers import FILES, RAW
from tfcore import cli
from tfcore.errors import HeatlensError
from tfcore.pictures import find, read, thumbnail, volume
from tfcore.pictures.naming import names_a_person


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of every kind that carry the marker wherever their kind has room for words."""
    folder = tmp_path_factory.mktemp("patients")
    (folder / "series").mkdir()
    for number in range(3):
        place = {"ImagePositionPatient": [0, 0, number], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
        place |= {"PixelSpacing": [1, 1], "SOPInstanceUID": f"1.2.3.{number}", "StudyInstanceUID": "1.2.9"}
        data = marked(dataset(noise(32, 40, dtype=np.uint16, seed=number), **place))
        (folder / "series" / f"{number}.dcm").write_bytes(written(data))
    voxels = np.random.default_rng(0).integers(0, 900, (20, 24, 4)).astype(np.int16)
    image = nibabel.Nifti1Image(voxels, np.eye(4))
    for name in ("descrip", "aux_file", "db_name", "intent_name"):
        image.header[name] = MARKER.encode()
    image.header.extensions.append(nibabel.nifti1.Nifti1Extension("comment", MARKER.encode()))
    image.to_filename(folder / "scan.nii.gz")
    for name, (header, _) in (("a.nrrd", FILES["a.nrrd"]), ("b.mha", FILES["a.mha"])):
        (folder / name).write_bytes(header.replace("MARKER", MARKER).encode() + RAW)
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", MARKER)
    text.add_text("Zipped", MARKER, zip=True)
    Image.fromarray(noise(32, 40)).save(folder / "a.png", pnginfo=text)
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = MARKER, MARKER
    Image.fromarray(noise(32, 40)).save(folder / "b.jpg", exif=exif, comment=MARKER.encode())
    (folder / "c.tif").write_bytes(tiff(noise(32, 40), description=MARKER, software=MARKER))
    for path in (SHARED / "oracles" / "medical").glob("*"):
        shutil.copy(path, folder / path.name)
    # Cut, so that there is something to complain about.
    whole = (folder / "series" / "0.dcm").read_bytes()
    (folder / "cut.dcm").write_bytes(whole[:-100])
    (folder / "report.dcm").write_bytes(written(without_pixels()))
    return folder


def marked(data: Dataset) -> Dataset:
    """With the marker in every tag that says who or where, and in private ones, also in sequences."""
    for keyword in WHO.split():
        setattr(data, keyword, MARKER)
    named = item(PatientID=MARKER, IssuerOfPatientID=MARKER, PersonName=MARKER)
    data.OtherPatientIDsSequence = [named]
    data.RequestAttributesSequence = [item(RequestedProcedureDescription=MARKER, ScheduledProcedureStepID=MARKER)]
    data.private_block(0x0029, MARKER, create=True).add_new(2, "OB", MARKER.encode() + b" ")
    return data


# Of the basic profile for taking identities out (PS3.15), those that hold words.
WHO = """
    AccessionNumber AdmissionID BranchOfService CurrentPatientLocation CountryOfResidence DeviceSerialNumber
    EthnicGroup InstitutionAddress InstitutionName InstitutionalDepartmentName IssuerOfPatientID
    MedicalRecordLocator MilitaryRank NameOfPhysiciansReadingStudy Occupation OperatorsName OtherPatientIDs
    OtherPatientNames PatientAddress PatientBirthName PatientComments PatientID PatientMotherBirthName
    PatientName PatientReligiousPreference PatientTelephoneNumbers PerformingPhysicianName PhysiciansOfRecord
    ProtocolName ReferringPhysicianName RegionOfResidence RequestingPhysician ResponsibleOrganization
    ResponsiblePerson SeriesDescription StationName StudyComments StudyDescription StudyID ImageComments
    AcquisitionComments AdditionalPatientHistory FrameComments ContentCreatorName DerivationDescription
"""


def without_pixels() -> object:
    data = dataset(noise(2, 2))
    del data.PixelData
    data.PixelSpacing = [1, 1]
    return data


def run(*arguments: object) -> None:
    assert cli.main([str(argument) for argument in arguments], lambda _: 0) == cli.DONE


def test_the_sweep_finds_what_it_looks_for(files: Path) -> None:
    for name in ("series/0.dcm", "scan.nii.gz", "a.nrrd", "b.mha", "a.png", "b.jpg", "c.tif"):
        assert tells((files / name).read_bytes(), MARKER)


def test_no_picture_holds_who_it_is_of(files: Path) -> None:
    for path in find([files, files / "series#*", files / "scan.nii.gz#coronal=0:3"]):
        try:
            picture = read(path)
        except HeatlensError as error:
            assert MARKER not in str(error)  # noqa: PT017
        else:
            assert MARKER.encode() not in pickle.dumps(picture)
    assert MARKER.encode() not in pickle.dumps(volume(files / "scan.nii.gz"))


def test_nothing_that_commands_write_or_say_tells_who(
    files: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEATLENS_HOME", str(tmp_path / "home"))
    run("explain", files, "--model", "demo", "--out", tmp_path / "arrays", "--format", "npz")
    several = [files / "scan.nii.gz", files / "series#1", files / "a.png"]
    formats = ("--format", "png,pdf,svg,tiff", "--dpi", "60", "--json")
    run("explain", *several, "--model", "demo", "--out", tmp_path / "figures", *formats)
    run("reproduce", tmp_path / "figures" / "a.png", "--out", tmp_path / "again")
    both = ("--format", "nii,planes", "--dpi", "60")
    run("explain", files / "scan.nii.gz#axial=*", "--model", "demo", "--out", tmp_path / "heat", *both)
    roi = {"name": "one", "kind": "rectangle", "points": [[1, 1], [3, 3]]}
    rois = [roi | {"picture": str(files / place)} for place in ("series#1", "b.mha#axial=1")]
    (tmp_path / "rois.json").write_text(json.dumps({"regions": rois}))
    drawn = ("--figures", tmp_path / "drawn", "--out", tmp_path / "measured.csv")
    run("measure", tmp_path / "rois.json", "--model", "demo", *drawn)
    kinds = ("--format", "nii,dicom,dicom-seg,dicom-sc", "--dpi", "60")
    run("explain", files / "series#*", "--model", "demo", "--out", tmp_path / "back", *kinds)
    run("predict", files, "--model", "demo", "--out", tmp_path / "predictions.csv")
    run("predict", files, files / "series#*", "--model", "demo", "--json")
    run("uncertainty", files / "series#0", "--model", "demo", "--passes", "2", "--json")
    run("audit", files, "--group-by-patient", "--out", tmp_path / "audit")
    classes = tmp_path / "classes"
    for number in range(12):
        (classes / "ab"[number % 2]).mkdir(parents=True, exist_ok=True)
        data = marked(dataset(noise(32, 40, dtype=np.uint16, seed=number)))
        data.PatientID = f"{MARKER}{number}"
        (classes / "ab"[number % 2] / str(number)).write_bytes(written(data))
    quick = ("--arch", "cnn-2", "--size", "16", "--epochs", "1", "--batch", "4", "--group-by-patient")
    run("train", classes, *quick, "--out", tmp_path / "run")
    scores = ("--metrics", "complexity", "--limit", "3", "--group-by-patient", "--out", tmp_path / "scores")
    run("evaluate", classes, "--model", "demo", *scores)
    said = capfd.readouterr()
    assert "cut.dcm has damaged or missing pixels" in said.err
    assert MARKER not in said.out + said.err
    written_files = [path for path in tmp_path.rglob("*") if path.is_file() and classes not in path.parents]
    kinds_written = {path.suffix for path in written_files}
    assert kinds_written >= {
        ".png",
        ".npz",
        ".json",
        ".pdf",
        ".svg",
        ".tiff",
        ".gz",
        ".csv",
        ".dcm",
        ".html",
        ".keras",
        ".parquet",
    }
    assert [path for path in written_files if tells(path.read_bytes(), MARKER)] == []


def test_thumbnails_and_pictures_in_memory_hold_pixels_alone(files: Path) -> None:
    for path in (files / "series#1", files / "scan.nii.gz", files / "a.png", files / "b.jpg", files / "c.tif"):
        assert MARKER.encode() not in thumbnail(path).tobytes()
        assert MARKER.encode() not in pickle.dumps(read(path))
    assert MARKER.encode() not in pickle.dumps(volume(files / "series"))


def test_words_in_pixels_are_warned_of_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(2):
        (tmp_path / f"{number}.dcm").write_bytes(written(dataset(noise(32, 40), Modality="US")))
    run("explain", tmp_path, "--model", "demo", "--out", tmp_path / "out", "--dpi", "30")
    assert capsys.readouterr().err.count("written into their pixels") == 1
    (tmp_path / "0.dcm").write_bytes(written(dataset(noise(32, 40), Modality="US", BurnedInAnnotation="NO")))
    run("explain", tmp_path / "0.dcm", "--model", "demo", "--out", tmp_path / "out", "--dpi", "30")
    assert "written into their pixels" not in capsys.readouterr().err


def test_a_file_that_is_called_as_its_patient_is_warned_of_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DOE^JANE.png", "DOE^JOHN.png"):
        Image.fromarray(noise(32, 40)).save(tmp_path / name)
    run("predict", tmp_path, "--model", "demo")
    assert capsys.readouterr().err.count("looks like a person's name") == 1
    for name in ("Smith, John.nii", "patient_id 004123/a.dcm", "Doe_Jane-1960-01-31_MR"):
        assert names_a_person(tmp_path / name), name
    for name in (
        "BraTS20_Training_001/a_t1ce.nii.gz",
        "IM000123",
        "scan 20200101.png",
        "1.2.840.10008.1.2",
        "P0132.png",
    ):
        assert not names_a_person(tmp_path / name), name
