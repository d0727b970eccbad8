"""An account whose password costs a moment instead of a quarter of a second."""

from collections.abc import Iterator

import pytest

from scribe.db import Database
from scribe.db.models import User, UserRole
from scribe_api import security
from scribe_api.users import service

EMAIL = "ada@example.org"
PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """bcrypt with the fewest rounds there are: what is tested is not how long it takes."""
    monkeypatch.setattr(security, "_passwords", security._passwords.using(bcrypt_sha256__rounds=4))
    security._nobodys_hash.cache_clear()
    yield
    security._nobodys_hash.cache_clear()


@pytest.fixture
async def account(database: Database) -> User:
    hashed = await security.hash_password(PASSWORD)
    async with database.transaction() as session:
        return await service.create(session, EMAIL, hashed, role=UserRole.OPERATOR)
