"""Names of files that came from anywhere."""

import unicodedata

LONGEST = 120
# What turns the direction of writing or cannot be seen: a name must read as it is.
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_FORBIDDEN = '<>:"|?*'


def clean_name(name: str) -> str:
    """Return the bare name: no path, no hidden signs, no blanks or dots at its ends, NFC, not too long.

    >>> clean_name("C:\\\\Users\\\\lan\\\\Quyết định 12.pdf"), clean_name("../../etc/passwd")
    ('Quyết định 12.pdf', 'passwd')
    >>> clean_name("a\\u202egnp.pdf")
    'agnp.pdf'
    """
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFC", bare)
        if unicodedata.category(sign) not in _HIDDEN and sign not in _FORBIDDEN
    )
    stem, dot, ending = " ".join(kept.split()).strip(" .").rpartition(".")
    if not dot:
        return ending[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1].rstrip(' .')}.{ending}"
