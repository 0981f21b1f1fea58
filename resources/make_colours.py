"""Write colours.npz: the colour tables as 256 RGB rows each, so that the window need not import matplotlib for them.

python -m resources.make_colours
"""

from __future__ import annotations

import numpy as np

import resources

# Perceptually even maps for heat, one neutral, one diverging for signed maps (blue below, red above, white at zero),
# one that goes with lines of any colour.
SOURCES = {
    "viridis": "viridis",
    "magma": "magma",
    "inferno": "inferno",
    "cividis": "cividis",
    "grey": "gray",
    "diverging": "bwr",
    "red": "Reds",
}


def main() -> None:
    """Sample every map and write the file."""
    from matplotlib import colormaps

    steps = np.linspace(0, 1, 256)
    tables = {name: np.rint(255 * colormaps[source](steps)[:, :3]).astype(np.uint8) for name, source in SOURCES.items()}
    np.savez_compressed(resources.path("colours.npz"), **tables)


if __name__ == "__main__":
    main()
