"""Reading what patients handed over: one file in depth, many in order, nothing kept."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pexpect
import pytest
from tests.conftest import Patient, evening
from tests.store.records import fill_all, open_store

from spinetrack.exchange import age

LAST = 40
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The export of somebody who sat 40 minutes for four weeks, then 25."""
    folder = tmp_path_factory.mktemp("anna")
    anna = Patient(folder)
    anna.run("profile", "set", "name", "Anna", now=evening(0))
    anna.run("screen", "--none", now=evening(0))
    for n in range(LAST + 1):
        anna.run("log", 4, "sit", 40 if n < 27 else 25, now=evening(n))
    anna.run("question", "May I swim?", now=evening(LAST))
    anna.run("export", "-o", folder / "anna.ndjson", now=evening(LAST))
    return (folder / "anna.ndjson").read_bytes()


@pytest.fixture
def anna(tmp_path: Path, bundle: bytes) -> Path:
    path = tmp_path / "anna.ndjson"
    path.write_bytes(bundle)
    return path


@pytest.fixture
def reader(tmp_path: Path) -> Patient:
    found = Patient(tmp_path)
    found.now = evening(LAST)
    return found


def edited(raw: bytes, change: Callable[[list[dict[str, object]]], None]) -> bytes:
    """Return a bundle with changed records under a header that fits them."""
    head, *rest = [json.loads(line) for line in raw.splitlines()]
    change(rest)
    lines = b"".join(
        json.dumps(line, sort_keys=True, separators=(",", ":")).encode() + b"\n" for line in rest
    )
    counts: dict[str, int] = {}
    for line in rest:
        counts[line["kind"]] = counts.get(line["kind"], 0) + 1
    head |= {"sha256": sha256(lines).hexdigest(), "counts": counts}
    return json.dumps(head).encode() + b"\n" + lines


def nothing_of_the_reader(reader: Patient) -> None:
    assert not reader.home.exists()


# -- one file --------------------------------------------------------------------------------------


def test_one_file_is_shown_in_depth(reader: Patient, anna: Path) -> None:
    said = reader.run("review", anna).out
    assert "Anna" in said
    assert "Worse: sitting 40 → 25 min in 4 weeks, clear." in said
    assert "Order for reading, not urgency. Nobody watches these files." in said
    assert "May I swim?" in said
    assert "clear, worse" in said
    nothing_of_the_reader(reader)


def test_one_file_as_a_page(reader: Patient, anna: Path, tmp_path: Path) -> None:
    page = tmp_path / "anna.html"
    assert "Written:" in reader.run("review", anna, "--html", page).out
    text = page.read_text()
    assert "sitting 40 → 25 min in 4 weeks, clear." in text
    assert "<svg" in text
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert "already" in reader.run("review", anna, "--html", page, code=1).err
    reader.run("review", anna, "--html", page, "--force")
    nothing_of_the_reader(reader)


def test_the_json_of_one_file_is_that_of_many(reader: Patient, anna: Path) -> None:
    assert reader.run("review", anna, "--json").json == {
        "spinetrack": 1,
        "patients": [
            {
                "file": str(anna),
                "patient": "Anna",
                "need": "worse",
                "reason": "sitting 40 → 25 min in 4 weeks, clear",
                "last_day": evening(LAST)[:10],
            }
        ],
        "skipped": [],
    }


def test_a_diary_of_the_reader_stays_as_it_is(reader: Patient, anna: Path) -> None:
    reader.run("log", 3)
    before = {p: p.read_bytes() for p in reader.home.rglob("*") if p.is_file()}
    reader.run("review", anna)
    reader.run("review", anna, "--json")
    assert {p: p.read_bytes() for p in reader.home.rglob("*") if p.is_file()} == before


def test_the_day_of_reading_can_be_said(reader: Patient, anna: Path) -> None:
    def need(*words: object) -> str:
        found: str = reader.run("review", anna, "--json", *words).json["patients"][0]["need"]
        return found

    assert need("--as-of", "2026-03-20") == "fine"
    assert need("--as-of", "2026-06-01") == "worse"
    for word in ("soon", "0001-01-01", "2026-02-30", "99999-01-01"):
        assert reader.run("review", anna, "--as-of", word, code=1).err
    for word in ("1900-01-01", "2200-12-31", "yesterday", "8w"):
        assert reader.run("review", anna, "--as-of", word).out


def test_the_changed_entries_are_counted(reader: Patient, tmp_path: Path) -> None:
    writer = Patient(tmp_path / "b")
    for n in range(3):
        writer.run("log", 4, now=evening(n))
    writer.run("edit", 2, "pain", 5, now=evening(3))
    writer.run("export", "-o", tmp_path / "b.ndjson", now=evening(3))
    said = reader.run("review", tmp_path / "b.ndjson", now=evening(3)).out
    assert "1 changed later" in " ".join(said.split())


def test_a_redacted_file_is_read_too(reader: Patient, tmp_path: Path) -> None:
    writer = Patient(tmp_path / "b")
    writer.run("profile", "set", "name", "Bruno", now=evening(0))
    for n in range(15):
        writer.run("log", 4, "sit", 20, now=evening(n))
    place = tmp_path / "b.ndjson"
    writer.run("export", "--redact", "-o", place, now=evening(15))
    said = reader.run("review", place).out
    assert "Name left out" in said
    assert "day 15" in said
    assert "2000" not in said
    row = reader.run("review", place, "--json").json["patients"][0]
    assert (row["need"], row["last_day"]) == ("fine", "2000-01-17")
    assert "day 15" in reader.run("review", place, tmp_path).out


# -- many ------------------------------------------------------------------------------------------


def test_a_folder_is_a_table_in_order_of_need(reader: Patient, tmp_path: Path, bundle: bytes) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "anna.ndjson").write_bytes(bundle)
    other = Patient(tmp_path / "b")
    other.run("screen", "--yes", "CE1", now=evening(LAST), code=3)
    other.run("log", 4, now=evening(LAST))
    other.run("export", "-o", inbox / "zoe.ndjson", now=evening(LAST))
    quiet = Patient(tmp_path / "c")
    quiet.run("log", 4, now=evening(LAST - 31))
    quiet.run("export", "-o", inbox / "mia.ndjson", now=evening(LAST - 31))
    (inbox / "scan.png").write_bytes(PNG)
    (inbox / ".hidden").write_bytes(PNG)
    (inbox / "old").mkdir()
    said = reader.run("review", inbox).lines
    assert said[0] == "Order for reading, not urgency. Nobody watches these files."
    rows = [line for line in said if line.startswith("Need: ")]
    assert [row.split(".")[0] for row in rows] == [
        "Need: red flag", "Need: worse", "Need: silent", "Need: skipped", "Need: skipped",
    ]  # fmt: skip
    assert "CE1 (new trouble passing urine) reported today, not closed" in rows[0]
    assert "Last entry: 31 days ago. Why: last entry 11 Mar." in rows[2]
    found = reader.run("review", inbox, "--json").json
    assert [p["need"] for p in found["patients"]] == ["red-flag", "worse", "silent"]
    assert [Path(s["file"]).name for s in found["skipped"]] == ["old", "scan.png"]
    nothing_of_the_reader(reader)


def test_a_folder_as_a_page(reader: Patient, tmp_path: Path, anna: Path) -> None:
    page = tmp_path / "today.html"
    (tmp_path / "scan.png").write_bytes(PNG)
    reader.run("review", tmp_path, "--html", page)
    text = page.read_text()
    assert "Nobody watches these files" in text
    assert "Anna" in text
    assert "scan.png" in text
    assert anna.name not in text


def test_a_patient_without_a_name_is_called_by_the_file(reader: Patient, tmp_path: Path) -> None:
    writer = Patient(tmp_path / "b")
    writer.run("log", 4, now=evening(LAST))
    place = tmp_path / "p-07.ndjson"
    writer.run("export", "-o", place, now=evening(LAST))
    key = json.loads(place.read_text().splitlines()[0])["patient"]
    assert reader.run("review", place, "--json").json["patients"][0]["patient"] == key
    said = reader.run("review", place, place, tmp_path).out
    assert "Patient: p-07." in said
    assert key not in said


# -- what cannot be read ---------------------------------------------------------------------------


def deep(raw: bytes) -> bytes:
    head, _, rest = raw.partition(b"\n")
    first, _, more = rest.partition(b"\n")
    worse = first.replace(b'"data":', b'"data":' + b"[" * 200_000) + b"\n" + more
    found = json.loads(head) | {"sha256": sha256(worse).hexdigest()}
    return json.dumps(found).encode() + b"\n" + worse


def newer(raw: bytes) -> bytes:
    head, _, rest = raw.partition(b"\n")
    return head.replace(b'"format":1', b'"format":99') + b"\n" + rest


def miscounted(raw: bytes) -> bytes:
    head, _, rest = raw.partition(b"\n")
    found = json.loads(head)
    found["counts"]["entry"] -= 1
    found["counts"]["goal"] = 1
    return json.dumps(found).encode() + b"\n" + rest


def negative(raw: bytes) -> bytes:
    head, _, rest = raw.partition(b"\n")
    found = json.loads(head)
    found["counts"] |= {"goal": -1, "skip": 1}
    return json.dumps(found).encode() + b"\n" + rest


BAD: dict[str, Callable[[bytes], bytes]] = {
    "a picture": lambda _: PNG,
    "a jpeg": lambda _: b"\xff\xd8\xff\xe0" + bytes(300),
    "empty": lambda _: b"",
    "blank": lambda _: b"\n\n",
    "json": lambda _: b'{"a": 1}\n',
    "a database": lambda _: b"SQLite format 3\0" + bytes(500),
    "one bit": lambda raw: raw.replace(b'"value":40', b'"value":41', 1),
    "cut off": lambda raw: raw[:-50],
    "cut at a line": lambda raw: raw[: raw.rfind(b"\n", 0, -1) + 1],
    "a line more": lambda raw: raw + b"{}\n",
    "no header": lambda raw: raw.partition(b"\n")[2],
    "too deep": deep,
    "newer": newer,
    "miscounted": miscounted,
    "negative": negative,
    "an unknown kind": lambda raw: edited(raw, lambda rest: rest.append({**rest[-1], "kind": "zzz"})),
    "a wrong value": lambda raw: edited(raw, lambda rest: rest[0]["data"].update(day="soon")),  # type: ignore[attr-defined]
    "utf-16": lambda raw: raw.decode().encode("utf-16"),
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_what_cannot_be_read_is_named_and_the_rest_is_shown(
    bad: str, reader: Patient, tmp_path: Path, anna: Path
) -> None:
    inbox = tmp_path / "bad"
    inbox.mkdir()
    place = inbox / "bad.ndjson"
    place.write_bytes(BAD[bad](anna.read_bytes()))
    found = reader.run("review", place, anna, "--json").json
    assert [p["patient"] for p in found["patients"]] == ["Anna"]
    assert [s["file"] for s in found["skipped"]] == [str(place)]
    reason = found["skipped"][0]["reason"]
    assert reason[-1] == "."
    assert "saved" not in reason
    assert str(tmp_path) not in reason
    said = reader.run("review", place, anna).out
    assert "Patient: bad.ndjson. Why: " in said
    alone = reader.run("review", place, code=1)
    assert (alone.out, len(alone.err.splitlines()) in {1, 2}) == ("", True)
    assert reader.run("review", place, "--json", code=1).json["patients"] == []
    nothing_of_the_reader(reader)


def test_a_file_that_is_not_there_and_a_pipe(reader: Patient, tmp_path: Path, anna: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = reader.run("review", tmp_path / "none.ndjson", tmp_path / "pipe", anna, "--json").json
    assert [s["reason"] for s in found["skipped"]] == ["There is no file.", "This is not a plain file."]
    assert reader.run("review", tmp_path / "none.ndjson", code=1).err.startswith("There is no file ")


def test_a_large_file_is_refused_by_its_size(reader: Patient, tmp_path: Path, anna: Path) -> None:
    place = tmp_path / "large.ndjson"
    with place.open("wb") as file:
        file.truncate(65_000_000)
    found = reader.run("review", place, anna, "--json").json
    assert "too large" in found["skipped"][0]["reason"]


def test_an_empty_folder_says_so(reader: Patient, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    assert "no file" in reader.run("review", tmp_path / "inbox", code=1).err
    assert "FILE|FOLDER" in reader.run("review", code=2).err


# -- sealed files ----------------------------------------------------------------------------------


def test_a_sealed_file_is_opened_in_memory(
    reader: Patient, tmp_path: Path, bundle: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 10)
    place = tmp_path / "anna.ndjson.age"
    place.write_bytes(age.seal_with_passphrase(bundle, "seven small birds"))
    before = sorted(tmp_path.rglob("*"))
    env = {"SPINETRACK_PASSPHRASE": "seven small birds"}
    assert reader.run("review", place, "--json", env=env).json["patients"][0]["need"] == "worse"
    assert "Anna" in reader.run("review", place, env=env).out
    assert "Anna" in reader.run("review", place, "--passphrase", env=env).out  # nobody is there to be asked
    wrong = reader.run("review", place, "--json", env={"SPINETRACK_PASSPHRASE": "x"}, code=1).json
    assert "passphrase is wrong" in wrong["skipped"][0]["reason"]
    none = reader.run("review", place, "--json", code=1).json
    assert "sealed with a passphrase" in none["skipped"][0]["reason"]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_key_file_opens_a_file_made_for_it(reader: Patient, tmp_path: Path, bundle: bytes) -> None:
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    key = tmp_path / "key.txt"
    key.write_text(f"# mine\n{identity}\n")
    place = tmp_path / "anna.age"
    place.write_bytes(age.seal_for(bundle, [str(identity.to_public())]))
    assert reader.run("review", place, "--key", key, "--json").json["patients"][0]["patient"] == "Anna"
    assert "--key FILE" in reader.run("review", place, "--json", code=1).json["skipped"][0]["reason"]


# -- untrusted words -------------------------------------------------------------------------------

NASTY = (
    "<script>alert(1)</script>\x1b[31mred\x1b]0;title\x07 \u202egnp.exe =cmd|' /C calc'!A0 \U0001f600 "
    + "x" * 10_000
)


def test_names_and_notes_steer_nothing(reader: Patient, tmp_path: Path, bundle: bytes) -> None:
    def spoil(rest: list[dict[str, object]]) -> None:
        for record in rest:
            data = record["data"]
            assert isinstance(data, dict)
            if record["kind"] == "profile" and data["key"] == "name":
                data["value"] = NASTY
            if record["kind"] == "entry":
                data["note"] = NASTY
            if record["kind"] == "question":
                data["text"] = NASTY

    place = tmp_path / "nasty.ndjson"
    place.write_bytes(edited(bundle, spoil))
    assert reader.run("review", place, "--json").json["patients"][0]["patient"] == NASTY.strip()
    for words in ((place,), (place, tmp_path)):
        said = reader.run("review", *words).out
        assert "\x1b" not in said
        assert "\u202e" not in said
        assert "x" * 1000 not in said
    for words in ((place,), (place, tmp_path)):
        page = tmp_path / "page.html"
        reader.run("review", *words, "--html", page, "--force")
        text = page.read_text()
        assert "<script" not in text
        assert "\u202e" not in text
        assert "\x1b" not in text


def test_the_name_of_a_file_steers_nothing(reader: Patient, tmp_path: Path, bundle: bytes) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    names = (b"\x1b[31mred\n.ndjson", b"\xff\xfe.ndjson", "\u202egnp.ndjson".encode(), b"<b>.png")
    for name in names:
        Path(os.fsdecode(os.fsencode(inbox) + b"/" + name)).write_bytes(PNG)
    for found in (reader.run("review", inbox, code=1), reader.run_process("review", inbox, code=1)):
        assert len(found.err.splitlines()) == len(names) + 1
        assert "\x1b" not in found.err
        assert "\u202e" not in found.err
    (inbox / "anna.ndjson").write_bytes(bundle)
    said = reader.run_process("review", inbox).out
    assert said.count("Need: skipped.") == len(names)
    assert "\x1b" not in said
    reader.run("review", inbox, "--html", tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text()
    assert "&lt;b&gt;.png" in text
    assert "\x1b" not in text
    assert len(reader.run_process("review", inbox, "--json").json["skipped"]) == len(names)


# -- somebody looks on -----------------------------------------------------------------------------


def typed(reader: Patient, *words: object, size: tuple[int, int] = (40, 80)) -> pexpect.spawn[str]:
    """Start the command on a terminal."""
    return pexpect.spawn(
        sys.executable,
        ["-m", "spinetrack", *map(str, words)],
        env={**reader.environ, "SPINETRACK_NOW": reader.now, "TERM": "xterm", "PYTHONUTF8": "1"},
        dimensions=size,
        encoding="utf-8",
        timeout=60,
    )


def typed_line(reader: Patient, line: str) -> pexpect.spawn[str]:
    """Give a line to a shell on a terminal."""
    return pexpect.spawn(
        "/bin/sh",
        ["-c", line],
        env={**reader.environ, "SPINETRACK_NOW": reader.now, "TERM": "xterm"},
        encoding="utf-8",
        timeout=60,
    )


def test_many_files_show_how_far_it_is_and_are_read_by_several_processes(
    reader: Patient, tmp_path: Path, bundle: bytes
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(120):
        (inbox / f"p-{number:03}.ndjson").write_bytes(bundle)
    child = typed(reader, "review", inbox)
    child.expect("Reading")
    child.expect(pexpect.EOF)
    assert child.before.count("sitting 40 → 25 min") == 120
    assert "Order for reading" in child.before
    child.close()
    assert child.exitstatus == 0
    redirected = typed_line(
        reader, f"{sys.executable} -m spinetrack review {inbox} --json > {tmp_path / 'found'}"
    )
    redirected.expect("Reading")
    redirected.expect(pexpect.EOF)
    assert len(json.loads((tmp_path / "found").read_text())["patients"]) == 120
    piped = reader.run_process("review", inbox, "--json")
    assert (len(piped.json["patients"]), piped.err) == (120, "")


def test_the_passphrase_is_asked_once_and_never_shown(
    reader: Patient, tmp_path: Path, bundle: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 10)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("a", "b"):
        (inbox / f"{name}.age").write_bytes(age.seal_with_passphrase(bundle, "seven small birds"))
    child = typed(reader, "review", inbox)
    child.expect("Passphrase of a.age: ")
    child.sendline("seven small birds")
    child.expect(pexpect.EOF)
    assert "Passphrase" not in child.before
    assert "seven" not in child.before
    assert child.before.count("Anna") == 2


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(reader: Patient, anna: Path, tmp_path: Path, width: int) -> None:
    (tmp_path / "scan.png").write_bytes(PNG)
    reader.environ["COLUMNS"] = str(width)
    for words in ((anna,), (tmp_path,)):
        child = typed(reader, "review", *words, size=(50, width))
        child.expect(pexpect.EOF)
        lines = [line.rstrip("\r") for line in child.before.split("\n")]
        assert max(map(len, lines)) <= width
        assert "\x1b" not in child.before


def test_a_file_with_one_of_everything_is_shown(reader: Patient, tmp_path: Path) -> None:
    """Among it a reason to ask again that this program does not know."""
    writer = Patient(tmp_path / "b")
    with open_store(writer.home) as store:
        fill_all(store)
    writer.run("export", "-o", tmp_path / "b.ndjson")
    assert "No sign: too few days" in reader.run("review", tmp_path / "b.ndjson", "--as-of", "2026-03-02").out
