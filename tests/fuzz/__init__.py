"""Generators of odd inputs, and what must hold for whatever they draw."""
