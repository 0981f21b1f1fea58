"""Printing lists: a plain aligned table for people, JSON for programs."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from tfcore.plain import json_text


def shown_json(value: Any, indent: int | None = None) -> str:
    """A JSON document that stdout can show, whatever its encoding."""
    encoding = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name
    return json_text(value, indent, only_ascii=not encoding.startswith("utf-"))


def print_json(value: Any) -> None:
    print(shown_json(value, indent=2))


def print_rows(rows: Sequence[Mapping[str, Any]], as_json: Any | None = None) -> None:
    """A table with a heading, or ``as_json`` where JSON was asked for."""
    if as_json is not None:
        print_json(as_json)
        return
    if not rows:
        return
    titles = list(rows[0])
    cells = [[str(row[title]) for title in titles] for row in rows]
    widths = [max(len(title), *(len(line[i]) for line in cells)) for i, title in enumerate(titles)]
    for line in [titles, *cells]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


class Document:
    """One JSON document on stdout that is printed picture by picture; :meth:`end` makes it whole."""

    def __init__(self) -> None:
        self._begun = False

    def add(self, picture: Mapping[str, Any]) -> None:
        """One more entry of the list ``pictures``."""
        print(",\n" if self._begun else '{"pictures": [\n', end="")
        self._begun = True
        print(shown_json(picture), end="", flush=True)

    def end(self, **facts: Any) -> None:
        """Close the list and add what is known at the end."""
        print("" if self._begun else '{"pictures": [', end="")
        print(f"\n], {shown_json(facts)[1:]}", flush=True)
