"""How a network learns, epoch by epoch: loss and accuracy (or Dice) of both sides, recall (or Dice) of every class."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtWidgets import QGridLayout, QWidget

from gui.features.train.plot import OTHERS, TRAIN, VAL, Plot
from gui.texts import tr

Row = Mapping[str, Any]
# More classes than this are a tangle; their mean is shown then.
MOST_CLASSES = len(OTHERS)


class _Drawn(NamedTuple):
    """What is drawn beside the loss: the figure of a step, the mean over the classes and what each class is called."""

    figure: str
    title: str
    mean: str
    each: str
    classes: str


_CLASSES = _Drawn("accuracy", tr("Accuracy"), "val_mean-recall", "val_recall ", tr("Validation recall"))
_PIXELS = _Drawn("dice", tr("Dice"), "val_dice", "val_dice ", tr("Validation Dice"))


class Curves(QWidget):
    """Three plots that grow by a row of the history at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._by = "loss"
        self._mean_of: Collection[str] = ()
        self.loss, self.accuracy = Plot(tr("Loss"), share=False), Plot(_CLASSES.title, share=True)
        self.recall = Plot(_CLASSES.classes, share=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setRowStretch(1, 1)
        for column, plot in enumerate((self.loss, self.accuracy, self.recall)):
            # One row of headings, so that the plots beside each other are equally high.
            grid.addWidget(plot.heading, 0, column)
            grid.addWidget(plot, 1, column)
            grid.setColumnStretch(column, 1)

    def begin(self, rows: Iterable[Row], by: str, mean_of: Collection[str] = ()) -> None:
        """Start with the epochs there are; ``by`` is the validation figure that makes one the best.

        ``mean_of`` names the classes that the mean recall counts, where not all do.
        """
        self._rows, self._by, self._mean_of = list(rows), by, mean_of
        self._draw()

    def count_in(self, mean_of: Collection[str]) -> None:
        """These classes are what the mean recall counts."""
        self._mean_of = mean_of
        self._draw()

    def add(self, row: Row) -> None:
        self._rows.append(row)
        self._draw()

    def epochs(self) -> int:
        return len(self._rows)

    def best(self) -> int | None:
        """The epoch whose network is kept: the best by the figure, of equal ones the one with the lower loss."""
        best = max(self._rows, key=self._merit, default=None)
        return None if best is None else int(best["epoch"])

    def _merit(self, row: Row) -> tuple[float, float]:
        figure = row[f"val_{self._by}"]
        return (-figure if self._by == "loss" else figure), -row["val_loss"]

    def _draw(self) -> None:
        best, epochs = self.best(), self._values("epoch")
        drawn = _PIXELS if self._rows and _PIXELS.figure in self._rows[0] else _CLASSES
        self.accuracy.rename(drawn.title)
        self.recall.rename(drawn.classes)
        for plot, name in ((self.loss, "loss"), (self.accuracy, drawn.figure)):
            both = {tr("train"): (TRAIN, self._values(name)), tr("validation"): (VAL, self._values(f"val_{name}"))}
            plot.show_curves(both, epochs, best, read=tuple(both))
        names = [name for name in (self._rows[0] if self._rows else ()) if name.startswith(drawn.each)]
        each = {
            name.removeprefix(drawn.each): (tone, self._values(name))
            for name, tone in zip(names, OTHERS, strict=False)
            if len(names) <= MOST_CLASSES
        }
        name = self._mean_name([name.removeprefix(drawn.each) for name in names])
        mean = {name: (VAL, self._values(drawn.mean))}
        self.recall.show_curves({**mean, **each}, epochs, best, read=(name,))

    def _mean_name(self, classes: Sequence[str]) -> str:
        left_out = [name for name in classes if name not in self._mean_of] if self._mean_of else []
        if not left_out:
            return tr("mean")
        return (
            tr("mean without {left_out}", left_out=left_out[0])
            if len(left_out) == 1
            else tr("mean of {mean_of}", mean_of=", ".join(self._mean_of))
        )

    def _values(self, name: str) -> list[Any]:
        return [row[name] for row in self._rows]
