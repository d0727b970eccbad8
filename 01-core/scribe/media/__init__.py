"""Recordings of strangers: what they are, and what the product makes of them.

Import from the modules: the child process that parses a stranger's file passes through here at every
start, and must not pay for what only its parent needs.
"""
