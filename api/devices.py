"""What a browser calls itself, in the few words by which people know their devices."""

import re

# The first that fits is named: each browser also claims to be the ones below it.
_BROWSERS = (
    ("CocCoc", r"coc_coc_browser"),
    ("Edge", r"\bEdgA?/|\bEdgiOS/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux|X11"),
)


def device_words(agent: str) -> str:
    """Name browser and system, or nothing where the browser tells neither.

    >>> device_words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36")
    'Chrome · Windows'
    >>> device_words("curl/8")
    ''
    """
    found = (_first(_BROWSERS, agent), _first(_SYSTEMS, agent))
    return " · ".join(name for name in found if name)


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, agent)), "")
