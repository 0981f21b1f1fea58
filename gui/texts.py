"""Every text of the window, in the language of whoever sits before it, where there is a file for that language.

``HEATLENS_LANGUAGE`` names the language, or a file (``.qm``) that is to be tried; else it is the system's. The files
lie in ``resources/texts`` and are made by ``make texts``. Without one the texts are as they stand in the code.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources
from tfcore import words

# Under this the texts stand in the files.
CONTEXT = "Heatlens"


def _file() -> Path | None:
    asked = os.environ.get("HEATLENS_LANGUAGE") or next(iter(QLocale.system().uiLanguages()), "")
    if asked.endswith(".qm"):
        return Path(asked)
    name = asked.replace("-", "_")
    files = (resources.path(f"texts/heatlens_{each}.qm") for each in (name, name.partition("_")[0]))
    return next(filter(Path.is_file, files), None)


def _load() -> QTranslator | None:
    file, found = _file(), QTranslator()
    return found if file is not None and found.load(str(file)) else None


_texts = _load()


def tr(text: str, /, **fields: object) -> str:
    """The text in the window's language, its fields filled in.

    >>> tr("{done} of {total:,} pictures", done=7, total=1200)
    '7 of 1,200 pictures'
    """
    said = text if _texts is None else _texts.translate(CONTEXT, text) or text
    if not fields:
        return said
    try:
        return said.format(**fields)
    except (LookupError, ValueError, TypeError, AttributeError):
        # Whoever translated it named fields that it has not.
        return text.format(**fields)


def counted(count: int, one: str, many: str = "") -> str:
    """So many of a thing, in as many forms as the language has.

    >>> counted(1, "picture"), counted(1200, "picture"), counted(2, "copy", "copies")
    ('1 picture', '1,200 pictures', '2 copies')
    """
    said = "" if _texts is None else _texts.translate(CONTEXT, f"%n {one}", None, count)
    return said.replace("%n", f"{count:,}") if said else words.counted(count, one, many)


def speak(app: QCoreApplication) -> None:
    """Let Qt's own words, on the buttons of dialogs and in that for files, be of the same language."""
    if _texts is not None:
        own = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        own.load(QLocale(_texts.language()), "qtbase", "_", folder)
        app.installTranslator(own)


def missing() -> str:
    """The sentence about a language that was asked for and is not there."""
    asked = os.environ.get("HEATLENS_LANGUAGE", "")
    if not asked or _texts is not None or asked.partition("_")[0] == "en":
        return ""
    return (
        f"There are no texts for the language {asked!r}, so the window speaks English; see {resources.path('texts')}."
    )
