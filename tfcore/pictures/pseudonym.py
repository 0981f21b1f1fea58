"""Whose picture it is, without saying who: to keep a patient's pictures together, and only where that was asked."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from tfcore import places
from tfcore.errors import HeatlensError
from tfcore.files import written_whole
from tfcore.pictures.address import parse
from tfcore.pictures.source import contents

_SALT, _BYTES = "pseudonyms.salt", 32


def pseudonym(path: str | Path) -> str | None:
    """Sixteen letters that are the same for all DICOM pictures of one patient, and mean nothing outside of this
    installation; nothing for what is no DICOM or names nobody.
    """
    from tfcore.pictures import dicom

    number = dicom.patient(parse(path))
    if not number:
        return None
    return hmac.new(_salt(), number.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()[:16]


def _salt() -> bytes:
    """Drawn once, and kept among the settings for nobody else to read: who has it could try out numbers."""
    path = places.settings() / _SALT
    with suppress(HeatlensError):
        found = contents(path)
        if len(found) == _BYTES:
            return found
    drawn = secrets.token_bytes(_BYTES)
    with written_whole(path, overwrite=True) as temporary:
        temporary.write_bytes(drawn)
    with suppress(OSError):
        os.chmod(path, 0o600)  # noqa: PTH101
    return drawn
