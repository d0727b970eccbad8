"""What counts as the same English text: rules of our own, after the idea of the Whisper normaliser."""

import re
import unicodedata

from scribe.evaluation.numerals import with_digits
from scribe.evaluation.plain import folded, without_asides

_APOSTROPHES = re.compile(r"['’ʼ`]")  # noqa: RUF001 - what keyboards and engines write for one
_LETTER = r"[^\W\d_]"
_ENDING = r"(?:d|ll|m|re|s|t|ve)\b(?!')"
"""After the apostrophe of a contraction; some engines put a blank before it."""
_SET_APART = re.compile(rf"(?<={_LETTER})\s+'(?={_ENDING})")
_QUOTE = re.compile(rf"(?<!{_LETTER})'|'(?!{_LETTER})")
_AMOUNT = re.compile(r"([$€£])\s*(\d(?:[\w,.]*\w)?(?:\s+(?:hundred|thousand|million|billion|trillion)\b)?)")
_SYMBOLS = str.maketrans({"$": " dollars ", "€": " euros ", "£": " pounds ", "%": " percent "})
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
        (r"'s (been|got)\b", r" has \1"),
        (r"(?:'s| has) (done|gone)\b", r" is \1"),
        (r"'d (been|better|done|gone|got)\b", r" had \1"),
        (
            r"\b(are|could|did|do|does|had|has|have|is|might|must|need|should|was|were|would) ?n't\b",
            r"\1 not",
        ),
        (r"'re\b", " are"),
        (r"'s\b", " is"),
        (r"'d\b", " would"),
        (r"'ll\b", " will"),
        (r"'ve\b", " have"),
        (r"'m\b", " am"),
        (r"\bper cent\b", "percent"),
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
    "dollar": "dollars",
    "euro": "euros",
    "grey": "gray",
    "licence": "license",
    "pound": "pounds",
    "programme": "program",
    "programmes": "programs",
}
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "đ": "d", "ł": "l", "þ": "th"})


def normalise_english(text: str) -> str:
    """The text as it is compared, by the rules of ``normalisation.ENGLISH_RULES``, in their order."""
    plain = _without_symbols(_without_accents(without_asides(folded(text))))
    plain = " ".join(_FILLERS.sub(" ", plain).split())
    for contracted, full in _CONTRACTIONS:
        plain = contracted.sub(full, plain)
    words = plain.replace("'", " ").split()
    return " ".join(map(_american, with_digits([_TITLES.get(word, word) for word in words])))


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in parts if unicodedata.category(char) != "Mn")


def _without_symbols(text: str) -> str:
    """Letters, digits, decimal points and the apostrophes inside words; everything else separates words."""
    text = _QUOTE.sub(" ", _SET_APART.sub("'", _APOSTROPHES.sub("'", text)))
    text = _AMOUNT.sub(r"\2 \1", text).translate(_SYMBOLS)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w.']|_", " ", text)


def _american(word: str) -> str:
    def respelt(found: re.Match[str]) -> str:
        kind = found.lastgroup or ""
        return found[kind] + _ENDINGS[kind]

    return _WHOLE_WORDS.get(word) or _SPELLINGS.sub(respelt, word)
