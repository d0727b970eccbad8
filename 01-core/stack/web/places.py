"""Where the web app's sources, packages and builds lie."""

from scribe.settings import REPOSITORY

FRONTEND = REPOSITORY / "03-interface" / "frontend"
SERVER = FRONTEND / "server" / "main.mjs"
NODE_MODULES = FRONTEND / "node_modules"
SERVED = FRONTEND / ".build"
DRAFT = FRONTEND / ".build-draft"
"""What is being built; it takes the place of what is served when it is whole."""
STAMP = "scribe-stamp"
"""A file in the packages and in a build: a digest of what they were made from, written last."""
