"""The names that Whisper's own program gives languages: English ones, in lower case."""

from babel import Locale

_ENGLISH = Locale("en")


def language_name(tag: str) -> str:
    """``fr-CA`` → ``french``; a language without a known name keeps its code."""
    code = tag.split("-", maxsplit=1)[0].lower()
    return str(_ENGLISH.languages.get(code, code)).lower()
