"""What every set of rules begins with, whatever the language."""

import re
import unicodedata

_ASIDES = re.compile(r"<[^<>]*>|\[[^\[\]]*\]|\([^()]*\)")


def folded(text: str) -> str:
    """Unicode's compatibility form (NFKC) in lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def without_asides(text: str) -> str:
    """Without what stands in brackets; it was not spoken."""
    return _ASIDES.sub(" ", text)
