"""Benchmarks are run by hand, long after the names they use have moved: each must at least begin."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from tests import benchmarks


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(benchmarks.__path__)])
def test_a_benchmark_finds_what_it_uses(name: str) -> None:
    importlib.import_module(f"tests.benchmarks.{name}")
