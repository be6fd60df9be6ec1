"""How a command encrypts what it writes: its two options, and asking for a new passphrase twice."""

# Typer reads these annotations when it builds a command, so they stay live objects.
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from spinetrack.app import App
from spinetrack.errors import UsageError, ValueRefusedError

Passphrase = Annotated[
    bool, typer.Option("--passphrase", help="Encrypt it; you are asked for a passphrase twice.")
]
To = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="KEY", help="Encrypt it for this age key, or for a file of keys."),
]

ENDING = ".age"
NOTHING = "Nothing was written."
LOST = "It is encrypted. Keep the passphrase well: without it nobody can open the file."
HOLDERS = "It is encrypted. Only who holds the key can open it."
MOST_KEYS = 100_000
"""Bytes that a file of public keys may have."""


class Seal(NamedTuple):
    """What encrypts a file."""

    close: Callable[[bytes], bytes]
    said: str
    """What the patient must know of it."""


def sealer(run: App, *, passphrase: bool, to: list[str] | None) -> Seal | None:
    """Return what encrypts a file as the options of the line say, None when they say nothing.

    Raises:
        UsageError: both options were given, or nobody is there to type a passphrase.
        ValueRefusedError: a key is none, or the two passphrases differ.
        SpinetrackError: the extra `age` is not installed.

    """
    if not passphrase and not to:
        return None
    if passphrase and to:
        raise UsageError(f"Take --passphrase or --to, not both. {NOTHING}")
    from spinetrack.exchange import age

    if to:
        keys = [key for text in to for key in _keys(text)]
        age.seal_for(b"", keys)  # A key that is none is refused before the work.
        return Seal(lambda data: age.seal_for(data, keys), HOLDERS)
    secret = new_passphrase(run)
    return Seal(lambda data: age.seal_with_passphrase(data, secret), LOST)


def new_passphrase(run: App) -> str:
    """Return the passphrase of the environment, else one that is typed twice.

    Raises:
        UsageError: there is none, and nobody is there to type it.
        ValueRefusedError: it is empty, or the second is another one.

    """
    given = run.given_passphrase
    if given is not None:
        return given
    if not run.stdin_is_terminal:
        raise UsageError(
            f"Nobody is there to type a passphrase. {NOTHING}",
            hint="A script puts it in SPINETRACK_PASSPHRASE.",
        )
    return typed_twice(run, NOTHING)


def typed_twice(run: App, nothing: str) -> str:
    """Return a new passphrase that somebody types twice.

    Args:
        run: The run.
        nothing: What to say of the work when they cannot be used.

    Raises:
        ValueRefusedError: it is empty, or the second is another one.

    """
    first = run.ask_hidden("New passphrase: ")
    if not first:
        raise ValueRefusedError(f"The passphrase is empty. {nothing}")
    if run.ask_hidden("Once more: ") != first:
        raise ValueRefusedError(f"The two passphrases differ. {nothing}")
    return first


def sealed_place(place: Path) -> Path:
    """Return the name of a file when it is encrypted: with `.age` at its end."""
    return place if place.suffix.lower() == ENDING else place.with_name(place.name + ENDING)


def unsealed_place(place: Path) -> Path:
    """Return the name of a file without the `.age` at its end."""
    return place.with_suffix("") if place.suffix.lower() == ENDING else place


def _keys(text: str) -> list[str]:
    """Return a public key, or those of a file: one a line, `#` before a remark."""
    if text.startswith(("age1", "ssh-")):
        return [text]
    if text.upper().startswith("AGE-SECRET-KEY"):
        raise ValueRefusedError(
            f"This is a secret key. {NOTHING}", hint="Give the public one. It begins with age1."
        )
    from spinetrack.exchange.files import open_input

    with open_input(Path(text), most=MOST_KEYS) as file:
        lines = file.read().decode("utf-8", "replace").splitlines()
    keys = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    if not keys:
        raise ValueRefusedError(f"There is no key in this file: {text}. {NOTHING}")
    if any("SECRET" in key.upper() or "PRIVATE" in key.upper() for key in keys):
        raise ValueRefusedError(
            f"This file holds a secret key: {text}. {NOTHING}",
            hint="Make a file of the public ones: age-keygen -y KEYFILE",
        )
    return keys
