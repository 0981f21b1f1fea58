"""Modules that are imported at their first use, so that catalogues and ``--help`` never wait for TensorFlow."""

from __future__ import annotations

import gc
import importlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

# Keras looks for these when it is imported, which takes as long as the rest of it, for what nobody here asks it: data
# frames, wrappers for scikit-learn, galleries. It goes on without one that is not there.
_LOOKED_FOR = {"matplotlib", "pandas", "scipy", "sklearn"}


class _NotThere(MetaPathFinder):
    """Tells the thread that made it that these are missing; others find them."""

    def __init__(self) -> None:
        self._of = threading.get_ident()

    def find_spec(self, name: str, *_: Any) -> None:
        if name in _LOOKED_FOR and threading.get_ident() == self._of:
            raise ModuleNotFoundError(f"No module named {name!r} while TensorFlow is imported", name=name)


def imported(name: str) -> ModuleType:
    """The module, and TensorFlow without what it only looks for."""
    if name.partition(".")[0] not in ("tensorflow", "keras") or "tensorflow" in sys.modules:
        return importlib.import_module(name)
    finder = _NotThere()
    sys.meta_path.insert(0, finder)
    try:
        with kept_to_the_end():
            return importlib.import_module(name)
    finally:
        sys.meta_path.remove(finder)


@contextmanager
def kept_to_the_end() -> Iterator[None]:
    """What is made meanwhile stays: it is not looked through for garbage, neither now nor later nor when all ends.

    Of hundreds of thousands of objects, as of a large import, that takes a sixth of its time, and most of a second at
    the end of the process.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()


class LazyModule(ModuleType):
    """Stands for a module until one of its names is asked for.

    >>> from tfcore.lazy import tf         # nothing imported yet
    >>> tf.constant(1.0)                   # now it is                                      # doctest: +SKIP
    """

    def __getattr__(self, name: str) -> Any:
        # Looked up in loops: the way through the import system takes longer than many a call.
        if (module := self.__dict__.get("module")) is None:
            module = self.__dict__["module"] = imported(self.__name__)
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


_putting_in = threading.Lock()


class _PutOff(LazyModule):
    """Stands where imports look for the module, and gives way to it."""

    def __getattr__(self, name: str) -> Any:
        with _putting_in:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        # Who holds this one finds in it what was asked for once, as fast as in the module.
        value = self.__dict__[name] = super().__getattr__(name)
        return value


def put_off(name: str) -> None:
    """From now on whoever imports this module waits for it when it is first used, or when :func:`bring` is called."""
    if name not in sys.modules:
        sys.modules[name] = _PutOff(name)


def bring(name: str) -> None:
    """Load what was put off, in this thread."""
    getattr(sys.modules[name], "__path__", None)


class CallableModule(ModuleType):
    """A package that can be called like the function it is named after: ``tfcore.explain(...)``.

    A package and a function of one name would otherwise hide each other, depending on what was imported first: the
    import of ``tfcore.explain.many`` puts the package where the function was. Nothing plainer keeps both
    ``tfcore.explain(…)`` and ``tfcore.explain.many``: only the type of an object can make it callable. The package
    sets ``sys.modules[__name__].__class__ = CallableModule``.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return getattr(self, self.__name__.rpartition(".")[2])(*args, **kwargs)
