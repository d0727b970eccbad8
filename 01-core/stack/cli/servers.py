"""`up`, `down`, `restart`, `ps`, `health`: the servers and the product's processes."""

from datetime import timedelta
from typing import Annotated

import typer

from stack.cli import product
from stack.cli.configuration import data_folder, load_settings, read_settings
from stack.cli.terminal import ExitCode, print_json, print_table, results, say, show_service
from stack.embedded import ServiceName

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def up() -> None:
    """Start everything that does not run: servers, schema, API, worker, scheduler.

    What runs with old settings or old code is started anew. Waits until each one answers.
    """
    started = product.start(load_settings())
    results.print(f"API              {started.address}")
    results.print(f"API explained    {started.address}/docs")
    product.show_administrator(started.new_administrator)
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
    product.show_administrator(product.start(settings).new_administrator)


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
