"""Inside the network: what its filters stand for, and what they would like to see most."""

from gui.features.inside.feature import Inside as FEATURE

__all__ = ["FEATURE"]
