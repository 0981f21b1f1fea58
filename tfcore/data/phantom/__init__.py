"""Phantom brain slices with known lesions: pictures whose right answer, and whose right place to look, is known."""

from __future__ import annotations

from tfcore.data.phantom.brain import Brain, brain, write_brains
from tfcore.data.phantom.folder import MASKS, write
from tfcore.data.phantom.picture import CLASSES, Phantom, phantom

__all__ = ["CLASSES", "MASKS", "Brain", "Phantom", "brain", "phantom", "write", "write_brains"]
