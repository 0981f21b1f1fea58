"""The menus, from tables of commands; Help lists their shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from gui import theme
from gui.texts import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow

# The modes of the canvas, as the menu has them.
_MODES = {"overlay": tr("&Overlay"), "side by side": tr("&Side by side"), "grid": tr("&Grid"), "planes": tr("&Planes")}


@dataclass(frozen=True)
class Command:
    """One thing the user can do. ``menu`` is where it stands, ``"&View ▸ &Zoom"`` in a menu of that menu; a text of
    ``"-"`` draws a line. Both are also what it is known by, so they are put into the language of the window when shown.
    """

    menu: str
    text: str
    run: Callable[[], object] | None = None
    shortcut: str = ""
    icon: str = ""
    tip: str = ""
    name: str = ""
    # Of the commands of a group one is ticked.
    group: str = ""


class Menus:
    """Every command of the window, as a menu entry and by its name."""

    def __init__(self, bar: QMenuBar, parent: QWidget) -> None:
        self._bar, self._parent = bar, parent
        self._menus: dict[str, QMenu] = {}
        self._groups: dict[str, QActionGroup] = {}
        self.commands: list[Command] = []
        self.actions: dict[str, QAction] = {}

    def add(self, commands: Iterable[Command]) -> None:
        """Entries behind those that are there."""
        for command in commands:
            self.commands.append(command)
            menu = self.menu(command.menu)
            if command.text == "-":
                menu.addSeparator()
            else:
                self.actions[command.name or command.text] = self._entry(command)
            self._quit_last(menu)

    def menu(self, title: str) -> QMenu:
        """The menu of that title, made when it is first named."""
        if title not in self._menus:
            outer, _, inner = title.rpartition(" ▸ ")
            menu = self._menus[title] = (self.menu(outer) if outer else self._bar).addMenu(tr(inner))
            menu.setToolTipsVisible(True)
            if outer:
                self._quit_last(self._menus[outer])
            elif last := self._menus.get("&Help"):
                # Help stays where people look for it: at the end.
                self._bar.insertMenu(last.menuAction(), menu)
        return self._menus[title]

    def _quit_last(self, menu: QMenu) -> None:
        """It stays where people look for it: at the end, behind its line."""
        if (last := self.actions.get("&Quit")) in menu.actions()[:-1]:
            line = menu.actions()[menu.actions().index(last) - 1]
            menu.insertAction(line, menu.actions()[-1])

    def each(self, menu: QMenuBar | QMenu | None = None, title: str = "") -> Iterator[tuple[str, QAction]]:
        """All entries that do something, in their order, with the menu that each stands in."""
        menus = {one.menuAction(): one for one in self._bar.findChildren(QMenu)}
        for action in (menu or self._bar).actions():
            name = action.text().replace("&", "")
            if (inner := menus.get(action)) is not None:
                # What was opened lately is filled in when it is looked at.
                inner.aboutToShow.emit()
                yield from self.each(inner, f"{title} ▸ {name}" if title else name)
            elif not action.isSeparator():
                yield title, action

    def _entry(self, command: Command) -> QAction:
        action = QAction(tr(command.text), self._parent)
        if command.icon:
            action.setIcon(theme.icon(command.icon))
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        if command.tip:
            action.setToolTip(command.tip)
            action.setStatusTip(command.tip)
        if command.group:
            action.setCheckable(True)
            self._groups.setdefault(command.group, QActionGroup(self._parent)).addAction(action)
        if (run := command.run) is not None:
            action.triggered.connect(lambda _checked=False: run())
        self.menu(command.menu).addAction(action)
        return action


def of_window(window: MainWindow) -> list[Command]:
    """What can be done without any feature."""
    canvas, figures, method, acts = window.canvas, window.figures, window.method, window.browser.acts
    demo, now = tr("Phantom slices and their network"), tr("Compute, or try again what failed")
    drawing = tr("A phantom brain, and a network that draws the parts of its tumour")
    alone = tr("The picture with its heat, without words, colour bar, marks and regions")
    one = tr("One screen pixel for each of the picture")
    every = tr("All that the filter shows; what is done with selected pictures is then done with all of them")
    work = tr("What is open, judged, asked and set, as it was left (.heatlens)")
    kept = tr("In a file of its own, where it is then saved within two seconds of every change")
    empty = tr("An empty list without judgments; the model and the method stay")
    return [
        Command("&File", "&Open pictures…", window.arrivals.choose_pictures, "Ctrl+O", "mdi6.image-plus-outline"),
        Command("&File", "Open &folder…", window.arrivals.choose_folder, "Ctrl+Shift+O", "mdi6.folder-open-outline"),
        Command("&File", "Open &model…", window.arrivals.choose_model, "Ctrl+M", "mdi6.graph-outline"),
        Command("&File", "Open &demo", window.open_demo, "", "mdi6.school-outline", demo),
        Command("&File", "Demo: &segmentation", partial(window.open_demo, "demo-segmentation"), tip=drawing),
        Command("&File", "-"),
        Command("&File", "Open sessio&n…", window.sessions.choose, "Ctrl+Alt+O", "mdi6.briefcase-outline", work),
        Command("&File", "S&ave session", window.sessions.save_now, "Ctrl+S", "mdi6.content-save-outline", kept),
        Command("&File", "Save sess&ion as…", window.sessions.save_as, "Ctrl+Shift+S", "", kept),
        Command("&File", "Ne&w session", window.sessions.new, "", "mdi6.briefcase-plus-outline", empty),
        Command("&File", "-"),
        Command("&File", "&Export panel…", figures.export, "Ctrl+E", "mdi6.image-move", name="export"),
        Command("&File", "-"),
        Command("&File", "&Quit", window.close, "Ctrl+Q", "mdi6.exit-to-app"),
        Command("&Edit", "&Undo", None, "Ctrl+Z", "mdi6.undo", tr("Take back what was done last"), name="undo"),
        Command("&Edit", "&Redo", None, "Ctrl+Shift+Z", "mdi6.redo", tr("Do again what was taken back"), name="redo"),
        Command("&Edit", "&Copy panel", figures.copy, "Ctrl+Shift+C", "mdi6.content-copy", name="copy"),
        Command("&Edit", "Copy p&icture", figures.copy_bare, "Ctrl+Alt+C", "mdi6.image-outline", alone, "copy bare"),
        Command("&Edit", "Edit model c&ard…", window.model_panel.edit_card, "", "mdi6.card-text-outline"),
        Command("&Edit", "&Find pictures", window.browser.search, "Ctrl+F", "mdi6.magnify", tr("Type into the filter")),
        Command("&Edit", "Select all &pictures", acts.select_all, "Ctrl+A", "mdi6.select-all", every),
        Command("&Edit", "Copy addr&esses of selected", acts.copy, "", "", tr("One a line, for a list or a table")),
        Command("&Edit", "Clear &list", window.clear, "", "mdi6.playlist-remove", tr("Take all pictures off the list")),
        *(
            Command(
                "&View",
                text,
                partial(canvas.set_mode, mode),
                f"Ctrl+{key}",
                name=mode,
                group="mode",
            )
            for key, (mode, text) in enumerate(_MODES.items(), start=1)
        ),
        Command("&View ▸ &Zoom", "&Fit to window", canvas.fit, "Ctrl+0", "mdi6.fit-to-screen-outline", name="fit"),
        Command("&View ▸ &Zoom", "&Actual size", canvas.actual_size, "", "", one, name="1:1"),
        Command("&View ▸ &Zoom", "Zoom &in", partial(canvas.zoom, 1.25), "+", "mdi6.magnify-plus-outline"),
        Command("&View ▸ &Zoom", "Zoom o&ut", partial(canvas.zoom, 0.8), "-", "mdi6.magnify-minus-outline"),
        Command("&View", "-"),
        Command("E&xplain", "&Explain now", method.run, "", "mdi6.play-outline", now),
        Command(
            "E&xplain", "Explain &second guess", window.explain_second, "Ctrl+G", "", tr("Ask about the runner-up")
        ),
        Command("E&xplain", "Explain &predicted class", partial(method.set_target, None), "Ctrl+P"),
        Command("&Help", "&Shortcuts", window.show_shortcuts, "F1", "mdi6.keyboard-outline"),
        Command("&Help", "&Restart engine", window.engine.restart, "", "mdi6.restart", tr("Start TensorFlow again")),
        Command("&Help", "-"),
        Command("&Help", "&About Heatlens", window.show_about),
    ]
