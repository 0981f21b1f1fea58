"""Flags that say how data is to be read where its names do not tell."""

from __future__ import annotations

import argparse
from typing import Any

from tfcore.errors import HeatlensError

# What is no text among the settings of the readers.
_NUMBERS = {"every": int, "crop": int, "least": float}


def add_reading_flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", help="what the data is, if it is not recognised: table, patient folders, videos …")
    parser.add_argument(
        "--read",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting of the reader, once each: path, label, patient, split or mask (columns of a table), root (the "
        "folder of its files), every and crop (of videos), least (of volumes), starred, rated, tagged, noted (of a "
        "session)",
    )

    parser.add_argument(
        "--group-by-patient",
        action="store_true",
        help="take from DICOM files whose pictures they are (as pseudonyms of this installation), so that splits never "
        "part a patient",
    )


def stated_reading(given: argparse.Namespace) -> dict[str, Any]:
    """The keywords of ``open_data`` that were given."""
    stated: dict[str, Any] = {} if given.kind is None else {"kind": given.kind}
    stated |= {"group_by_patient": True} if given.group_by_patient else {}
    for text in given.read:
        name, equals, value = text.partition("=")
        if not equals:
            raise HeatlensError(f"--read {text!r} has no value; write it as label=diagnosis.")
        try:
            stated[name.strip()] = _NUMBERS.get(name.strip(), str)(value.strip())
        except ValueError:
            raise HeatlensError(f"--read {name.strip()}: {value!r} is not a number.") from None
    return stated
