"""Modules that are imported at their first use, so that catalogues and ``--help`` never wait for TensorFlow."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING, Any


class LazyModule(ModuleType):
    """Stands for a module until one of its names is asked for.

    >>> from tfcore.lazy import tf         # nothing imported yet
    >>> tf.constant(1.0)                   # now it is                                      # doctest: +SKIP
    """

    def __getattr__(self, name: str) -> Any:
        # Looked up in loops: the way through the import system takes longer than many a call.
        if (module := self.__dict__.get("module")) is None:
            module = self.__dict__["module"] = importlib.import_module(self.__name__)
        return getattr(module, name)


if TYPE_CHECKING:
    import h5py as h5py
    import keras as keras
    import tensorflow as tf
    from keras import tree as tree

    # Without types of their own, or with ones that say too little.
    cv2: Any
    nibabel: Any
    safetensors: Any
else:
    cv2 = LazyModule("cv2")
    h5py = LazyModule("h5py")
    keras = LazyModule("keras")
    nibabel = LazyModule("nibabel")
    safetensors = LazyModule("safetensors")
    tf = LazyModule("tensorflow")
    tree = LazyModule("keras.tree")


class CallableModule(ModuleType):
    """A package that can be called like the function it is named after: ``tfcore.explain(...)``.

    A package and a function of one name would otherwise hide each other, depending on what was imported first: the
    import of ``tfcore.explain.many`` puts the package where the function was. Nothing plainer keeps both
    ``tfcore.explain(…)`` and ``tfcore.explain.many``: only the type of an object can make it callable. The package
    sets ``sys.modules[__name__].__class__ = CallableModule``.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return getattr(self, self.__name__.rpartition(".")[2])(*args, **kwargs)
