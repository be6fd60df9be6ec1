"""A profile line as it is typed, tidied for the table that checks it."""

from __future__ import annotations


def fact_value(key: str, text: str) -> str:
    """Return the value to keep for profile line `key`.

    Places may be typed in words: `low back, neck`.

    Raises:
        ValueRefusedError: there is no such line, or the value is not one it knows.

    """
    from spinetrack.recovery.profile import check_fact
    from spinetrack.recovery.sites import find_site

    if key == "regions":
        whole = "-".join(text.split())
        parts = text.split(",") if "," in text else [whole] if find_site(whole) else text.split()
        text = " ".join("-".join(part.split()) for part in parts)
    return check_fact(key, text)
