"""What a reviewer says of one picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.words import counted

BEST = 5
# Of one picture; a note is a paragraph, a tag a word or two.
_MOST_TAGS, _LONGEST_TAG, _LONGEST_NOTE = 100, 100, 20_000


@dataclass(frozen=True)
class Judgment:
    """Each part by itself: a star, a rating from 1 to 5 (0: none), tags in the order they were given, a note."""

    star: bool = False
    rating: int = 0
    tags: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.rating <= BEST:
            raise HeatlensError(f"A rating is 1 to {BEST}, or 0 for none; {self.rating} is not.")

    def __bool__(self) -> bool:
        return bool(self.star or self.rating or self.tags or self.note)

    def as_dict(self) -> dict[str, Any]:
        """The parts that say something, as JSON has them."""
        return {name: list(part) if name == "tags" else part for name, part in vars(self).items() if part}

    @property
    def signs(self) -> str:
        """As short as it can be said: ``★ 4 # ✎``, a hash for tags and a pen for a note."""
        parts = ("★" * self.star, str(self.rating or ""), "#" * bool(self.tags), "✎" * bool(self.note))
        return " ".join(filter(None, parts))

    @property
    def words(self) -> str:
        """In one line, for screen readers: ``★ 4 of 5 · edge, check again · note``."""
        stars = " ".join(["★"] * self.star + [f"{self.rating} of {BEST}"] * bool(self.rating))
        return " · ".join(filter(None, (stars, ", ".join(self.tags), "note" * bool(self.note))))


def judgment_of(value: Any) -> Judgment | None:
    """A judgment from plain data; nothing where it is none or says nothing."""
    if not isinstance(value, dict) or value.keys() - {one.name for one in fields(Judgment)}:
        return None
    star, rating = value.get("star", False), value.get("rating", 0)
    tags, note = value.get("tags", []), value.get("note", "")
    good = (
        isinstance(star, bool)
        and (isinstance(rating, int) and not isinstance(rating, bool) and 0 <= rating <= BEST)
        and isinstance(tags, list)
        and len(tags) <= _MOST_TAGS
        and all(isinstance(tag, str) and is_tag(tag) for tag in tags)
        and len(set(tags)) == len(tags)
        and (isinstance(note, str) and len(note) <= _LONGEST_NOTE)
    )
    return (Judgment(star, rating, tuple(tags), note) or None) if good else None


def is_tag(text: str) -> bool:
    """Whether it is a word or two: in lists of tags a comma parts them."""
    return text.strip() == text != "" and len(text) <= _LONGEST_TAG and not set(text) & set(",\n\r\0")


@dataclass(frozen=True)
class Wanted:
    """Which pictures are meant, by what was said of them; what is not asked about is no matter."""

    starred: bool = False
    rated: int = 0
    tagged: tuple[str, ...] = ()
    noted: bool = False

    def __bool__(self) -> bool:
        return self != Wanted()

    def __contains__(self, judged: Judgment) -> bool:
        return (
            judged.star >= self.starred
            and judged.rating >= self.rated
            and set(self.tagged) <= set(judged.tags)
            and bool(judged.note) >= self.noted
        )

    def of(self, judgments: Mapping[str, Judgment]) -> Iterator[str]:
        """The addresses of those that are meant."""
        return (address for address, judged in judgments.items() if judged in self)


def summary(judgments: Mapping[str, Judgment]) -> str:
    """How much was judged: ``12 pictures judged: 3 starred, 9 rated``."""
    said = judgments.values()
    counts = {
        "starred": sum(one.star for one in said),
        "rated": sum(one.rating > 0 for one in said),
        "tagged": sum(bool(one.tags) for one in said),
        "with a note": sum(bool(one.note) for one in said),
    }
    parts = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return f"{counted(len(judgments), 'picture')} judged" + f": {parts}" * bool(parts)
