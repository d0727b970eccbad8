"""Who calls: a person who signed in, a key of a project, or another service of this instance."""

import uuid
from dataclasses import dataclass

from scribe.db.models import ApiKey, Scope, User, UserRole


@dataclass(frozen=True)
class Person:
    """Somebody who signed in, and in which session."""

    user: User
    family_id: uuid.UUID

    @property
    def is_admin(self) -> bool:
        """Whether the person administers the instance."""
        return self.user.role == UserRole.ADMIN

    @property
    def acts_for(self) -> uuid.UUID | None:
        """The account on whose behalf things are done."""
        return self.user.id

    @property
    def label(self) -> str:
        """What people recognise the caller by."""
        return self.user.email


@dataclass(frozen=True)
class KeyHolder:
    """A program with a key of a project."""

    key: ApiKey

    @property
    def acts_for(self) -> uuid.UUID | None:
        """The account on whose behalf things are done: who made the key."""
        return self.key.created_by

    @property
    def label(self) -> str:
        """What people recognise the caller by."""
        return f"key {self.key.prefix} ({self.key.name})"

    @property
    def scopes(self) -> frozenset[Scope]:
        """What the key may do in its project."""
        return frozenset(Scope(scope) for scope in self.key.scopes)


@dataclass(frozen=True)
class Service:
    """Another service of this instance, by the internal key: every project's meetings, no accounts."""

    @property
    def acts_for(self) -> uuid.UUID | None:
        """Nobody."""
        return None

    @property
    def label(self) -> str:
        """What people recognise the caller by."""
        return "internal service"


Principal = Person | KeyHolder | Service
