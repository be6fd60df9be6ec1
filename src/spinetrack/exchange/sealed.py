"""Opening sealed files: the one place where a passphrase or a key meets a file in the age format.

What was sealed is opened in memory; no plain copy of it reaches the disk from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange import age
from spinetrack.exchange.files import Unsealed, name_of, open_input

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spinetrack.exchange.files import Source

HEAD: Final = 64
"""Bytes that say whether a file is sealed."""
LARGEST: Final = 72_000_000
"""Bytes that a sealed file may have: it is opened in memory."""
KEY_MOST: Final = 100_000
"""Bytes that a key file may have."""
SUFFIX: Final = ".age"


class Ways(NamedTuple):
    """What somebody brings to open a sealed file."""

    ask: Callable[[str], str | None] = lambda _: None
    """Given the name of the file, returns its passphrase; None when nobody can say."""
    key: Path | None = None
    """A key file: lines `AGE-SECRET-KEY-1…`, or one SSH key."""


def opened(source: Source, ways: Ways) -> Source:
    """Take the seal off a file; a file without one is returned as it is.

    Raises:
        ValueRefusedError: it cannot be opened: no passphrase or key, a wrong one, damage, or more work
            than this program allows.
        SpinetrackError: the extra `age` is not installed.

    """
    with open_input(source) as file:
        if not age.is_sealed(file.read(HEAD)):
            return source
    with open_input(source, most=LARGEST) as file:
        data = file.read()
    name = name_of(source)
    plain = _plain(data, name, ways)
    if not plain:
        raise ValueRefusedError(f"There is nothing in this sealed file: {name}.")
    return Unsealed(name.removesuffix(SUFFIX), plain)


def _plain(data: bytes, name: str, ways: Ways) -> bytes:
    if not age.wants_passphrase(data):
        if ways.key is None:
            raise ValueRefusedError(
                f"This file is sealed for a key: {name}.", hint="Say where the key lies: --key FILE"
            )
        return age.open_with_keys(data, read_key(ways.key))
    age.refuse_work(data)
    passphrase = ways.ask(name)
    if not passphrase:
        raise ValueRefusedError(
            f"This file is sealed with a passphrase: {name}.",
            hint="Type it when asked, or put it in SPINETRACK_PASSPHRASE.",
        )
    return age.open_with_passphrase(data, passphrase)


def read_key(path: Path) -> str:
    """Return the text of a key file.

    Raises:
        ValueRefusedError: it cannot be opened, or is no text.

    """
    with open_input(path, most=KEY_MOST) as file:
        raw = file.read()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueRefusedError(f"This is not a key file: {path}.") from None
