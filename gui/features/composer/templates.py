"""The figures of papers as a menu: filled from what is open, greyed with the reason where something is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QToolButton

from gui.browser.workers import folders_among
from gui.pieces import named, tool
from gui.texts import tr
from tfcore.figure.templates import TEMPLATES, Material, Template

if TYPE_CHECKING:
    from gui.desk import Desk

# A figure of more rows is made of the selected pictures by hand.
_MOST_PICTURES = 8
_MOST_MODELS, _MOST_TOGETHER = 4, 10


def button_of(
    desk: Desk, make: Callable[[dict[str, Any], str, bool], None], by_job: Callable[[Template, Material], None]
) -> QToolButton:
    """A button with all templates; ``make`` gets the recipe of the one that is picked, what it is called, and whether
    its models may run code of their own, ``by_job`` one that shows no heatmaps.
    """
    tip = tr("Figures as papers have them, filled from what is open")
    made = tool(tip, icon="mdi6.file-table-outline", text=tr("Template"), flat=False)
    menu = named(QMenu(made, toolTipsVisible=True), tr("templates"), "")
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def pick(template: Template, material: Material) -> None:
        if template.job:
            by_job(template, material)
        else:
            recipe = template.recipe(material) | {"display": asdict(desk.canvas.display())}
            trusted = all(desk.opening.known[model].trusted for model in material.models)
            make(recipe, template.title, trusted)

    def fill() -> None:
        menu.clear()
        material = material_of(desk)
        for each in TEMPLATES:
            missing = each.missing(material)
            action = menu.addAction(f"{each.title}: {missing}" if missing else each.title)
            action.setEnabled(not missing)
            action.setToolTip(
                tr("As in {papers}", papers=each.papers) if each.papers else tr("Of the models that are asked as one")
            )
            action.triggered.connect(lambda _=False, each=each: pick(each, material))

    menu.aboutToShow.connect(fill)
    return made


def material_of(desk: Desk) -> Material:
    """What is open now: the selected pictures or the one on show, the models, last used first, what is compared."""
    info, browser, subject = desk.opening.info, desk.browser, desk.figures.subject()
    heats = [heat for heat, _ in subject.items] if subject is not None and subject.layout == "grid" else []
    selected, now = browser.selected(), desk.explaining.picture
    pictures = selected if len(selected) > 1 else [str(now.path)] if now is not None else []
    models = [] if info is None else [info.source, *reversed(desk.opening.known)]
    request = desk.method.request()
    return Material(
        tuple(map(str, pictures[:_MOST_PICTURES])),
        tuple(dict.fromkeys(models))[:_MOST_MODELS],
        tuple(sorted({layer.stage for layer in info.layers if layer.stage})) if info is not None else (),
        request.layer or "",
        request.method,
        tuple(dict.fromkeys(heat.method for heat in heats)),
        tuple(source for source, _ in desk.opening.together()[:_MOST_TOGETHER]),
        info is not None and info.task == "segmentation",
        request.target,
        (folders_among(desk.session.opened) or [""])[-1],
    )
