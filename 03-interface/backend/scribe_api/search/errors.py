"""What can be wrong with a search."""

from scribe_api.errors import ApiError


class NothingToSearchFor(ApiError):
    """A query of signs, or of nothing but exclusions, asks for everything."""

    status = 422
    code = "SEARCH_EMPTY"
    message = "Type at least one word that should occur."
