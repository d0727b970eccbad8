"""Recordings sent so that nothing that arrived has to be sent again: tus 1.0.0."""
