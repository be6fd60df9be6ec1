"""Encrypted files: other age programs open ours, ours refuse what would hang."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pexpect
import pyrage
import pytest

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.exchange import age

WORDS = "four plain words here"
CHUNK = age.CHUNK


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less work where the work itself is not the point."""
    monkeypatch.setattr(age, "WORK_FACTOR", 10)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_000])
@pytest.mark.usefixtures("quick")
def test_another_program_reads_every_length(size: int) -> None:
    data = os.urandom(size)
    sealed = age.seal_with_passphrase(data, WORDS)
    assert pyrage.passphrase.decrypt(sealed, WORDS) == data
    assert age.is_sealed(sealed)
    assert age.wants_passphrase(sealed)
    assert age.open_with_passphrase(sealed, WORDS) == data


def test_the_real_work_factor_opens() -> None:
    sealed = age.seal_with_passphrase(b"diary", WORDS)
    assert b" 18\n" in sealed[:100]
    assert age.open_with_passphrase(sealed, WORDS) == b"diary"


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not on this machine")
@pytest.mark.usefixtures("quick")
def test_debians_age_opens_it(tmp_path: Path) -> None:
    (tmp_path / "a.age").write_bytes(age.seal_with_passphrase(b"diary\n", WORDS))
    child = pexpect.spawn(
        "age", ["-d", "-o", str(tmp_path / "out"), str(tmp_path / "a.age")], timeout=30, encoding="utf-8"
    )
    child.expect("passphrase")
    child.sendline(WORDS)
    child.expect(pexpect.EOF)
    assert (tmp_path / "out").read_bytes() == b"diary\n"


def test_a_recipients_key(tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    other = pyrage.x25519.Identity.generate()
    sealed = age.seal_for(b"diary", [str(key.to_public())])
    assert not age.wants_passphrase(sealed)
    text = f"# created today\n{key}\n"
    assert age.open_with_keys(sealed, text) == b"diary"
    with pytest.raises(ValueRefusedError, match="None of the keys"):
        age.open_with_keys(sealed, str(other))
    with pytest.raises(ValueRefusedError, match="not made for a passphrase"):
        age.open_with_passphrase(sealed, WORDS)
    if shutil.which("age"):
        (tmp_path / "key").write_text(text)
        done = subprocess.run(
            ["age", "-d", "-i", tmp_path / "key"], input=sealed, capture_output=True, check=True
        )
        assert done.stdout == b"diary"


@pytest.mark.usefixtures("quick")
def test_a_wrong_passphrase_and_a_damaged_file() -> None:
    sealed = age.seal_with_passphrase(b"diary", WORDS)
    for data, words in (
        (sealed, "wrong"),
        (sealed[:-1] + bytes([sealed[-1] ^ 1]), WORDS),
        (sealed[:-9], WORDS),
    ):
        with pytest.raises(ValueRefusedError, match="passphrase is wrong, or the file is damaged"):
            age.open_with_passphrase(data, words)
    with pytest.raises(ValueRefusedError, match="empty"):
        age.seal_with_passphrase(b"diary", "")


@pytest.mark.parametrize("asked", [b"19", b"30", b"9999999", b"-3", b"x", b""])
@pytest.mark.parametrize("armoured", [False, True])
def test_work_without_end_is_refused_before_it_begins(
    asked: bytes, armoured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 10)
    sealed = age.seal_with_passphrase(b"diary", WORDS).replace(b" 10\n", b" " + asked + b"\n", 1)
    monkeypatch.setattr(age, "WORK_FACTOR", 18)
    if armoured:
        from base64 import encodebytes

        sealed = age.ARMOUR + b"\n" + encodebytes(sealed) + b"-----END AGE ENCRYPTED FILE-----\n"

    def never(*_: object) -> None:
        raise AssertionError("the passphrase was derived")

    monkeypatch.setattr(pyrage.passphrase, "decrypt", never)
    with pytest.raises(ValueRefusedError, match="more than this program allows"):
        age.open_with_passphrase(sealed, WORDS)


@pytest.mark.parametrize("text", ["age1xx", "hello", "ssh-ed25519 AAAA"])
def test_what_is_not_a_public_key(text: str) -> None:
    with pytest.raises(ValueRefusedError, match="not a public key"):
        age.seal_for(b"diary", [text])


@pytest.mark.parametrize("text", ["", "# nothing", "hello", "-----BEGIN OPENSSH PRIVATE KEY-----\nxx"])
def test_what_is_not_a_key_file(text: str) -> None:
    sealed = age.seal_for(b"diary", [str(pyrage.x25519.Identity.generate().to_public())])
    with pytest.raises(ValueRefusedError, match="key file"):
        age.open_with_keys(sealed, text)


@pytest.mark.parametrize("missing", ["pyrage", "cryptography.hazmat.primitives.ciphers.aead"])
def test_without_the_extra_the_way_to_it_is_said(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, missing, None)
    keys = missing == "pyrage"
    with pytest.raises(SpinetrackError, match="one more part") as refused:
        age.seal_for(b"diary", ["age1"]) if keys else age.seal_with_passphrase(b"diary", WORDS)
    assert "spinetrack[age]" in (refused.value.hint or "")
