"""One process at a time changes a model: pulls it, adds it, checks it or removes it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import TypeAdapter, ValidationError

from scribe.models.errors import ModelNameInvalid, PullRunning
from scribe.models.manifest import ModelName
from scribe.models.store import ModelStore

LOCKS = "locks"

_name = TypeAdapter(ModelName)


@contextmanager
def claimed(store: ModelStore, name: str) -> Iterator[None]:
    """Be the only one who changes that model; the claim ends with the process, however that happens.

    Raises ModelNameInvalid and PullRunning.
    """
    try:
        _name.validate_python(name)
    except ValidationError as error:
        raise ModelNameInvalid(name=name) from error
    path = store.folder / LOCKS / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PullRunning(name=name) from error
        yield
