"""``python -m scribe_client.cli``: the command where its script is not on the PATH."""

from scribe_client.cli.app import main

main()
