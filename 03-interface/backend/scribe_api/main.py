"""The application: which routers there are, and what wraps them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline

from scribe.settings import Settings, get_settings
from scribe_api import metrics
from scribe_api.audit import endpoints as audit
from scribe_api.auth import endpoints as auth
from scribe_api.defence.stack import defend
from scribe_api.engines import endpoints as engines
from scribe_api.events import endpoints as events
from scribe_api.events import websocket
from scribe_api.gateway import Gateway
from scribe_api.health import endpoints as health
from scribe_api.keys import endpoints as keys
from scribe_api.meetings import endpoints as meetings
from scribe_api.members import endpoints as members
from scribe_api.openai import endpoints as openai
from scribe_api.openai.dialect import PREFIX as OPENAI_PREFIX
from scribe_api.openai.dialect import Dialect
from scribe_api.projects import endpoints as projects
from scribe_api.quotas import endpoints as quotas
from scribe_api.rendering import install_handlers
from scribe_api.search import endpoints as search
from scribe_api.setup import endpoints as setup
from scribe_api.statistics import endpoints as statistics
from scribe_api.system import endpoints as system
from scribe_api.transcripts import endpoints as transcripts
from scribe_api.uploads.tus import endpoints as uploads
from scribe_api.uploads.tus.forgotten import finishing_forgotten
from scribe_api.users import endpoints as users

PREFIX = "/api/v1"

_DESCRIPTION = """
Hand in a recording, follow its progress, read who said what.

Sign in with `POST /api/v1/auth/login`. Programs send the access token as `Authorization: Bearer …`;
browsers get cookies. Every error has the shape `{"error": {"code", "message", "detail"}}`; `code` is
stable, and `detail.correlation_id` finds the request in the logs.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The ASGI application; it connects to its servers when its lifespan begins."""
    chosen = settings or get_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with Gateway.open(chosen) as gateway, finishing_forgotten(gateway):
            app.state.gateway = gateway
            yield

    app = FastAPIOffline(  # its page at /docs loads nothing from anywhere else; ReDoc's would load a logo
        redoc_url=None,
        title="Smart Meeting Scribe",
        description=_DESCRIPTION,
        version="1",
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
    )
    defend(app, chosen)
    app.add_middleware(Dialect)
    install_handlers(app)
    for noun in (
        setup,
        auth,
        audit,
        users,
        projects,
        members,
        keys,
        quotas,
        transcripts,  # before meetings, whose routes would take transcript-schema for an id
        meetings,
        search,
        statistics,
        uploads,
        engines,
        events,
        websocket,
        health,
        system,
        metrics,
    ):
        app.include_router(noun.router, prefix=PREFIX)
    app.include_router(openai.router, prefix=OPENAI_PREFIX)
    app.include_router(metrics.router, include_in_schema=False)
    return app


def _operation_id(route: APIRoute) -> str:
    """The function's name: stable, and what a generated client calls the operation."""
    return route.name
