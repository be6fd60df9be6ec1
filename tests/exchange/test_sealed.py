"""Sealed files through the one door that opens them, and through `import`."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pyrage
import pytest
from tests.conftest import Patient, evening

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange import age
from spinetrack.exchange.files import Unsealed, digest_of
from spinetrack.exchange.sealed import Ways, opened

WORDS = "four plain words here"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 10)


@pytest.fixture
def bundle(patient: Patient) -> Path:
    """A diary of two days, exported; the diary itself is gone."""
    patient.run("log", "4", now=evening(0))
    patient.run("log", "5", now=evening(1))
    path = patient.folder / "out.ndjson"
    patient.run("export", "-o", path, now=evening(1))
    patient.file.unlink()
    patient.now = evening(2)
    return path


def sealed(path: Path) -> Path:
    place = path.with_name(path.name + ".age")
    place.write_bytes(age.seal_with_passphrase(path.read_bytes(), WORDS))
    return place


def test_a_plain_file_is_left_alone_and_nobody_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"plain")
    assert opened(path, Ways(pytest.fail)) is path


def test_what_was_sealed_is_in_memory_only(bundle: Path) -> None:
    asked: list[str] = []

    def ask(name: str) -> str:
        asked.append(name)
        return WORDS

    before = sorted(bundle.parent.iterdir())
    found = opened(sealed(bundle), Ways(ask))
    assert found == Unsealed("out.ndjson", bundle.read_bytes())
    assert digest_of(found) == digest_of(bundle)
    assert asked == ["out.ndjson.age"]
    assert sorted(bundle.parent.iterdir()) == [*before, bundle.with_name("out.ndjson.age")]


def test_each_lack_is_said(bundle: Path) -> None:
    file = sealed(bundle)
    with pytest.raises(ValueRefusedError, match="sealed with a passphrase"):
        opened(file, Ways())
    with pytest.raises(ValueRefusedError, match="passphrase is wrong"):
        opened(file, Ways(lambda _: "wrong"))
    key = pyrage.x25519.Identity.generate()
    file.write_bytes(age.seal_for(b"plain", [str(key.to_public())]))
    with pytest.raises(ValueRefusedError, match="sealed for a key") as missing:
        opened(file, Ways(pytest.fail))
    assert "--key FILE" in missing.value.hint
    (bundle.parent / "key").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueRefusedError, match="not a key file"):
        opened(file, Ways(key=bundle.parent / "key"))
    file.write_bytes(age.seal_with_passphrase(b"", WORDS))
    with pytest.raises(ValueRefusedError, match="nothing in this sealed file"):
        opened(file, Ways(lambda _: WORDS))


def test_nobody_is_asked_for_a_file_that_wants_too_much_work(bundle: Path) -> None:
    file = sealed(bundle)
    file.write_bytes(file.read_bytes().replace(b" 10\n", b" 30\n", 1))
    with pytest.raises(ValueRefusedError, match="work factor 30"):
        opened(file, Ways(pytest.fail))


def test_import_takes_the_passphrase_from_the_environment(patient: Patient, bundle: Path) -> None:
    file = sealed(bundle)
    refused = patient.run("import", file, code=1)
    assert "sealed with a passphrase" in refused.err
    assert not patient.file.exists()
    assert "wrong" in patient.run("import", file, code=1, env={"SPINETRACK_PASSPHRASE": "no"}).err
    done = patient.run("import", file, env={"SPINETRACK_PASSPHRASE": WORDS})
    assert "2 new" in done.out
    again = patient.run("import", bundle)
    assert "Nothing is new." in again.out
    patient.run("undo")
    assert "2 new" in patient.run("import", bundle).out, "sealed or not, it is the same file"


def test_import_opens_with_a_key_file(patient: Patient, bundle: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    file = bundle.with_name("k.age")
    file.write_bytes(age.seal_for(bundle.read_bytes(), [str(key.to_public())]))
    (bundle.parent / "key.txt").write_text(f"# mine\n{key}\n")
    assert "--key FILE" in patient.run("import", file, code=1).err
    assert "2 new" in patient.run("import", file, "--key", bundle.parent / "key.txt").out


def test_a_sealed_diary_file_comes_in(
    patient: Patient, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient.run("import", bundle)
    file = sealed(patient.file)
    kept = patient.file.read_bytes()
    patient.file.unlink()
    with monkeypatch.context() as patch:
        patch.delattr("spinetrack.store.elsewhere.tempfile.TemporaryDirectory")  # it stays in memory
        done = patient.run("import", file, env={"SPINETRACK_PASSPHRASE": WORDS})
    assert "2 new" in done.out
    file.write_bytes(age.seal_with_passphrase(kept[:3000], WORDS))
    refused = patient.run("import", file, code=1, env={"SPINETRACK_PASSPHRASE": WORDS})
    assert refused.err.count("\n") == 1
    assert "/tmp" not in refused.err


def test_at_a_terminal_the_passphrase_is_asked_for_and_not_shown(patient: Patient, bundle: Path) -> None:
    environ = {**patient.environ, "SPINETRACK_NOW": patient.now, "SPINETRACK_PASSPHRASE": "not this one"}
    words = ["-m", "spinetrack", "import", str(sealed(bundle)), "--passphrase"]
    child = pexpect.spawn(sys.executable, words, env=environ, timeout=30, encoding="utf-8")
    child.expect("Passphrase of out.ndjson.age: ")
    child.sendline(WORDS)
    child.expect(pexpect.EOF)
    assert "2 new" in child.before
    assert WORDS not in child.before
