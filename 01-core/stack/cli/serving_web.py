"""The web app's part of a start: built while the servers start; what goes wrong there stops nothing else."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scribe.errors import ScribeError
from scribe.settings import Settings
from stack.cli.terminal import show_service

if TYPE_CHECKING:
    from stack.embedded import EmbeddedStack

BUILD_LOG = "web-build"


@contextmanager
def building(settings: Settings, *, wanted: bool) -> Iterator[Future[None] | None]:
    """The build, beside what the block does; None where there is nothing to build or to serve.

    wanted: whether what changed is built; else the last build is taken as it is
    """
    from stack.embedded.layout import Layout  # noqa: PLC0415 - too slow for commands that start nothing
    from stack.web import build, digests  # noqa: PLC0415
    from stack.web.places import SERVED  # noqa: PLC0415

    if not settings.web.enabled or not (wanted or digests.stamp_in(SERVED)):
        yield None
        return
    log = Layout(settings.stack.volumes).log(BUILD_LOG)
    with ThreadPoolExecutor(max_workers=1) as thread:
        yield thread.submit(build.ensure_built, log, tell) if wanted else thread.submit(lambda: None)


def serve(stack: "EmbeddedStack", built: Future[None]) -> ScribeError | None:
    """Start the web app once it is built, else as it was built last; returns what went wrong."""
    from stack.embedded import WEB_APP  # noqa: PLC0415 - see ``building``
    from stack.embedded.errors import StackError  # noqa: PLC0415
    from stack.web import digests  # noqa: PLC0415
    from stack.web.errors import WebProblem  # noqa: PLC0415
    from stack.web.places import SERVED  # noqa: PLC0415

    problem: ScribeError | None = None
    try:
        built.result()
    except WebProblem as failure:
        problem = failure
    servable = problem is None or digests.stamp_in(SERVED)
    try:
        # A failed build leaves alone what runs; its packages may be half installed.
        if servable and not (stack.healthy(WEB_APP) and (problem or stack.is_current())):
            stack.up(show_service, WEB_APP)
    except (WebProblem, StackError) as failure:
        return problem or failure
    return problem


def tell(sentence: str) -> None:
    """One step of the build."""
    show_service("web", sentence)
