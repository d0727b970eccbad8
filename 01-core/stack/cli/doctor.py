"""`doctor`: what is missing or odd on this machine, and what to do."""

import typer

from scribe.settings import REPOSITORY
from stack.bootstrap.checks import Finding
from stack.cli import diagnosis
from stack.cli.configuration import read_settings
from stack.cli.errors import SettingsWrong
from stack.cli.servers import AsJson
from stack.cli.terminal import ExitCode, print_json, results, say

MARKS = {"ok": "ok    ", "odd": "odd   ", "blocks": "BLOCKS"}


def doctor(*, as_json: AsJson = False) -> None:
    """Look at this machine; exit code 3 when something keeps the product from running."""
    try:
        settings = read_settings()
        faults: list[Finding] = []
    except SettingsWrong as error:
        settings, faults = None, [Finding("settings", "blocks", str(error))]
    findings = [*diagnosis.everything(REPOSITORY, settings), *faults]
    blocked = any(finding.level == "blocks" for finding in findings)
    if as_json:
        print_json({"ok": not blocked, "findings": findings})
    else:
        for finding in findings:
            results.print(f"{MARKS[finding.level]}  {finding.name:<12}  {finding.seen}")
            if finding.advice:
                results.print(f"{'':22}→ {finding.advice}")
        say("Something blocks: see the arrows." if blocked else "Nothing blocks.")
    raise typer.Exit(ExitCode.NOT_HEALTHY if blocked else ExitCode.OK)
