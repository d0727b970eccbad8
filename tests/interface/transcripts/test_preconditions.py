"""Which ``If-Match`` names which revision."""

import pytest
from fastapi import Request

from scribe_api.transcripts.errors import RevisionRequired, RevisionStale
from scribe_api.transcripts.preconditions import seen_revisions


def request(*headers: str) -> Request:
    raw = [(b"if-match", header.encode("latin-1")) for header in headers]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": raw})


@pytest.mark.parametrize(
    "headers", [[], [""], ["*"], ["1"], ['"1", '], ['"1" "2"'], ["'1'"], ['"1'], ["*", '"1"']]
)
def test_no_condition_and_one_that_cannot_be_read_are_asked_for(headers: list[str]) -> None:
    with pytest.raises(RevisionRequired):
        seen_revisions(request(*headers))


@pytest.mark.parametrize(
    "header",
    ['W/"1"', '"0"', '"2"', '"01"', '"+1"', '"99999999999999999999"', '"abc", W/"1"', '"\xe9"', '""'],
)
def test_what_names_another_revision_is_stale(header: str) -> None:
    with pytest.raises(RevisionStale) as stale:
        seen_revisions(request(header)).require(1)
    assert stale.value.headers == {"ETag": '"1"'}


@pytest.mark.parametrize("headers", [['"1"'], ['"7", "1"'], ['"7"', '"1"'], ['W/"7" ,  "1"']])
def test_one_of_several_is_enough(headers: list[str]) -> None:
    seen_revisions(request(*headers)).require(1)
