"""What is found when somebody types words: whatever their case and whatever their accents.

Whoever types on a telephone leaves the Polish tails out, so `laczy` finds `Łączy`.
"""

from __future__ import annotations

import unicodedata

MOST_WORDS = 8
LONGEST = 100
"""So much of what was typed is looked for; nobody types more by himself."""
UNSEEN = frozenset({"Cc", "Cs"})
CROSSED = str.maketrans("łŁđĐøØ", "lLdDoO")
"""What Unicode does not take apart."""


def folded(text: str) -> str:
    """For comparing: small letters without accents, one blank between words."""
    apart = unicodedata.normalize("NFKD", text.translate(CROSSED))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def search_words(typed: str) -> tuple[str, ...]:
    """Folded; every one of them must be found. Empty: nothing was typed.

    Controls and halves of characters part words: nobody types them, and databases refuse some of them.
    """
    shown = "".join(" " if unicodedata.category(sign) in UNSEEN else sign for sign in typed[:LONGEST])
    return tuple(dict.fromkeys(folded(shown).split()))[:MOST_WORDS]


def holds(words: tuple[str, ...], *texts: str) -> bool:
    """Whether each word stands somewhere in one of the texts."""
    whole = "\n".join(map(folded, texts))
    return all(word in whole for word in words)


def is_called(wanted: str, *names: str | None) -> bool:
    """Whether one of the names is what was typed, in any case. What is blank is nobody's name."""
    typed = wanted.strip().casefold()
    return bool(typed) and typed in (name.strip().casefold() for name in names if name)
