"""What would the network have to see to say something else: the nearest training picture of another class."""

from gui.features.neighbour.feature import Neighbouring as FEATURE

__all__ = ["FEATURE"]
