"""`list`, `show` and `delete`."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import typer

from scribe_client.answers import Meeting
from scribe_client.cli.destination import project_id
from scribe_client.cli.login import AsJson
from scribe_client.cli.signed_in import signed_in
from scribe_client.cli.terminal import clock, print_json, print_table, results, say
from scribe_client.client import Wanted

MeetingId = Annotated[UUID, typer.Argument(help="The meeting's id, as `scribe list` shows it.", metavar="ID")]


class Status(StrEnum):
    """How far a meeting can be."""

    UPLOADING = "uploading"
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


def list_meetings(
    status: Annotated[list[Status] | None, typer.Option(help="Only these; repeatable.")] = None,
    project: Annotated[str | None, typer.Option(help="Only those of this project: its name or id.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Only those with this tag; repeatable.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    *,
    as_json: AsJson = False,
) -> None:
    """List meetings, newest first."""
    with signed_in() as client:
        wanted = Wanted(
            statuses=[one.upper() for one in status or []],
            project_id=project_id(client, project),
            tags=tag or [],
        )
        meetings = list(client.meetings(wanted, limit))
    if as_json:
        print_json(meetings)
        return
    print_table(
        ("ID", "STATUS", "LENGTH", "CREATED", "TITLE"),
        [
            (str(one.id), _stage(one), _length(one), f"{one.created_at:%Y-%m-%d %H:%M}", one.title)
            for one in meetings
        ],
    )


def show(meeting: MeetingId, *, as_json: AsJson = False) -> None:
    """Show a meeting: how far it is, who speaks, what to know."""
    with signed_in() as client:
        found = client.meeting(meeting)
    if as_json:
        print_json(found)
        return
    rows = {
        "Title": found.title,
        "Status": _stage(found),
        "Length": _length(found),
        "File": f"{found.filename} ({found.size:,} bytes)",
        "Language": found.spoken_language or found.language or "",
        "Speakers": ", ".join(found.speaker_names),
        "Tags": ", ".join(found.tags),
        "Created": f"{found.created_at:%Y-%m-%d %H:%M}",
        "Error": found.error_message or "",
    }
    for name, value in rows.items():
        if value:
            results.print(f"{name:<10}{value}")
    for notice in found.warnings:
        results.print(f"{'Warning':<10}{notice.message}")


def delete(
    meeting: MeetingId,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
) -> None:
    """Delete a meeting with its recording and its transcripts, for good."""
    with signed_in() as client:
        found = client.meeting(meeting)
        if not yes:
            typer.confirm(f"Delete “{found.title}” for good?", abort=True, err=True)
        client.delete(meeting)
    say(f"Deleted “{found.title}”")


def _stage(meeting: Meeting) -> str:
    if meeting.finished or meeting.stage is None:
        return meeting.status.lower()
    return f"{meeting.stage} {meeting.progress or 0:.0%}"


def _length(meeting: Meeting) -> str:
    return clock(meeting.duration) if meeting.duration else ""
