"""Heatmaps as the reader sees them: colours, scales and figure panels, the same in the window and on paper.

>>> from tfcore.figure import Display, export
>>> export([(heat, picture)], "figure.pdf", Display(opacity=0.6))                          # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfcore.figure.composition import Composition
    from tfcore.figure.display import Display
    from tfcore.figure.panel import Item

__all__ = ["Display", "export"]


def export(
    items: Sequence[Item],
    path: str | Path,
    display: Display | None = None,
    dpi: int = 300,
    columns: Sequence[str] = ("input", "heatmap", "overlay"),
    title: bool = True,
    width_mm: float = 180.0,
    text_size: float = 7.0,
    layout: str = "rows",
    also: Sequence[str | Path] = (),
    overwrite: bool = False,
    keep_identity: bool = False,
    composition: Composition | Mapping[str, Any] | None = None,
) -> Path:
    """The path of the figure panel written from (heat, picture) rows, with its provenance beside it as .json.

    ``layout="grid"`` puts methods down and layers (or models) across instead of one row per heatmap, ``"strip"`` one
    after the other with their layers below them, as film runs (002, figures 5 and 11), ``"planes"`` the three planes of
    a volume beside each other. The ending of the name chooses PNG, TIFF, PDF, SVG or DICOM (a Secondary Capture, of the
    patient of its picture only with ``keep_identity``). ``also`` names further files of the same panel (or an .npz of
    its maps). Files that Heatlens did not write are replaced only with ``overwrite``.

    A ``composition`` lays the figure out in place of ``layout``, ``columns`` and ``title``: rows and columns of cells
    of any kind, with titles of their own; rows that do not fit on its page go on others.
    """
    # matplotlib takes a second to import; the catalogue and the window do without it.
    from tfcore.figure.display import Display
    from tfcore.figure.page import page_again
    from tfcore.figure.panel import panel
    from tfcore.figure.provenance import save_with_provenance
    from tfcore.figure.save import WITH_RECORD, check_suffix
    from tfcore.figure.style import drawing

    # A name that cannot be written is said before the drawing, not after it.
    check_suffix(Path(path), WITH_RECORD)
    display = display or Display()
    settings: dict[str, Any] = {
        "columns": list(columns),
        "title": title,
        "width_mm": width_mm,
        "text_size": text_size,
        "layout": layout,
    }
    how = (path, items, display, dpi, also, overwrite, keep_identity)
    if composition is None:
        with drawing(), page_again() as page:
            figure = panel(items, display, columns, title, width_mm, text_size, layout=layout, page=page)
            return save_with_provenance([figure], *how, **settings)
    from tfcore.figure.composed import Composed
    from tfcore.figure.composition import Composition

    made = composition if isinstance(composition, Composition) else Composition.of(composition)
    settings = {"width_mm": width_mm, "text_size": text_size, "composition": made.as_dict()}
    with drawing(), ExitStack() as pages:
        composed = Composed(items, made, display, width_mm, text_size)
        figures = [composed.draw(pages.enter_context(page_again()), number) for number, _ in enumerate(composed.pages)]
        return save_with_provenance(figures, *how, **settings)


def __getattr__(name: str) -> Any:
    # Whoever wants one of the files here need not wait for arrays.
    if name == "Display":
        from tfcore.figure.display import Display

        return Display
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
