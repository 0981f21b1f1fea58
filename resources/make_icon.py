"""Write icon.svg, the icon of the program: a slice seen through a lens of heat.

python -m resources.make_icon
"""

from __future__ import annotations

import numpy as np

import resources

SIZE = 64


def main() -> None:
    """Heat in the colours of the window, from the middle of the spot to where it ends."""
    with np.load(resources.path("colours.npz")) as tables:
        inferno = tables["inferno"]
    stops = "".join(
        f'<stop offset="{1 - heat:.2f}" stop-color="rgb({r},{g},{b})" stop-opacity="{min(1, 2 * heat):.2f}"/>'
        for heat in (1.0, 0.8, 0.6, 0.4, 0.2, 0.0)
        for r, g, b in (inferno[round(240 * heat)].tolist(),)
    )
    drawing = f"""<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}">
<defs><radialGradient id="heat" gradientUnits="userSpaceOnUse" cx="38" cy="25" r="15">{stops}</radialGradient></defs>
<rect width="64" height="64" rx="13" fill="#202020"/>
<ellipse cx="32" cy="32" rx="21" ry="26" fill="#6e6e6e" stroke="#e6e6e6" stroke-width="3.5"/>
<path d="M32 10 V54" stroke="#454545" stroke-width="2.5"/>
<circle cx="38" cy="25" r="15" fill="url(#heat)"/>
</svg>
"""
    resources.path("icon.svg").write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main()
