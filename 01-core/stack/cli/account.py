"""The account that `demo` and `transcribe` use, so that nobody has to type a password for them."""

import json
import secrets

from scribe.settings import Settings
from stack.account import COMMAND_LINE_FILE, Account, new_password
from stack.cli import private_file
from stack.cli.errors import RequestRefused
from stack.cli.product import address, create_account
from stack.client import Client

DOMAIN = "scribe.local"


def sign_in(settings: Settings) -> Client:
    """A client that is signed in as the command line's own user; the account is made when it is missing.

    Its password lies in the data folder, readable only by the folder's owner, and goes with the data.
    """
    path = settings.stack.volumes / COMMAND_LINE_FILE
    try:
        account = Account.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        account = None
    if account:
        client = Client(address(settings), account)
        try:
            client.sign_in()
        except RequestRefused as refused:
            client.close()
            if refused.detail["http_status"] != 401:  # noqa: PLR2004
                raise
        else:
            return client
    account = Account(email=f"command-line-{secrets.token_hex(3)}@{DOMAIN}", password=new_password())
    create_account(account)
    kept = {"email": account.email, "password": account.password.get_secret_value()}
    private_file.write(path, json.dumps(kept) + "\n")
    return Client(address(settings), account)
