"""The bell and the events: Redis only says that there is work or that something changed."""

from scribe.queue.announcer import RedisAnnouncer
from scribe.queue.bell import Bell, QueueName, Ring
from scribe.queue.events import AccessChanged, EventFeed, MeetingChanged, MeetingDeleted, StoredEvent

__all__ = [
    "AccessChanged",
    "Bell",
    "EventFeed",
    "MeetingChanged",
    "MeetingDeleted",
    "QueueName",
    "RedisAnnouncer",
    "Ring",
    "StoredEvent",
]
