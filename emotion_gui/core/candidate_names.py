"""Names of candidates: when two are the same person, and codes in place of them."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Container

# Without the characters that people take for each other: 0 and O, 1 and I and L.
_CODE_CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 4
_CODE = re.compile(rf"P-[{_CODE_CHARACTERS}]{{{_CODE_LENGTH}}}")


def person_key(name: str) -> str:
    """What two names have in common when a reader takes them for the same.

    Case, width, composed accents, invisible characters and spaces do not tell persons apart; letters and accents do:
    'ada  LOVELACE' is Ada Lovelace, Jose is not José. As NFKC_Casefold does (The Unicode Standard, section 3.13), and
    with white space put together.

    Returns:
        Empty for a name that has nothing to read in it; nobody is meant by that.
    """
    seen = "".join(character for character in name if unicodedata.category(character) not in {"Cf", "Cs"})
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    return " ".join(folded.split())


def is_code(name: str) -> bool:
    """Whether it is a code as `new_code` makes them, and so no name."""
    return _CODE.fullmatch(name.strip()) is not None


def new_code(taken: Container[str] = ()) -> str:
    """A random code such as 'P-7K3Q' that says nothing about the person and is not among those taken."""
    while True:
        code = "P-" + "".join(secrets.choice(_CODE_CHARACTERS) for _ in range(_CODE_LENGTH))
        if code not in taken:
            return code


class CandidateCodes:
    """Codes given to names while the program runs.

    The list is kept in memory only: what is stored cannot be led back to a person, unless the user saves the list.

    Attributes:
        taken: Codes that stand in stored sessions already; none of them is given to another person.
    """

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self._by_key: dict[str, tuple[str, str]] = {}

    def code_for(self, name: str) -> str:
        """The name's code: the same as before in this run, a new one otherwise; a code stays as it is."""
        key = person_key(name)
        if not key or is_code(name):
            return name
        if key not in self._by_key:
            code = new_code(self.taken)
            self.taken.add(code)
            self._by_key[key] = name, code
        return self._by_key[key][1]

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Name and code of each person in the order in which they came."""
        return tuple(self._by_key.values())


def without_name(text: str, name: str, code: str) -> str:
    """The text with the code wherever it has the full name, in any case and with any white space within.

    A name in letters of two cases is not searched within longer words; scripts that put no space between words have
    no such border, so there it is replaced everywhere.
    """
    words = unicodedata.normalize("NFC", name).split()
    if not words:
        return text
    composed = unicodedata.normalize("NFC", text)
    pattern = r"\s+".join(re.escape(word) for word in words)
    before = r"(?<!{0})" if _has_case(words[0][0]) else ""
    after = r"(?!{0})" if _has_case(words[-1][-1]) else ""
    word_letter = r"[^\W_\u0590-\U0010ffff]"
    bordered = before.format(word_letter) + pattern + after.format(word_letter)
    replaced, count = re.subn(bordered, lambda _: code, composed, flags=re.IGNORECASE)
    return replaced if count else text


def _has_case(character: str) -> bool:
    return character.lower() != character.upper()
