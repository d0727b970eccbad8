"""`up`, `down`, `restart`, `ps`, `health`: the servers and the product's processes."""

from datetime import timedelta
from typing import Annotated

import typer

from scribe.settings import Settings
from stack.cli import first_run, product
from stack.cli.configuration import data_folder, load_settings, read_settings
from stack.cli.terminal import ExitCode, print_json, print_table, results, say, show_service
from stack.embedded import ServiceName

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def up() -> None:
    """Start everything that does not run: servers, schema, API, worker, scheduler, web app.

    What runs with old settings or old code is started anew. Waits until each one answers.
    """
    settings = load_settings()
    show(settings, product.start(settings, web=True))


def show(settings: Settings, started: product.Started) -> None:
    """Say where everything is and who may use it; raises what keeps the web app from being served."""
    web = settings.web.enabled and not started.web_problem
    if web:
        results.print(f"Web app          {product.web_address(settings)}")
    results.print(f"API              {started.address}")
    results.print(f"API explained    {started.address}/docs")
    product.show_administrator(started.new_administrator)
    if first_run.is_needed(settings):
        if web:
            link = first_run.link(settings, product.web_address(settings))
            results.print(f"Administrator    {link}")
            say(
                "Open that link to make the first administrator: it needs no account, so keep it to yourself."
            )
        else:
            say("There is no administrator yet: ./manage.sh create-user EMAIL --admin makes one.")
    if started.web_problem:
        say("Everything else runs. What is wrong with the web app:")
        raise started.web_problem
    if not web:
        say("Next: ./manage.sh demo, or ./manage.sh transcribe FILE")


def down() -> None:
    """Stop everything; the data stay."""
    product.stack_in(data_folder()).down(show_service)


def restart(
    service: Annotated[ServiceName | None, typer.Argument(help="One service; all without it.")] = None,
) -> None:
    """Stop and start one service, or all of them."""
    settings = load_settings()
    stack = product.embedded(settings)
    if service:
        stack.restart(service, show_service)
        return
    stack.down(show_service)
    show(settings, product.start(settings, web=True))


def ps(*, as_json: AsJson = False) -> None:
    """List the services: state, process id, since when, ready or not."""
    rows = product.embedded(read_settings()).status()
    if as_json:
        print_json(rows)
        return
    print_table(
        ("service", "state", "pid", "up for", "ready", ""),
        [
            (
                row.name,
                row.state,
                str(row.pid or ""),
                str(timedelta(seconds=round(row.uptime_s))) if row.pid else "",
                "yes" if row.ready else "no",
                row.detail,
            )
            for row in rows
        ],
    )


def health(*, as_json: AsJson = False) -> None:
    """Ask every service for a real answer; exit code 3 unless all of them are well."""
    rows = product.embedded(read_settings()).status()
    healthy = bool(rows) and all(row.ready for row in rows)
    if as_json:
        print_json({"healthy": healthy, "services": rows})
    else:
        for row in rows:
            results.print(f"{row.name:<10} {'ok' if row.ready else row.detail or row.state}")
        if not healthy:
            say("Not all is well: `./manage.sh up` starts what does not run, `./manage.sh logs` says why.")
    raise typer.Exit(ExitCode.OK if healthy else ExitCode.NOT_HEALTHY)
