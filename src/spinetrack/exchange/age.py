"""Encrypted files in the age format (age-encryption.org/v1), for a passphrase or a recipient's key.

Reading, and writing for keys, is pyrage's. A file for a passphrase is written here from the format's
own parts, because pyrage chooses the scrypt work factor by the speed of the machine: on a fast one it
takes a gigabyte to open, more than this program would open of a stranger.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING, Any, Final

from spinetrack.errors import SpinetrackError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAGIC: Final = b"age-encryption.org/v1\n"
ARMOUR: Final = b"-----BEGIN AGE ENCRYPTED FILE-----"
WORK_FACTOR: Final = 18
"""Base-2 logarithm of scrypt's N: about a second and 256 MB. Files that want more are refused."""
CHUNK: Final = 1 << 16
HEAD_MOST: Final = 100_000
"""Bytes in which the header of a file must end."""
MISSING: Final = "Encrypted files need one more part of this program."
HINT: Final = "Install it with: pip install 'spinetrack[age]'"


def is_sealed(head: bytes) -> bool:
    """Return whether a file that begins so is an age file, plain or as letters."""
    return head.startswith((MAGIC, ARMOUR))


def wants_passphrase(data: bytes) -> bool:
    """Return whether a sealed file is opened by a passphrase, and not by a key."""
    return b"\n-> scrypt " in _header(data)


def seal_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Encrypt for whoever knows the passphrase. Any age program opens it.

    Raises:
        ValueRefusedError: the passphrase is empty.
        SpinetrackError: the extra `age` is not installed.

    """
    if not passphrase:
        raise ValueRefusedError("The passphrase is empty. Nothing was saved.")
    return b"".join(_sealed(data, passphrase))


def seal_for(data: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt for the holders of keys.

    Args:
        data: What to encrypt.
        recipients: Public keys, `age1…` or `ssh-ed25519 …`.

    Raises:
        ValueRefusedError: one of them is not a public key.
        SpinetrackError: the extra `age` is not installed.

    """
    pyrage = _pyrage()
    keys = []
    for text in recipients:
        kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
        try:
            keys.append(kind.Recipient.from_str(text.strip()))
        except pyrage.RecipientError as error:
            raise ValueRefusedError(
                f"This is not a public key: {text[:20]}. Nothing was saved.",
                hint="A public key begins with age1 or ssh-ed25519.",
            ) from error
    return bytes(pyrage.encrypt(data, keys))


def open_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Decrypt a file made for a passphrase.

    Raises:
        ValueRefusedError: the passphrase is wrong, the file is damaged, or it asks for more work than
            an honest file does; then nothing was computed.
        SpinetrackError: the extra `age` is not installed.

    """
    refuse_work(data)
    pyrage = _pyrage()
    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError as error:
        raise ValueRefusedError("The passphrase is wrong, or the file is damaged.") from error


def refuse_work(data: bytes) -> None:
    """Let a file pass that a passphrase opens with the work of an honest one. Nothing is computed.

    Raises:
        ValueRefusedError: it asks for more work, or is not made for a passphrase.

    """
    factor = _work_factor(_header(data))
    if factor is None:
        raise ValueRefusedError("This file is not made for a passphrase. It needs a key file.")
    if factor > WORK_FACTOR:
        raise ValueRefusedError(
            f"Opening this file would take more than this program allows: work factor {factor},"
            f" at most {WORK_FACTOR}.",
            hint="Ask who made it to encrypt it once more with spinetrack or age.",
        )


def open_with_keys(data: bytes, identities: str) -> bytes:
    """Decrypt a file made for a key.

    Args:
        data: The file.
        identities: The text of a key file: lines `AGE-SECRET-KEY-1…`, or one SSH key.

    Raises:
        ValueRefusedError: there is no key in the text, or none of them opens the file.
        SpinetrackError: the extra `age` is not installed.

    """
    pyrage = _pyrage()
    try:
        if "PRIVATE KEY-----" in identities:
            keys = [pyrage.ssh.Identity.from_buffer(identities.encode())]
        else:
            lines = (line.strip() for line in identities.splitlines())
            keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and line[0] != "#"]
    except pyrage.IdentityError as error:
        raise ValueRefusedError("The key file holds no key that age knows.") from error
    if not keys:
        raise ValueRefusedError("The key file is empty.")
    try:
        return bytes(pyrage.decrypt(data, keys))
    except pyrage.DecryptError as error:
        raise ValueRefusedError("None of the keys opens this file, or it is damaged.") from error


def _pyrage() -> Any:  # noqa: ANN401 - pyrage is compiled and brings no types
    try:
        import pyrage
    except ImportError as error:
        raise SpinetrackError(MISSING, hint=HINT) from error
    return pyrage


def _header(data: bytes) -> bytes:
    """Return the header of an age file, and whatever follows it inside the bound."""
    if not data.startswith(ARMOUR):
        return data[:HEAD_MOST].partition(b"\n--- ")[0]
    letters = data[len(ARMOUR) : HEAD_MOST].partition(b"-----END")[0]
    packed = b"".join(letters.split())
    try:
        return b64decode(packed[: len(packed) // 4 * 4]).partition(b"\n--- ")[0]
    except Base64Error:
        return b""


def _work_factor(header: bytes) -> int | None:
    """Return the work factor a header asks for, None when it is not for a passphrase.

    Of several lines that ask for one the largest counts: which of them would be read is not ours to guess.
    """
    asked = [line.split(b" ") for line in header.split(b"\n") if line.startswith(b"-> scrypt ")]
    factors = [int(parts[3]) if len(parts) == 4 and parts[3].isdigit() else 99 for parts in asked]  # noqa: PLR2004
    return max(factors, default=None)


def _sealed(data: bytes, passphrase: str) -> Iterable[bytes]:
    """Yield the parts of a file for a passphrase: header, its seal, then the text in chunks."""
    try:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    except ImportError as error:
        raise SpinetrackError(MISSING, hint=HINT) from error
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrap = hashlib.scrypt(
        passphrase.encode(),
        salt=b"age-encryption.org/v1/scrypt" + salt,
        n=1 << WORK_FACTOR,
        r=8,
        p=1,
        maxmem=(1 << WORK_FACTOR) * 1024 + (1 << 20),
        dklen=32,
    )
    wrapped = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
    header = MAGIC + b"-> scrypt %s %d\n%s\n---" % (_letters(salt), WORK_FACTOR, _letters(wrapped))
    seal = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    yield header + b" " + _letters(seal) + b"\n" + nonce
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    starts = range(0, max(len(data), 1), CHUNK)
    for number, start in enumerate(starts):
        last = b"\x01" if number == len(starts) - 1 else b"\x00"
        yield cipher.encrypt(number.to_bytes(11, "big") + last, data[start : start + CHUNK], None)


def _letters(raw: bytes) -> bytes:
    return b64encode(raw).rstrip(b"=")


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """Derive 32 bytes by HKDF with SHA-256 (RFC 5869); one block is enough."""
    mixed = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(mixed, info + b"\x01", "sha256")
