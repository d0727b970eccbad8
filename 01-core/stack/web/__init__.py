"""The web app from its sources: Node.js, the packages that its lock file pins, the build that is served."""
