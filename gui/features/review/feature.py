"""Judgments: of the selected pictures, by keys wherever the focus is or in the panel; kept in the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.export.where import ask_file
from gui.features.review.panel import ReviewPanel
from gui.menus import Command
from gui.panels.labels import Badge
from gui.state import OneJob
from gui.texts import counted, tr
from gui.undo import Step
from gui.whole import name_of
from tfcore import review
from tfcore.dropped import SESSION_ENDING
from tfcore.errors import HeatlensError
from tfcore.files import check_free
from tfcore.review import Judgment
from tfcore.review.judgment import BEST

if TYPE_CHECKING:
    from gui.desk import Desk

_GROUP = "review"
_NOBODY = Judgment()
_STARRED, _TAG, _NOTED = tr("Starred"), tr("Tag "), tr("With a note")


class Reviewing(QObject):
    """Connects the panel, the keys and the list with what is judged."""

    place = 4

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._keeping = OneJob(desk.engine, "keep_record", self)
        self._keeping.failed.connect(lambda why: desk.jobs.history.add(why, "warning"))
        # Pictures by the parts of the list that what was said of them puts them in: they may be many thousands.
        self._parts: dict[str, dict[str, float]] = {}
        self.panel = ReviewPanel()
        self._dock = desk.docks.add_tab("Review", self.panel)
        self._add_commands()
        self._connect()
        self._take_up()

    @property
    def settled(self) -> bool:
        """No record of a table is awaited."""
        return self._keeping.idle

    # --- putting together ---

    def _add_commands(self) -> None:
        menu, star, several = (
            "&Review",
            tr("Of all that are selected, or of none"),
            tr("The same for all that are selected"),
        )
        ratings = [
            Command(
                menu,
                tr("Rate &{stars} of {best}", stars=stars, best=BEST),
                partial(self.rate, stars),
                f"Alt+{stars}",
                tip=several,
            )
            for stars in range(1, BEST + 1)
        ]
        self._desk.menus.add(
            [
                Command(menu, "&Star", self.star, "S", "mdi6.star-outline", star),
                *ratings,
                Command(menu, "N&o rating", partial(self.rate, 0), "Alt+0", tip=several),
                Command(menu, "&Tag…", self._write_tag, "T", "mdi6.tag-outline", several),
                Command(menu, "&Write a note…", self._write_note, "W", "mdi6.note-edit-outline", several),
                Command(menu, "-"),
                Command(
                    menu,
                    "E&xport judgments…",
                    self.export,
                    "",
                    "mdi6.table-arrow-down",
                    tr("A table (CSV) of all that was judged, with predictions and labels where they are known"),
                ),
            ]
        )

    def _connect(self) -> None:
        desk, panel = self._desk, self.panel
        panel.starred.connect(self.star)
        panel.rated.connect(self.rate)
        panel.tagged.connect(self.tag)
        panel.noted.connect(self.note)
        panel.left.connect(desk.browser.setFocus)
        desk.browser.chosen_changed.connect(self._show)
        desk.sessions.changed.connect(self._take_up)
        desk.shown.offer_badge(self._badge)

    # --- what the user says ---

    def star(self) -> None:
        """Star all that are selected; where all have a star, none."""
        on = not all(one.star for one in self._chosen())
        self._judge(tr("star") if on else tr("take the star of"), lambda one: replace(one, star=on))

    def rate(self, rating: int) -> None:
        """From 1 to 5, or 0 for none."""
        self._judge(
            tr("rate {rating}:", rating=rating) if rating else tr("take the rating of"),
            lambda one: replace(one, rating=rating),
        )

    def tag(self, tag: str, on: bool) -> None:
        """Put a tag on all that are selected, or take it off."""

        def change(one: Judgment) -> Judgment:
            others = tuple(each for each in one.tags if each != tag)
            return one if on and tag in one.tags else replace(one, tags=(*others, tag) if on else others)

        self._judge(tr("tag {tag!r}:", tag=tag) if on else tr("take the tag {tag!r} of", tag=tag), change)

    def note(self, text: str) -> None:
        """Words on all that are selected."""
        self._judge(tr("note on"), lambda one: replace(one, note=text), of="note")

    def export(self) -> None:
        """The table as a file."""
        if (path := ask_file(self._desk, tr("Export judgments"), "judgments.csv", tr("Tables (*.csv)"))) is None:
            return
        say = self._desk.jobs.history.add
        try:
            session = self._desk.sessions.remember()
            say(
                tr(
                    "Exported to {write_judgments}",
                    write_judgments=review.write_judgments(session, path, overwrite=True),
                )
            )
            # As it stands: the table can be made again whatever is judged later.
            kept = path.with_name(f"{path.stem}-judged{SESSION_ENDING}")
            check_free(kept)
            review.write(session, kept)
        except HeatlensError as error:
            say(str(error), "error")
        else:
            asked = {"command": "review", "given": str(kept), "out": str(path)}
            self._keeping.ask(asked, tr("record of {name}", name=path.name))

    def _write_tag(self) -> None:
        self._bring_out()
        self.panel.write_tag()

    def _write_note(self) -> None:
        self._bring_out()
        self.panel.write_note()

    def _bring_out(self) -> None:
        self._dock.show()
        self._dock.raise_()

    # --- what is judged ---

    def _of(self, address: str) -> Judgment:
        return self._desk.session.judgments.get(address, _NOBODY)

    def _chosen(self) -> list[Judgment]:
        return list(map(self._of, self._desk.browser.chosen()))

    def _judge(self, what: str, change: Callable[[Judgment], Judgment], of: str = "") -> None:
        """Another judgment of every selected picture, and a way back."""
        before = {address: self._of(address) for address in self._desk.browser.chosen()}
        after = {address: changed for address, one in before.items() if (changed := change(one)) != one}
        if not after:
            return
        before = {address: before[address] for address in after}
        which = name_of(next(iter(after))) if len(after) == 1 else counted(len(after), "picture")
        self._put(after)
        # A note that is being typed on the same pictures is one thing done.
        same = of and "\n".join((of, *after))
        self._desk.undo.did(Step(f"{what} {which}", partial(self._put, before), partial(self._put, after), of=same))

    def _put(self, changes: Mapping[str, Judgment]) -> None:
        session = self._desk.session
        for address, one in changes.items():
            self._sort(self._of(address), one, address)
        # The one that undo or a copy of the session holds stays as it is.
        session.judgments = {**session.judgments, **changes}
        for address in [each for each, one in changes.items() if not one]:
            del session.judgments[address]
        self._desk.browser.cases.judge(changes)
        self._offer()
        self._show()
        self._desk.remember()

    def _take_up(self) -> None:
        """What the session on show holds."""
        self._parts = {}
        for address, one in self._desk.session.judgments.items():
            self._sort(_NOBODY, one, address)
        self._desk.browser.cases.judge(self._desk.session.judgments, anew=True)
        self._offer()
        self._show()

    # --- what is seen ---

    def _sort(self, before: Judgment, after: Judgment, address: str) -> None:
        for part in _parts(before):
            del self._parts[part][address]
        for part in _parts(after):
            self._parts.setdefault(part, {})[address] = 0.0

    def _offer(self) -> None:
        """Parts of the list by what was said of its pictures."""
        ratings = [_rated(least) for least in range(1, BEST + 2)]
        # Of ratings that nobody has there is no part of its own.
        used = [part for part, next in pairwise(ratings) if self._count(part) > self._count(next)]
        order = [_STARRED, *used, *(_TAG + tag for tag in self._tags()), _NOTED]
        self._desk.browser.cases.offer(_GROUP, {part: self._parts[part] for part in order if self._count(part)})

    def _count(self, part: str) -> int:
        return len(self._parts.get(part, ()))

    def _tags(self) -> list[str]:
        """All that were given, the most frequent first."""
        given = [part for part, pictures in self._parts.items() if pictures and part.startswith(_TAG)]
        return [part.removeprefix(_TAG) for part in sorted(given, key=lambda part: (-self._count(part), part))]

    def _show(self) -> None:
        addresses = self._desk.browser.chosen()
        which = (
            ""
            if not addresses
            else name_of(addresses[0])
            if len(addresses) == 1
            else tr("{n:,} pictures", n=len(addresses))
        )
        self.panel.show_judgments(which, self._chosen(), self._tags())
        self._desk.shown.refresh_badges()

    def _badge(self) -> Badge | None:
        said: Sequence[Judgment] = self._chosen()
        judged = said[0] if len(said) == 1 else self._of(self._desk.explaining.path or "")
        return Badge(judged.signs, "quiet", "\n".join((judged.words, judged.note)).strip()) if judged else None


def _parts(one: Judgment) -> list[str]:
    rated = [_rated(least) for least in range(1, one.rating + 1)]
    return [
        *[_STARRED] * one.star,
        *rated,
        *(_TAG + tag for tag in dict.fromkeys(one.tags)),
        *[_NOTED] * bool(one.note),
    ]


def _rated(least: int) -> str:
    return tr("Rated {least} or better", least=least)
