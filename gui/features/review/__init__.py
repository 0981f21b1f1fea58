"""Stars, ratings, tags and notes on pictures."""

from gui.features.review.feature import Reviewing as FEATURE

__all__ = ["FEATURE"]
