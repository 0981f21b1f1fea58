"""Heat of slices that is put together to one file: the formats there are for it, and the flags of DICOM."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tfcore.figure.dicom_kinds import MASK_AT, MASK_KINDS

if TYPE_CHECKING:
    from tfcore.figure import Display
    from tfcore.figure.dicom.gathered import HeatMaps, HeatMasks
    from tfcore.figure.heat_planes import HeatPlanes
    from tfcore.figure.volumes import HeatVolumes

    Gathering = HeatVolumes | HeatPlanes | HeatMaps | HeatMasks

GATHERED = ("nii", "planes", "dicom", "dicom-seg")


def add_dicom_flags(parser: argparse.ArgumentParser) -> None:
    """``--mask-at``, ``--mask-kind`` and ``--keep-identity``."""
    parser.add_argument(
        "--mask-at",
        default=MASK_AT.default,
        metavar="VALUE",
        help=f"for dicom-seg {MASK_AT.help}; default {MASK_AT.default}",
    )
    parser.add_argument("--mask-kind", choices=MASK_KINDS, default=MASK_KINDS[0], help="how dicom-seg is stored")
    parser.add_argument(
        "--keep-identity",
        action="store_true",
        help="DICOM files are of the patient and study of their pictures; without it of nobody, and refer to them",
    )


def gathering_of(given: argparse.Namespace, formats: Sequence[str], display: Display) -> list[Gathering]:
    """What puts slices together, for each format that does."""
    found: list[Gathering] = []
    if "nii" in formats:
        from tfcore.figure.volumes import HeatVolumes

        found.append(HeatVolumes(given.out, given.overwrite))
    if "planes" in formats:
        from tfcore.figure.heat_planes import HeatPlanes

        found.append(HeatPlanes(given.out, given.overwrite, display, given.dpi))
    if {"dicom", "dicom-seg"} & set(formats):
        from tfcore.figure.dicom.gathered import HeatMaps, HeatMasks

        how = (given.out, given.overwrite, given.keep_identity)
        found += [HeatMaps(*how, display)] if "dicom" in formats else []
        found += [HeatMasks(*how, given.mask_at, given.mask_kind)] if "dicom-seg" in formats else []
    return found
