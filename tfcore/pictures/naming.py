"""Names of files that may say whose picture it is: they are kept as they are given, and that is told."""

from __future__ import annotations

import re
from pathlib import Path

from tfcore.pictures.address import file_of

NAMED = (
    "names of files and folders go into tables, records and figures as they are, and this one looks like a person's "
    "name, number or date of birth: rename it before you share them."
)
# As archives write names, as letters do, numbers that are announced as a patient's, and a name with a date behind it.
_PERSON = re.compile(
    r"[^\W\d_]+\^[^\W\d_]+"
    r"|\b[A-Z][a-z]+, ?[A-Z][a-z]+\b"
    r"|(?i:(?<![^\W_])(mrn|ssn|dob|patient[ _-]?id)[ _=-]*\d{4,})"
    r"|(?<![^\W_])([A-Z][^\W\d_]+[ _-]){2,3}(19|20)\d\d[._-]?(0[1-9]|1[0-2])[._-]?([0-2]\d|3[01])(?!\d)"
)


def names_a_person(path: str | Path) -> bool:
    """Whether a file or one of its folders is called as people or patients are.

    >>> [names_a_person(name) for name in ("DOE^JOHN/1.dcm", "MRN-0041234.nii", "Brain_001.nii.gz")]
    [True, True, False]
    """
    return any(_PERSON.search(part) for part in file_of(path).parts)
