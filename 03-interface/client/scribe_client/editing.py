"""Change a transcript that others may change at the same time: nobody's edit is lost."""

import time
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from uuid import UUID

from pydantic import JsonValue

from scribe_client.answers import Answer, Transcript
from scribe_client.connection import Connection
from scribe_client.errors import Refused
from scribe_client.uploading.patience import Patience

Operation = Mapping[str, JsonValue]
Plan = Callable[[Transcript], Sequence[Operation]]
TRIES = 20


class Edited(Answer):
    """The revision that an edit made."""

    revision: int


def edit(connection: Connection, meeting_id: UUID, plan: Plan) -> Edited | None:
    """Apply the operations that ``plan`` makes of the newest transcript.

    Where somebody else was faster, ``plan`` is asked again with their revision. An empty plan changes
    nothing and gives None. Raises Refused; with status 412 when it never came to its turn.
    """
    patience = Patience(tries=TRIES, wait=time.sleep)
    while True:
        transcript = connection.read(Transcript, f"/meetings/{meeting_id}/transcript")
        operations = plan(transcript)
        if not operations:
            return None
        try:
            answer = connection.send(
                "POST",
                f"/meetings/{meeting_id}/transcript/operations",
                {"operations": [dict(operation) for operation in operations]},
                headers={"If-Match": f'"{transcript.revision}"'},
            )
        except Refused as refused:
            if refused.status != HTTPStatus.PRECONDITION_FAILED or patience.exhausted():
                raise
            patience.pause()
        else:
            return connection.parsed(Edited, answer)
