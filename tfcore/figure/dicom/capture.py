"""A figure panel as a DICOM Secondary Capture, which every viewer shows as the picture it is."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydicom.uid import ExplicitVRLittleEndian

from tfcore.figure.dicom.derived import equipment, finished, study_of
from tfcore.figure.dicom.maps import is_dicom
from tfcore.figure.save import check_size, pixels
from tfcore.pictures import volume
from tfcore.pictures.address import parse
from tfcore.pictures.dicom.origin import origins, stack_of
from tfcore.pictures.dicom.series import Slice

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.figure.panel import Item


def secondary_capture(
    figure: Figure, items: Sequence[Item], dpi: int = 300, keep_identity: bool = False, recipe: str = ""
) -> bytes:
    """The figure of the items as the bytes of a file. It refers to their pictures where these are DICOM, and is of
    their patient where that is asked for.
    """
    import highdicom

    check_size(figure, dpi)
    slices = _slices(items)
    found = origins(slices)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = highdicom.sc.SCImage(
            pixel_array=pixels(figure, dpi),
            photometric_interpretation="RGB",
            bits_allocated=8,
            coordinate_system="PATIENT",
            patient_orientation=("L", "P"),
            study_instance_uid=study_of(found, keep_identity),
            transfer_syntax_uid=ExplicitVRLittleEndian,
            **equipment(),
        )
        data.ConversionType = "WSD"
        if any(picture.burned_in for _, picture in items):
            data.BurnedInAnnotation = "YES"
        whose = slices[0].path if keep_identity and slices else None
        return finished(data, found, items[0][0], "a figure panel", whose, recipe)


def _slices(items: Sequence[Item]) -> list[Slice]:
    """Those pictures that are DICOM: of one series, since a file refers to one."""
    found: list[Slice] = []
    of = None
    for address in (parse(picture.path) for _, picture in items):
        cut = bool(address.plane)
        # Of a case it is the series of the channel on show.
        address = parse(volume(address.path).path) if cut else address
        if not is_dicom(address) or of not in (None, (address.file, address.series)):
            continue
        of = address.file, address.series
        stack = stack_of(address)
        # A plane that is cut out of them is made of all.
        found += stack.slices if cut else [stack.slices[stack.index]]
    # A picture that stands in several rows is one.
    return list({(one.path, one.frame): one for one in found}.values())
