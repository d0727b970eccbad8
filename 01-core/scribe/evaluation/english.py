"""What counts as the same English text: the rules of the Whisper normaliser that matter here."""

import re
import unicodedata

from scribe.evaluation.numerals import with_digits

_ASIDES = re.compile(r"[<\[][^>\]]*[>\]]|\([^)]*\)")
_FILLERS = re.compile(r"\b(hmm+|mm+|mhm|uh+|um+)\b")
_CONTRACTIONS = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"\bwon't\b", "will not"),
        (r"\bcan't\b", "can not"),
        (r"\bcannot\b", "can not"),
        (r"\blet's\b", "let us"),
        (r"\by'all\b", "you all"),
        (r"\bma'am\b", "madam"),
        (r"\bwanna\b", "want to"),
        (r"\bgonna\b", "going to"),
        (r"\bgotta\b", "got to"),
        (r"\b(w|c|sh)oulda\b", r"\1ould have"),
        (r"'(?:d|s) (been|gone|done|got)\b", r" have \1"),
        (r"\b(had|has|have) (been|gone|done|got)\b", r"have \2"),
        (r"n't\b", " not"),
        (r"'re\b", " are"),
        (r"'s\b", " is"),
        (r"'d\b", " would"),
        (r"'ll\b", " will"),
        (r"'ve\b", " have"),
        (r"'m\b", " am"),
    )
)
_TITLES = {"mr": "mister", "mrs": "missus", "dr": "doctor", "prof": "professor", "st": "saint"}
_SPELLINGS = re.compile(
    r"\b(?P<our>behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|rum)our"
    r"|\b(?P<ise>analog|apolog|author|critic|emphas|final|minim|maxim|optim|organ|prior?it|real|recogn|standard|"
    r"summar|util|visual)is(?=e|ing|ation)"
    r"|\b(?P<yse>anal|paral)ys(?=e[ds]?\b|ing)"
    r"|\b(?P<re>cent|fib|lit|met|theat)re(?=s?\b)"
    r"|\b(?P<double>cancel|label|model|signal|travel)l(?=ed|er|ing)"
)
_ENDINGS = {"our": "or", "ise": "iz", "yse": "yz", "re": "er", "double": ""}
_WHOLE_WORDS = {
    "catalogue": "catalog",
    "cheque": "check",
    "defence": "defense",
    "dialogue": "dialog",
    "grey": "gray",
    "licence": "license",
    "programme": "program",
    "programmes": "programs",
}
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "đ": "d", "ł": "l", "þ": "th"})


def normalise_english(text: str) -> str:
    """The text as it is compared, by the rules of ``normalisation.ENGLISH_RULES``, in their order."""
    folded = _ASIDES.sub(" ", unicodedata.normalize("NFKC", text).lower())
    folded = re.sub(r"\s*['’ʼ`]", "'", folded)  # noqa: RUF001 - what keyboards and engines write for one
    folded = _FILLERS.sub(" ", folded)
    for contracted, full in _CONTRACTIONS:
        folded = contracted.sub(full, folded)
    words = _without_symbols(_without_accents(folded)).replace("per cent", "percent").split()
    return " ".join(map(_american, with_digits([_TITLES.get(word, word) for word in words])))


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in parts if unicodedata.category(char) != "Mn")


def _without_symbols(text: str) -> str:
    """Letters, digits and what belongs to a number; apostrophes vanish, everything else separates words."""
    text = re.sub(r"(?<=\d),(?=\d)|(?<=\d)\s+(?=%)|'", "", text)
    text = re.sub(r"(?<!\d)\.|\.(?!\d)|[$€£](?!\d)|(?<!\d)%", " ", text)
    return re.sub(r"[^\w.%$€£]|_", " ", text)


def _american(word: str) -> str:
    def respelt(found: re.Match[str]) -> str:
        kind = found.lastgroup or ""
        return found[kind] + _ENDINGS[kind]

    return _WHOLE_WORDS.get(word) or _SPELLINGS.sub(respelt, word)
