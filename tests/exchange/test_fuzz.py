"""Every parser of foreign files, given damaged ones: a sentence or records, in time, and nothing changed.

The seeds are whole files of each kind. Harm is done to their bytes, and with the words that parsers stumble
over. The short form runs always; the long one (`--slow`) makes more than 100,000 files in all.
"""

from __future__ import annotations

import io
import json
import resource
import shutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.test_apple_health import export, slept, steps, walked
from tests.exchange.test_import_csv import BEARABLE, MIGRAINE_BUDDY, MINE, TRACK_GRAPH
from tests.exchange.whole_diary import KEY, NOW, assessed, whole_diary
from tests.store.records import EXAMPLES, TODAY, add, entry, fresh_store

from spinetrack.errors import SpinetrackError
from spinetrack.exchange import age
from spinetrack.exchange.bundle import FULL, write_bundle
from spinetrack.exchange.csv_daily import write_csv_daily
from spinetrack.exchange.csv_long import write_csv_long
from spinetrack.exchange.csv_map import ColumnMap, ColumnUse
from spinetrack.exchange.fhir import write_fhir
from spinetrack.exchange.importers import Desk, find
from spinetrack.exchange.sealed import Ways, opened
from spinetrack.recovery.diary import Diary, ImportRun
from spinetrack.store import Store, restore
from spinetrack.store.elsewhere import read_elsewhere
from spinetrack.store.merge import Arrival, compare
from spinetrack.store.records import records_in

SECONDS = 2.0
"""How long one file may take, of the processor: other programs may keep it waiting."""
MEGABYTES = 300
"""How much memory one file may add."""
WORDS = (
    b'"', b"{", b"[", b"]}", b"null", b"\n", b"\r", b",", b";", b"-", b"\\u0000", b"\\ud800", b"1e999", b"NaN", b"-0",
    b"9" * 40, b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"<", b"<!DOCTYPE", b"&a;", b"]]>", b"\x0b", b"31/12/2026",
    b"2026-02-30", b"=cmd", b"PK\x03\x04", b"-> scrypt AAAA 60\n", b"[" * 60, b'{"a":' * 50, b"../../x", b"\t", b"|",
)  # fmt: skip
SMALL = Diary(entries=whole_diary().entries[:2], metrics=whole_diary().metrics)
MAP = ColumnMap(
    "Datum",
    "Uhrzeit",
    None,
    (ColumnUse("Schmerz", "pain"), ColumnUse("Schlaf", "sleep", "h")),
    ("Bemerkung",),
)
IDENTITY = pyrage.x25519.Identity.generate()


def a_bundle() -> bytes:
    with fresh_store() as store:
        for value in EXAMPLES[:12]:
            add(store, value)
        return b"".join(write_bundle(records_in(store), kind=FULL, patient=store.patient() or ""))


def an_export() -> bytes:
    return export(
        steps("2026-02-01 09:00:00", 4000),
        walked("2026-02-01 09:00:00", "2.5"),
        slept("2026-02-01 23:00:00", "2026-02-02 06:00:00"),
    )


def a_zip() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("apple_health_export/export.xml", an_export())
        packed.writestr("apple_health_export/export_cda.xml", b"<x/>")
    return raw.getvalue()


SEEDS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "bundle": ("bundle", a_bundle),
    "fhir": ("fhir", lambda: write_fhir(SMALL, assessed(Diary()), patient_key=KEY)),
    "fhir laid out": (
        "fhir",
        lambda: json.dumps(
            json.loads(write_fhir(SMALL, assessed(Diary()), patient_key=KEY)), indent=1
        ).encode(),
    ),
    "apple xml": ("apple-health", an_export),
    "apple zip": ("apple-health", a_zip),
    "bearable": ("csv", BEARABLE.encode),
    "migraine buddy": ("csv", MIGRAINE_BUDDY.encode),
    "track and graph": ("csv", TRACK_GRAPH.encode),
    "our csv": ("csv", lambda: write_csv_long(SMALL)),
    "our days": ("csv", lambda: write_csv_daily(SMALL)),
    "any table": ("csv", MINE.encode),
}
"""What is harmed: the kind it is said to be, and the whole file."""


harms = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["flip", "drop", "word", "copy"]), st.integers(0, 255)),
    min_size=1,
    max_size=5,
)
"""Where, what, and how much."""


def harmed(raw: bytes, harm: list[tuple[float, str, int]]) -> bytes:
    spoilt = bytearray(raw)
    for part, what, amount in harm:
        at = min(int(part * len(spoilt)), max(0, len(spoilt) - 1))
        if what == "flip" and spoilt:
            spoilt[at] ^= 1 << amount % 8
        elif what == "drop":
            del spoilt[at : at + amount]
        elif what == "word":
            spoilt[at : at + amount % 3] = WORDS[amount % len(WORDS)]
        else:
            spoilt[at:at] = spoilt[at : at + amount]
    return bytes(spoilt)


def honest(raw: bytes) -> bytes:
    """Give a harmed bundle the check sum and counts that fit it, so that its records are looked at."""
    head, _, rest = raw.partition(b"\n")
    try:
        found = json.loads(head)
        kinds = [str(json.loads(line)["kind"]) for line in rest.splitlines()]
    except (ValueError, TypeError, KeyError, RecursionError):
        return raw
    counts = {kind: kinds.count(kind) for kind in kinds}
    return json.dumps(found | {"sha256": sha256(rest).hexdigest(), "counts": counts}).encode() + b"\n" + rest


def memory() -> float:
    """Return the most memory this process ever had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 if sys.platform != "darwin" else 1024 * 1024)


class Here:
    """A diary that must stay as it is."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.file = folder / "foreign"

    def digest(self) -> str:
        return sha256(self.store.path.read_bytes()).hexdigest()

    def survives(self, raw: bytes, act: Callable[[Path], object]) -> None:
        """Let `act` look at a file: it says one sentence or returns, in time, and nothing changes."""
        self.file.write_bytes(raw)
        before, began, most = self.digest(), time.process_time(), memory()
        try:
            act(self.file)
        except SpinetrackError as error:
            assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
            assert str(error).strip()  # noqa: PT017
        assert time.process_time() - began < SECONDS
        assert self.digest() == before
        assert memory() - most < MEGABYTES

    def take_in(self, kind: str | None, columns: ColumnMap | None = None) -> Callable[[Path], object]:
        def act(path: Path) -> object:
            desk = Desk(self.store, NOW, NOW.date(), columns=columns)
            incoming = find(path, kind).read(path, desk)
            run = ImportRun("foreign", incoming.kind, "0" * 64, 0, 0, NOW, TODAY)
            return compare(
                self.store, Arrival(run, tuple(incoming.records), incoming.patient, same_person=True)
            )

        return act


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Here]:
    with fresh_store() as store:
        add(store, entry(4))
        yield Here(store, tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest) -> tuple[str, str, bytes]:
    kind, make = SEEDS[request.param]
    return str(request.param), kind, make()


def look_at(
    here: Here, seed: tuple[str, str, bytes], harm: list[tuple[float, str, int]], *, fits: bool
) -> None:
    name, kind, raw = seed
    spoilt = harmed(raw, harm)
    if fits and kind == "bundle":
        spoilt = honest(spoilt)
    here.survives(spoilt, here.take_in(kind if fits else None, MAP if name == "any table" else None))


def test_the_seeds_are_whole(here: Here, seed: tuple[str, str, bytes]) -> None:
    """Else the harm would be done to files that nobody reads."""
    name, kind, raw = seed
    here.file.write_bytes(raw)
    for said in (kind, None):
        act = here.take_in(said, MAP if name == "any table" else None)
        if said or name not in {"any table", "apple zip"}:  # these are found by their names
            assert act(here.file)


@settings(max_examples=60)
@given(harm=harms, fits=st.booleans())
def test_no_harm_to_a_file_is_a_fault(
    here: Here, seed: tuple[str, str, bytes], harm: list[tuple[float, str, int]], fits: bool
) -> None:
    look_at(here, seed, harm, fits=fits)


@pytest.mark.slow
@settings(max_examples=10_000)
@given(harm=harms, fits=st.booleans())
def test_no_harm_to_a_file_is_a_fault_for_long(
    here: Here, seed: tuple[str, str, bytes], harm: list[tuple[float, str, int]], fits: bool
) -> None:
    look_at(here, seed, harm, fits=fits)


@settings(max_examples=100)
@given(
    raw=st.binary(max_size=600),
    kind=st.sampled_from([None, "bundle", "fhir", "apple-health", "csv", "diary"]),
)
def test_any_bytes_at_all(here: Here, raw: bytes, kind: str | None) -> None:
    here.survives(raw, here.take_in(kind))


# -- tables of any text ----------------------------------------------------------------------------

cells = st.text(max_size=12) | st.sampled_from(
    [
        "2026-02-03",
        "03/02/2026",
        "25.02.2026 14:30",
        "1,5",
        "13,666",
        "1.234,5",
        "35+",
        "6h30",
        "yes",
        "-1",
        "1e9",
        '"',
    ]
)


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    headers = [
        ["date", "category", "rating/amount", "detail", "time of day", "notes"],
        ["started", "lasted", "pain level", "notes", "potential triggers"],
        ["FeatureName", "Timestamp", "Value", "Note"],
        ["Datum", "Uhrzeit", "Schmerz", "Schlaf", "Bemerkung"],
        ["day", "zone", "check_ins", "flare", "pain", "sites", "notes"],
    ]
    header = draw(st.sampled_from(headers))
    rows = draw(st.lists(st.lists(cells, max_size=len(header) + 1), max_size=8))
    sign = draw(st.sampled_from(",;\t|"))
    encoding = draw(st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "latin-1"]))
    return "\n".join(sign.join(row) for row in [header, *rows]).encode(encoding, "replace")


@given(raw=tables(), mapped=st.booleans())
def test_any_table(here: Here, raw: bytes, mapped: bool) -> None:
    here.survives(raw, here.take_in("csv", MAP if mapped else None))


@pytest.mark.slow
@settings(max_examples=20_000)
@given(raw=tables(), mapped=st.booleans())
def test_any_table_for_long(here: Here, raw: bytes, mapped: bool) -> None:
    here.survives(raw, here.take_in("csv", MAP if mapped else None))


# -- sealed files ----------------------------------------------------------------------------------

SEALED = {
    "passphrase": lambda: age.seal_with_passphrase(b"diary" * 40, "four words"),
    "key": lambda: age.seal_for(b"diary" * 40, [str(IDENTITY.to_public())]),
    "letters": lambda: bytes(pyrage.encrypt(b"diary" * 40, [IDENTITY.to_public()], armored=True)),
}


@pytest.fixture(scope="module", params=SEALED)
def sealed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(age, "WORK_FACTOR", 2)
        raw = SEALED[request.param]()
    key = tmp_path_factory.mktemp("key") / "key.txt"
    key.write_text(f"# a key\n{IDENTITY}\n")
    return raw, key


@given(harm=harms)
def test_no_harm_to_a_sealed_file_is_a_fault(
    here: Here,
    sealed: tuple[bytes, Path],
    harm: list[tuple[float, str, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 10)
    raw, key = sealed
    here.survives(harmed(raw, harm), lambda path: opened(path, Ways(lambda _: "four words", key)))


@pytest.mark.slow
@settings(max_examples=8_000)
@given(harm=harms)
def test_no_harm_to_a_sealed_file_is_a_fault_for_long(
    here: Here,
    sealed: tuple[bytes, Path],
    harm: list[tuple[float, str, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 10)
    raw, key = sealed
    here.survives(harmed(raw, harm), lambda path: opened(path, Ways(lambda _: "four words", key)))


@given(harm=harms)
def test_no_harm_to_a_key_file_is_a_fault(
    here: Here, tmp_path: Path, harm: list[tuple[float, str, int]]
) -> None:
    raw = age.seal_for(b"diary", [str(IDENTITY.to_public())])
    (tmp_path / "key").write_bytes(harmed(f"# a key\n{IDENTITY}\n".encode(), harm))
    here.survives(raw, lambda path: opened(path, Ways(key=tmp_path / "key")))


# -- diary files -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def diary_file() -> bytes:
    with fresh_store() as store:
        for value in EXAMPLES:
            add(store, value)
        store.close()
        return store.path.read_bytes()


def restore_of(here: Here) -> Callable[[Path], object]:
    def act(path: Path) -> object:
        with restore.prepare(here.store.path, path, NOW, lambda _: None, same_person=True) as prepared:
            return prepared

    return act


WAYS = ("import", "restore", "sealed")


def look_at_diary(here: Here, raw: bytes, harm: list[tuple[float, str, int]], way: str) -> None:
    acts = {
        "import": here.take_in("diary"),
        "restore": restore_of(here),
        "sealed": lambda path: read_elsewhere(path.read_bytes(), NOW),
    }
    here.survives(harmed(raw, harm), acts[way])
    for beside in here.file.parent.glob("foreign-*"):
        with suppress(OSError):
            beside.unlink() if beside.is_file() else shutil.rmtree(beside)


@settings(max_examples=60)
@given(harm=harms, way=st.sampled_from(WAYS))
def test_no_harm_to_a_diary_file_is_a_fault(
    here: Here, diary_file: bytes, harm: list[tuple[float, str, int]], way: str
) -> None:
    look_at_diary(here, diary_file, harm, way)


@pytest.mark.slow
@settings(max_examples=4_000)
@given(harm=harms, way=st.sampled_from(WAYS))
def test_no_harm_to_a_diary_file_is_a_fault_for_long(
    here: Here, diary_file: bytes, harm: list[tuple[float, str, int]], way: str
) -> None:
    look_at_diary(here, diary_file, harm, way)
