"""COCO annotations: pictures with outlined objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeGuard

from tfcore.data.dataset import Dataset, Outline, Sample
from tfcore.data.settled import joined_words, spellings
from tfcore.data.sources.lookup import Lookup
from tfcore.data.sources.outlines import Damaged, area, outline
from tfcore.data.sources.stored import content, is_file, json_of
from tfcore.errors import HeatlensError
from tfcore.words import listed, shown

_PARTS = ("images", "annotations", "categories")
Key = int | str
Entry = Mapping[str, Any]


def is_coco(path: Path) -> bool:
    """Whether a JSON file has the three parts of COCO."""
    try:
        # Most other JSON files are told without being taken apart.
        if not is_file(path) or not all(f'"{part}"'.encode() in content(path) for part in _PARTS):
            return False
        stored = json_of(path)
    except HeatlensError:
        return False
    return isinstance(stored, dict) and set(_PARTS) <= stored.keys()


def coco(source: Path) -> Dataset:
    """A sample per picture, labelled with its outlines' category.

    Categories that share a name are one class. A picture without annotations is unannotated. Where a picture holds
    several classes the one with the largest area counts, measured on the outline: ``area`` is not read, since some
    programs write the box's area there. A picture with a damaged or doubtful annotation is left out by name.
    """
    return _Reader(source).dataset()


class _Reader:
    """A COCO file taken apart; ``notes`` say what was joined, ``odd`` why pictures are left out."""

    def __init__(self, source: Path) -> None:
        self.source = source
        stored = json_of(source)
        self.entries: dict[str, list[Any]] = {}
        for part in _PARTS:
            entries = stored.get(part) if isinstance(stored, dict) else None
            if not isinstance(entries, list):
                raise HeatlensError(f"{source} is not COCO: {part!r} is no list of entries; name another file.")
            self.entries[part] = entries
        self.notes: list[str] = []
        self.odd: dict[Key, str] = {}

    def dataset(self) -> Dataset:
        categories = self._categories()
        pictures = self._pictures()
        outlines = self._outlines(categories, pictures)
        lookup = Lookup(self.source.parent, [name for names in pictures.values() for name in names])
        files = {key: lookup(names[0]) for key, names in pictures.items()}
        samples, missing, several = [], [], 0
        left_out = self._left_out(pictures, outlines)
        # A file may be listed under another id once more.
        doubtful = {files[key] for key in left_out}
        for key, names in pictures.items():
            found = files[key]
            if key in left_out:
                continue
            if found is None:
                missing.append(names[0])
                continue
            if found in doubtful:
                left_out[key] = f"{shown(names[0])} (left out under another id)"
                continue
            marked = tuple(outlines[key])
            several += len({each.label for each in marked}) > 1
            samples.append(Sample(found, _label(marked), outlines=marked))
        notes = [*self.notes, *lookup.notes]
        if left_out:
            notes.append(
                f"{len(left_out)} pictures have annotations that cannot be used; left out: "
                f"{listed([*left_out.values()])}."
            )
        if not samples and left_out:
            raise HeatlensError(f"{self.source}: {notes[-1].rstrip('.')}; export it again.")
        if not samples:
            raise HeatlensError(
                f"{self.source}: none of its {len(missing)} pictures is below {self.source.parent}; put them beside it."
            )
        if missing:
            count = f"{len(missing)} of {len(pictures)} pictures"
            notes.append(f"{count} do not exist, first {listed(missing)}; left out.")
        if several:
            notes.append(f"{several} pictures hold several classes; the one with the largest area is their label.")
        outlined = f"{sum(bool(sample.outlines) for sample in samples)} of {len(samples)}"
        notes.append(f"Masks were found for {outlined} pictures: their outlines in {self.source.name}.")
        unannotated = sum(sample.label is None for sample in samples)
        if unannotated:
            notes.append(f"{unannotated} pictures have no annotation; they are unannotated, not negative.")
        used = {sample.label for sample in samples}
        classes = tuple(name for name in dict.fromkeys(categories.values()) if name in used)
        return Dataset(tuple(samples), classes, self.source.parent, "coco", tuple(notes))

    def _left_out(
        self, pictures: Mapping[Key, Sequence[str]], outlines: Mapping[Key, Sequence[Outline]]
    ) -> dict[Key, str]:
        """The pictures that cannot be used, in words."""
        found = {}
        for key, names in pictures.items():
            if len(names) > 1:
                found[key] = f"{listed(names)} (share the id {shown(key)})"
            elif reason := self.odd.get(key) or _undecided(outlines.get(key, ())):
                found[key] = f"{shown(names[0])} ({reason})"
        return found

    def _categories(self) -> dict[Key, str]:
        """Names by id; an id with two names means nothing."""
        names: dict[Key, set[str]] = defaultdict(set)
        for entry in self._usable("categories", "id", "name"):
            names[entry["id"]].add(str(entry["name"]).strip())
        torn = [f"{shown(key)} ({listed(sorted(named))})" for key, named in names.items() if len(named) > 1]
        if torn:
            self.notes.append(f"{len(torn)} category ids have several names and are not used: {listed(torn)}.")
        found = {key: next(iter(named)) for key, named in names.items() if len(named) == 1}
        if len(set(found.values())) < len(found):
            self.notes.append("Categories that share a name count as one class.")
        spelt = spellings(found.values())
        self.notes += joined_words(spelt, "class")
        return {key: spelt.get(name, name) for key, name in found.items()}

    def _pictures(self) -> dict[Key, list[str]]:
        """File names by id, more than one where pictures share an id."""
        names: dict[Key, list[str]] = defaultdict(list)
        for entry in self._usable("images", "id", "file_name"):
            if not isinstance(entry["file_name"], str) or not entry["file_name"].strip():
                self.notes.append(f"The image {shown(entry['id'])} has no text as file_name; left out.")
            elif entry["file_name"] not in names[entry["id"]]:
                names[entry["id"]].append(entry["file_name"])
            else:
                self.notes.append(f"The image {shown(entry['id'])} is listed twice; it counts once.")
        return {key: named for key, named in names.items() if named}

    def _outlines(self, categories: Mapping[Key, str], pictures: Mapping[Key, list[str]]) -> dict[Key, list[Outline]]:
        """The outlines of every picture; one that is damaged spoils its picture and no other."""
        found: dict[Key, list[Outline]] = defaultdict(list)
        seen: dict[Key, Entry] = {}
        lost = repeated = shared = 0
        for entry in self._usable("annotations", "image_id"):
            key, own = entry["image_id"], entry.get("id")
            if key not in pictures:
                lost += 1
                continue
            if _is_key(own) and own in seen:
                if entry == seen[own]:
                    repeated += 1
                    continue
                shared += 1
                if key == seen[own]["image_id"]:
                    self.odd[key] = f"two annotations have the id {shown(own)}"
            elif _is_key(own):
                seen[own] = entry
            category = entry.get("category_id")
            if not _is_key(category) or category not in categories:
                self.odd[key] = f"annotation {shown(own)} has category {shown(category)}, which is not listed"
                continue
            try:
                found[key].append(outline(entry, categories[category]))
            except Damaged as error:
                self.odd[key] = f"the outline of annotation {shown(own)} is damaged: {error}"
        for count, fault in (
            (lost, "name no picture of the file and are not used"),
            (repeated, "are listed twice and count once"),
            (shared, "share their id with another"),
        ):
            if count:
                self.notes.append(f"{count} annotations {fault}.")
        return found

    def _usable(self, part: str, *keys: str) -> Iterator[Entry]:
        """The entries that have an id (the first key) and the rest; the others are counted."""
        odd = []
        for place, entry in enumerate(self.entries[part]):
            if isinstance(entry, dict) and set(keys) <= entry.keys() and _is_key(entry[keys[0]]):
                yield entry
            else:
                odd.append(place)
        if odd:
            wanted = " and ".join(keys)
            self.notes.append(f"{len(odd)} of the {part} have no {wanted} and are not used: entry {listed(odd)}.")
        if odd and len(odd) == len(self.entries[part]):
            raise HeatlensError(f"{self.source} is not COCO: {part!r} is no list of entries with {wanted}.")


def _is_key(value: Any) -> TypeGuard[Key]:
    return isinstance(value, int | str) and not isinstance(value, bool)


def _areas(marked: Sequence[Outline]) -> dict[str, float]:
    areas: dict[str, float] = defaultdict(float)
    for each in marked:
        areas[each.label] += area(each)
    return areas


def _label(marked: Sequence[Outline]) -> str | None:
    areas = _areas(marked)
    return max(areas, key=areas.__getitem__) if areas else None


def _undecided(marked: Sequence[Outline]) -> str | None:
    """Why the label is open: several classes, and the largest areas are equal."""
    areas = _areas(marked)
    largest = [name for name, size in areas.items() if size == max(areas.values())]
    return f"{listed(largest)} have the same area" if len(largest) > 1 else None
