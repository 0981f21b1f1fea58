"""Modules that are imported at their first use, so that catalogues and ``--help`` never wait for TensorFlow."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any


class LazyModule(ModuleType):
    """Stands for a module until one of its names is asked for.

    >>> tf = LazyModule("tensorflow")      # nothing imported yet
    >>> tf.constant(1.0)                   # now it is                                      # doctest: +SKIP
    """

    def __getattr__(self, name: str) -> Any:
        module = importlib.import_module(self.__name__)
        return getattr(module, name)


class CallableModule(ModuleType):
    """A package that can be called like the function it is named after: ``tfcore.explain(...)``.

    A package and a function of one name would otherwise hide each other, depending on what was imported first. The
    package sets ``sys.modules[__name__].__class__ = CallableModule``.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return getattr(self, self.__name__.rpartition(".")[2])(*args, **kwargs)
