"""`setup`: after manage.sh has installed the packages, the credentials."""

from stack.cli.configuration import ENV_FILE, ensure_env, read_settings
from stack.cli.terminal import say


def setup() -> None:
    """Install what is needed into .venv and write .env with fresh credentials; safe to repeat."""
    written = ensure_env()
    read_settings()
    if written:
        say(f"Wrote {ENV_FILE} (private): {len(written)} settings with fresh credentials.")
    say("Set up. Next: ./manage.sh up, or ./manage.sh demo")
