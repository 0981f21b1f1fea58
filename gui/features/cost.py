"""What a method that only asks will cost, said above its form before it runs, in seconds of this machine."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject

from gui.desk import Desk
from gui.state import Questions
from gui.texts import tr
from tfcore.engine.protocol import Job
from tfcore.registry import find


class Cost(QObject):
    """Has a pass measured once for a model; other settings, and the cost is reckoned anew."""

    place = 9

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._answers = Questions(desk.engine, self)
        self._answers.ended.connect(lambda _: self._refresh())
        for changed in (desk.method.changed, desk.explaining.picture_shown, desk.opening.opened):
            changed.connect(lambda *_: self._refresh())

    @property
    def settled(self) -> bool:
        return self._answers.idle

    def _refresh(self) -> None:
        model, picture, request = self._desk.opening.now, self._desk.explaining.picture, self._desk.method.request()
        if model is None or picture is None or not request.method or find("method", request.method).passes is None:
            return
        # Pictures of a model are of one size, or each has its own.
        of = str(picture.path) if None in model.info.input_shape else ""
        question: Hashable = (model.key, of, request.method, repr(sorted(request.params.items())))
        if question in self._answers:
            if (found := self._answers.get(question)) is not None:
                self._desk.method.show_cost(*found)
        elif not self._answers.problem(question):
            self._answers.withdraw(but=question)
            asked = model.asked(picture=str(picture.path), method=request.method, params=request.params)
            # After what is looked at.
            self._answers.ask(
                question, Job("asking_cost", asked, title=tr("cost of {method}", method=request.method), priority=-1)
            )


FEATURE = Cost
