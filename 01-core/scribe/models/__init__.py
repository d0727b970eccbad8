"""The models that engines load: which there are, where they lie, whether they are whole."""

from scribe.models.capabilities import Capabilities
from scribe.models.installed import BrokenModel, InstalledModel
from scribe.models.manifest import FileRecord, Manifest
from scribe.models.store import ModelStore

__all__ = ["BrokenModel", "Capabilities", "FileRecord", "InstalledModel", "Manifest", "ModelStore"]
