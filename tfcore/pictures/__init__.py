"""Pictures from files: found, read whole, and shown at the grey levels a network is fed with."""

from __future__ import annotations

from tfcore.pictures.address import Address
from tfcore.pictures.find import find, is_picture
from tfcore.pictures.picture import Picture
from tfcore.pictures.read import read
from tfcore.pictures.thumbnail import thumbnail
from tfcore.pictures.volumes import volume
from tfcore.pictures.voxels import Volume

__all__ = ["Address", "Picture", "Volume", "find", "is_picture", "read", "thumbnail", "volume"]
