"""Tables of file names and labels: CSV or TSV, with columns of any order and usual names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from tfcore.data.dataset import Dataset, Sample, named_split
from tfcore.data.sources.lookup import Lookup
from tfcore.errors import HeatlensError
from tfcore.files import why
from tfcore.pictures.find import natural
from tfcore.tables import bare

SUFFIXES = (".csv", ".tsv")
SEPARATORS = ",;\t|"
# Names as they stand in people's tables, the surest first; compared without case, spaces, dashes and underscores.
_NAMES = {
    "path": ("path", "filepath", "imagepath", "filename", "file", "image", "imagename", "img", "picture", "imageid"),
    "label": ("label", "class", "classname", "target", "category", "diagnosis", "finding", "findinglabel", "tumor"),
    "patient": ("patient", "patientid", "subject", "subjectid", "case", "caseid"),
    "split": ("split", "set", "subset", "partition", "part", "usage"),
    "mask": ("mask", "maskpath", "segmentation"),
}
_NOTHING = ("", "nan", "none", "null", "n/a", "na")


def table(
    source: Path,
    path: str | None = None,
    label: str | None = None,
    patient: str | None = None,
    split: str | None = None,
    mask: str | None = None,
    root: str | Path | None = None,
) -> Dataset:
    """A row is a sample; columns are guessed by their usual names unless named. Files are looked for below ``root``
    (the table's own folder): by path, else by a name that lies there once.
    """
    notes: list[str] = []
    header, rows = _rows(source, notes)
    given = {"path": path, "label": label, "patient": patient, "split": split, "mask": mask}
    columns = {role: _column(source, header, role, name) for role, name in given.items()}
    below = Path(root) if root is not None else source.parent
    lookup = Lookup(below)
    missing, samples = [], []
    for line, row in rows:
        cell = {role: _cell(row, header, column) for role, column in columns.items()}
        if cell["path"] is None:
            raise HeatlensError(f"{source} line {line} names no file in its column {columns['path']!r}; fill it in.")
        found = lookup(cell["path"], cell["label"])
        if found is None:
            missing.append(cell["path"])
            continue
        masked = None if cell["mask"] is None else below / cell["mask"].replace("\\", "/")
        if masked is not None and not masked.is_file():
            missing.append(str(cell["mask"]))
            continue
        samples.append(Sample(found, cell["label"], cell["patient"], _split(source, line, cell["split"]), masked))
    if not samples:
        example = f" (the first is {missing[0]})" if missing else ""
        raise HeatlensError(
            f"{source} names no file that is below {below}{example}; check its paths, or name their folder "
            "(--read root=…)."
        )
    if missing:
        notes.append(f"{source.name}: {len(missing)} of {len(rows)} files do not exist, first {missing[0]}; left out.")
    samples = _once(samples, source, notes)
    classes = sorted({sample.label for sample in samples if sample.label is not None}, key=natural)
    guessed = {role: column for role, column in columns.items() if column not in (None, role, given[role])}
    if guessed:
        notes.append("Columns taken: " + ", ".join(f"{column} as {role}" for role, column in guessed.items()) + ".")
    return Dataset(tuple(samples), tuple(classes), below, "table", tuple(notes))


def _rows(source: Path, notes: list[str]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and every row that is not empty with its line number."""
    text = _text(source, notes)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        filled = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise HeatlensError(
            f"{source} is not a table (line {lines.line_num}: {error}); save it anew as CSV."
        ) from error
    if len(filled) < 2:
        raise HeatlensError(f"{source} has no rows below its heading; fill it in.")
    header = [name.strip() for name in filled[0][1]]
    for line, row in filled[1:]:
        if len(row) != len(header):
            raise HeatlensError(
                f"{source} line {line} has {len(row)} columns and its heading {len(header)}; use one separator "
                f"({_named(separator)}) throughout and quote cells that hold it."
            )
    return header, filled[1:]


def _text(source: Path, notes: list[str]) -> str:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise HeatlensError(f"{source} was not read: {why(error)}.") from error
    if b"\0" in data[:4] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: Iterable[str] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            notes.append(f"{source.name} is not UTF-8; read as Windows-1252 (check names with accents).")
        return text
    raise HeatlensError(f"{source} is not text in UTF-8 or Windows-1252; save it anew as UTF-8.")


def _column(source: Path, header: list[str], role: str, named: str | None) -> str | None:
    if named is not None:
        if named in header:
            return named
        close = get_close_matches(named, header, 1)
        hint = f"did you mean {close[0]!r}?" if close else f"it has {', '.join(map(repr, header))}."
        raise HeatlensError(f"{source} has no column {named!r}; {hint}")
    plain = {"".join(filter(str.isalnum, name.casefold())): name for name in reversed(header)}
    for usual in _NAMES[role]:
        if usual in plain:
            return plain[usual]
    if role == "path":
        raise HeatlensError(
            f"{source} has no column that looks like file names (it has {', '.join(map(repr, header))}); call it path, "
            "or name it (--read path=…)."
        )
    return None


def _cell(row: list[str], header: list[str], column: str | None) -> str | None:
    text = "" if column is None else bare(row[header.index(column)].strip())
    return None if text.casefold() in _NOTHING else text


def _split(source: Path, line: int, text: str | None) -> str | None:
    if text is None:
        return None
    name = named_split(text)
    if name is None:
        raise HeatlensError(f"{source} line {line}: {text!r} is not a split; write train, val or test.")
    return name


def _once(samples: list[Sample], source: Path, notes: list[str]) -> list[Sample]:
    """Every file once; one that is listed with two labels says nothing and goes."""
    labels: dict[Path, set[str | None]] = {}
    for sample in samples:
        labels.setdefault(sample.path, set()).add(sample.label)
    torn = {path: said for path, said in labels.items() if len(said) > 1}
    if torn:
        notes.append(f"{source.name}: {len(torn)} files are listed with two labels, first {min(torn).name}; left out.")
    once = {sample.path: sample for sample in reversed(samples) if sample.path not in torn}
    if not once:
        raise HeatlensError(f"{source} lists every file with two labels; correct it.")
    repeated = len(samples) - len(once) - sum(sample.path in torn for sample in samples)
    if repeated:
        notes.append(f"{source.name}: {repeated} rows repeat a file; each counts once.")
    return [once[path] for path in labels if path in once]


def _named(separator: str) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}[separator]
