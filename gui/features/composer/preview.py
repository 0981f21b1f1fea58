"""The figure drawn as it is made: away from the window's thread, and only what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from gui.canvas.painting import qimage
from gui.export.drawing import Drawing
from gui.features.composer.draft import Draft, Place
from gui.features.composer.page import Page
from gui.texts import tr
from tfcore.figure.composed import Composed, Spot

if TYPE_CHECKING:
    from tfcore.figure.redrawn import Redrawn

# Pictures on the screen need no more pixels on a side.
_LONGEST = 768
_SOON_MS = 30
MM_PER_INCH = 25.4


class Drawn(NamedTuple):
    image: QImage
    scale: float
    pages: int
    spots: Mapping[Place, Spot]
    height_mm: float


class Preview(QObject):
    """Draws soon after every change; what changes while it draws is drawn next."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._draft, self._paper = Draft(), page
        # Touched by the drawing thread alone.
        self._redrawn: Redrawn | None = None
        self._drawing: Drawing | None = None
        self._number = 0
        # Something changed while it was drawn.
        self._again = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._draw)
        page.number.valueChanged.connect(self._turn)
        page.resized.connect(self._soon.start)

    @property
    def settled(self) -> bool:
        return self._drawing is None and not self._soon.isActive()

    def show(self, draft: Draft) -> None:
        self._draft = draft
        self._soon.start()

    def _draw(self) -> None:
        if self._drawing is not None:
            # The one on its way is looked at first.
            self._again = True
            return
        draft = self._draft
        if draft.empty:
            self._number = 0
            self._paper.show_pages(0, 1)
            self._paper.sheet.show_sentence()
            self._paper.caption.clear()
            return
        self._paper.sheet.show_waiting()
        ratio = self._paper.devicePixelRatioF()
        width, page = round(self._paper.drawn_width(draft.width_mm) * ratio), self._number

        def work() -> Drawn:
            from tfcore.figure.redrawn import Redrawn

            self._redrawn = self._redrawn or Redrawn()
            composed = composed_of(draft, before=self._redrawn.last)
            number = min(page, len(composed.pages) - 1)
            image = qimage(self._redrawn.image(composed, number, width))
            # As screens have it: painted again and again, it is converted once.
            image.convertTo(
                QImage.Format.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else QImage.Format.Format_RGB32
            )
            image.setDevicePixelRatio(ratio)
            spots = {place: composed.picture(place) for place in composed.spots}
            scale = width / draft.width_mm / ratio
            return Drawn(image, scale, len(composed.pages), spots, composed.height(number))

        def done(drawn: Drawn) -> None:
            self._drawing = None
            self._number = min(page, drawn.pages - 1)
            self._paper.show_pages(self._number, drawn.pages)
            self._paper.sheet.names = any(draft.made.rows), any(draft.made.columns)
            self._paper.sheet.show_page(drawn.image, drawn.scale, self._number, drawn.spots)
            # As whoever writes the file counts them.
            size = [int(side / MM_PER_INCH * draft.dpi) for side in (draft.width_mm, drawn.height_mm)]
            paper = f"{draft.width_mm:g} × {drawn.height_mm:.0f} mm"
            self._paper.caption.setText(
                tr(
                    "{paper} · {width} × {height} pixels at {dpi} dpi",
                    paper=paper,
                    width=size[0],
                    height=size[1],
                    dpi=draft.dpi,
                )
            )
            self._go_on()

        def failed(sentence: str) -> None:
            self._drawing = None
            self._paper.sheet.show_sentence(sentence)
            self._paper.caption.setText(sentence)
            self._go_on()

        self._drawing = Drawing(work, done, failed, self)

    def _go_on(self) -> None:
        if self._again:
            self._again = False
            self._soon.start()

    def _turn(self, number: int) -> None:
        if number - 1 != self._number:
            self._number = number - 1
            self._soon.start()


def composed_of(draft: Draft, longest: int = _LONGEST, before: Composed | None = None) -> Composed:
    """The figure, measured."""
    return Composed(draft.items, draft.made, draft.display, draft.width_mm, draft.text_size, longest, before)
