"""What opens an encrypted diary: a passphrase or a key, where each comes from, and which one fits.

`lock.json` beside the diary says where its key comes from, never the key. That a file is encrypted shows
in its first bytes alone.
"""

from __future__ import annotations

import json
import os
from hashlib import pbkdf2_hmac
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from spinetrack.errors import DiaryFileError
from spinetrack.store.daily import FOLDER, MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SALT_LENGTH: Final = 16
KEY_LENGTH: Final = 32
ROUNDS: Final = 256_000
"""Rounds of PBKDF2 with SHA-512. Source: the usual of SQLCipher 4, whose tools open these files too."""
TRIES: Final = 3
KEY_FILE_MOST: Final = 10_000
_SERVICE: Final = "spinetrack"


class LockedError(DiaryFileError):
    """The diary is encrypted, and what would open it is missing or wrong."""


class Secret(NamedTuple):
    """A passphrase, or a key of 32 bytes."""

    kind: str
    """`passphrase` or `key`."""
    value: bytes

    def __repr__(self) -> str:
        """Never show what it holds."""
        return f"Secret({self.kind})"


class Way(NamedTuple):
    """Where the key of a diary comes from."""

    kind: str
    """`passphrase`, `file` or `keyring`."""
    name: str = ""
    """The path of the key file, or the name in the keyring."""


class Keys(Protocol):
    """Who can be asked for a secret: the environment, and whoever sits at the terminal."""

    @property
    def given_diary_passphrase(self) -> str | None:
        """The passphrase of the diary in the environment."""

    @property
    def given_key_file(self) -> str | None:
        """The path of a key file in the environment."""

    def ask_secret(self, prompt: str) -> str | None:
        """Return what somebody types, not shown; None when nobody is there."""


class Held:
    """The secrets of one run of the program, and what was derived from them."""

    def __init__(self, keys: Keys | None) -> None:
        self.keys = keys
        self.known: list[Secret] = []
        self._derived: dict[tuple[Secret, bytes], bytes] = {}

    def derived(self, secret: Secret, salt: bytes) -> bytes:
        """Return the key of a file that begins with `salt`."""
        if secret.kind == "key":
            return secret.value
        found = self._derived.get((secret, salt))
        if found is None:
            found = pbkdf2_hmac("sha512", secret.value, salt, ROUNDS, KEY_LENGTH)
            self._derived[secret, salt] = found
        return found

    def salt_for(self, secret: Secret) -> bytes:
        """Return the salt of a new file: one whose key is known already, as deriving takes time."""
        used = (salt for known, salt in self._derived if known == secret)
        return next(used, None) or os.urandom(SALT_LENGTH)

    def keep(self, secret: Secret) -> None:
        """Remember a secret that fits, for the other files of this run."""
        if secret in self.known:
            self.known.remove(secret)
        self.known.insert(0, secret)

    def candidates(self, path: str) -> Iterator[Secret]:
        """Yield what may open the file at `path`, what costs least first.

        Raises:
            LockedError: a key file or the keyring cannot be read.

        """
        yield from tuple(self.known)
        ways = read_mark(os.path.dirname(path)) or ()
        if self.known and os.path.basename(os.path.dirname(path)) == FOLDER:
            # The copies have the key of their diary: nobody is asked for another one.
            yield from (secret for way in ways if (secret := _from(way, last=False)))
            return
        keys = self.keys
        if keys is None:
            return
        if keys.given_key_file:
            yield read_key_file(keys.given_key_file)
        yield from (secret for way in ways if (secret := _from(way, last=len(ways) == 1)))
        if keys.given_diary_passphrase:
            yield passphrase_of(keys.given_diary_passphrase)
            return
        if ways and all(way.kind != "passphrase" for way in ways):
            return
        what = "your diary" if os.path.basename(path) == "diary.db" else os.path.basename(path)
        for _ in range(TRIES):
            typed = keys.ask_secret(f"Passphrase of {what}: ")
            if not typed:
                return
            yield passphrase_of(typed)


def passphrase_of(text: str) -> Secret:
    """Make a secret of a passphrase. The same letters typed on another computer are the same."""
    from unicodedata import normalize

    return Secret("passphrase", normalize("NFC", text).encode())


def new_key() -> Secret:
    """Make a key out of nothing but chance."""
    return Secret("key", os.urandom(KEY_LENGTH))


def read_key_file(path: str) -> Secret:
    """Read a key file: 64 hexadecimal signs.

    Raises:
        LockedError: it is not there, or holds no key.

    """
    place = os.path.expanduser(path)
    try:
        with open(place, encoding="ascii", errors="replace") as file:
            text = file.read(KEY_FILE_MOST).strip()
    except OSError as error:
        raise LockedError(
            f"The key file is not there, or closed: {place}.", hint="Put in the stick or disk it lies on."
        ) from error
    return Secret("key", _key_bytes(text, f"The key file holds no key: {place}."))


def write_key_file(path: Path) -> Secret:
    """Make a key file, open to its owner alone.

    Raises:
        OSError: it cannot be written, or something is there.

    """
    secret = new_key()
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with open(handle, "w", encoding="ascii") as file:
        file.write(secret.value.hex() + "\n")
        file.flush()
        os.fsync(handle)
    return secret


def write_keyring() -> tuple[Secret, Way]:
    """Make a key and put it into the keyring of this computer.

    Raises:
        LockedError: there is none.

    """
    secret, way = new_key(), Way("keyring", os.urandom(8).hex())
    keyring = _keyring()
    try:
        keyring.set_password(_SERVICE, way.name, secret.value.hex())
        kept = keyring.get_password(_SERVICE, way.name)
    except keyring.errors.KeyringError as error:
        raise _no_keyring() from error
    if kept != secret.value.hex():
        raise _no_keyring()
    return secret, way


def forget_way(way: Way) -> None:
    """Take a key out of the keyring that opens nothing any more."""
    if way.kind != "keyring":
        return
    keyring = _keyring()
    try:
        keyring.delete_password(_SERVICE, way.name)
    except keyring.errors.KeyringError:
        return  # It was not there.


def read_mark(folder: str) -> tuple[Way, ...] | None:
    """Read where the key of a diary comes from; None where nothing says so.

    Args:
        folder: Of the diary, or of its copies.

    """
    for place in (folder, os.path.dirname(folder)) if os.path.basename(folder) == FOLDER else (folder,):
        try:
            with open(os.path.join(place, MARK), encoding="utf-8") as file:
                found = json.loads(file.read(KEY_FILE_MOST))
            return tuple(Way(str(way["kind"]), str(way.get("name", ""))) for way in found["ways"])
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return ()
    return None


def write_mark(folder: Path, ways: Sequence[Way]) -> None:
    """Write where the key of the diary comes from; without ways, that it needs none.

    Raises:
        OSError: it cannot be written.

    """
    from spinetrack.store import placing

    mark = folder / MARK
    if not ways:
        mark.unlink(missing_ok=True)
        placing.sync_folder(folder)
        return
    rows = [{"kind": way.kind, "name": way.name} if way.name else {"kind": way.kind} for way in ways]
    draft = placing.new_draft(mark)
    try:
        draft.write_text(json.dumps({"spinetrack_lock": 1, "ways": rows}) + "\n", encoding="utf-8")
        placing.replace(draft, mark)
    finally:
        placing.drop(draft)


def _from(way: Way, *, last: bool) -> Secret | None:
    """Return the secret of a way, None for one that is typed.

    Raises:
        LockedError: it cannot be read, and there is no other way.

    """
    try:
        if way.kind == "file":
            return read_key_file(way.name)
        if way.kind == "keyring":
            return _read_keyring(way.name)
    except LockedError:
        if last:
            raise
    return None


def _read_keyring(name: str) -> Secret:
    keyring = _keyring()
    try:
        text = keyring.get_password(_SERVICE, name)
    except keyring.errors.KeyringError as error:
        raise _no_keyring() from error
    if not text:
        raise LockedError("The key of your diary is not in the keyring of this computer.")
    return Secret("key", _key_bytes(text, "What lies in the keyring is no key of a diary."))


def _keyring() -> _Keyring:
    try:
        import keyring
        import keyring.errors
    except ImportError as error:
        raise LockedError(
            "The keyring needs one more part of this program.",
            hint="Install it with: pip install 'spinetrack[keyring]'",
        ) from error
    return keyring  # type: ignore[return-value] # a module with these functions


def _no_keyring() -> LockedError:
    return LockedError(
        "This computer has no keyring that is open.", hint="Take a key file instead: --key-file FILE"
    )


def _key_bytes(text: str, refusal: str) -> bytes:
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        raw = b""
    if len(raw) != KEY_LENGTH:
        raise LockedError(refusal, hint="A key is 64 signs, 0 to 9 and a to f.")
    return raw


class _Errors(Protocol):
    KeyringError: type[Exception]


class _Keyring(Protocol):
    errors: _Errors

    def get_password(self, service: str, name: str) -> str | None: ...
    def set_password(self, service: str, name: str, password: str) -> None: ...
    def delete_password(self, service: str, name: str) -> None: ...
