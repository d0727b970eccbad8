"""Bring a bare clone to an installed one with nothing but a Python's standard library."""
