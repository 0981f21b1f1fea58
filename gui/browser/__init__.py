"""The list of pictures beside the canvas."""

from __future__ import annotations

from gui.browser.browser import Browser

__all__ = ["Browser"]
