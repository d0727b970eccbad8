"""The client that a command uses: by the environment, else by what ``scribe login`` left."""

from scribe_client.client import Client
from scribe_client.connection import normalised
from scribe_client.credentials import CredentialsFile
from scribe_client.errors import NotSignedIn
from scribe_client.settings import ClientSettings, credentials_file

NOBODY = (
    "Nobody is signed in: run `scribe login --server ADDRESS`, "
    "or set SCRIBE_SERVER and SCRIBE_API_KEY for a script."
)


def signed_in() -> Client:
    """Raise NotSignedIn where there is nothing to sign in with."""
    settings = ClientSettings()
    file = CredentialsFile(credentials_file())
    kept = file.read()
    server = settings.server or (kept.server if kept else None)
    if server and settings.api_key:
        return Client.with_key(server, settings.api_key.get_secret_value())
    if kept is None or server is None:
        raise NotSignedIn(NOBODY)
    if settings.server and normalised(settings.server) != kept.server:
        raise NotSignedIn(
            f"SCRIBE_SERVER names {settings.server}, and the session is one of {kept.server}. "
            "Set SCRIBE_API_KEY as well, or run `scribe login`."
        )
    if kept.api_key:
        return Client.with_key(server, kept.api_key.get_secret_value())
    return Client.with_tokens(kept.server, file.session_of(kept), caller=kept.who)
