"""pyqtgraph with the options this window relies on; import it from here, never directly."""

from __future__ import annotations

import pyqtgraph as pg

# Arrays are (rows, columns), as everywhere else in the program.
pg.setConfigOptions(imageAxisOrder="row-major", antialias=True)

__all__ = ["pg"]
