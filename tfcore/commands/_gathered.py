"""Heat of slices that is put together to one file: the formats there are for it, and the flags of DICOM."""

from __future__ import annotations

import argparse

GATHERED = ("nii", "planes", "dicom", "dicom-seg")


def add_dicom_flags(parser: argparse.ArgumentParser) -> None:
    """``--mask-at``, ``--mask-kind`` and ``--keep-identity``."""
    from tfcore.figure.dicom_kinds import MASK_AT, MASK_KINDS

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
