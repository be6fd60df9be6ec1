"""How long `spinetrack review` takes over a folder of 2,000 bundles, and how much memory.

    python benchmarks/review.py [--files 2000] [--runs 3] [--folder DIR]

Each bundle holds 12 weeks of a made-up patient, 890 records at most, and is another one than every other.
The command runs on two processors; its time is that of the whole process, its memory that of all its
processes together at the worst moment. Bars: 10 seconds and 300 MB.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from hashlib import sha256
from json import loads
from pathlib import Path
from statistics import median
from threading import Thread

from spinetrack.demo import fill
from spinetrack.exchange.formats import FORMATS, Source
from spinetrack.recovery.diary import Intake, Medicine
from spinetrack.store import Store

NOW = datetime(2026, 3, 2, 19, tzinfo=UTC)
LAST_DAY = NOW.date() - timedelta(days=1)
DAYS = 84
KINDS = 20
"""Patients that are made up; the others differ from them in every uuid and key."""
HOURS = (8, 12, 16, 20, 22)
BAR_SECONDS, BAR_MEMORY = 10, 300
MEGABYTE = 1_000_000
GLANCE = 0.02
"""Seconds between two looks at the memory."""


def main() -> None:
    """Make the folder, take the times, print the table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--files", type=int, default=2000)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--folder", type=Path, help="keep the bundles here for next time")
    words.add_argument(
        "--spinetrack", type=Path, default=Path(sys.executable).parent / "spinetrack", help="the command"
    )
    chosen = words.parse_args()
    _two()
    with tempfile.TemporaryDirectory(prefix="spinetrack-bench-") as spare:
        folder = (chosen.folder or Path(spare)).resolve() / "inbox"
        if len(list(folder.glob("*.ndjson"))) != chosen.files:
            make(folder, chosen.files)
        seconds, memory = zip(*(measured(chosen.spinetrack, folder) for _ in range(chosen.runs)), strict=True)
    say = "ok" if median(seconds) <= BAR_SECONDS and max(memory) <= BAR_MEMORY else "over"
    print("| what | files | seconds | bar | MB | bar | |\n|---|---:|---:|---:|---:|---:|---|")
    print(
        f"| review of a folder | {chosen.files} | {median(seconds):.1f} | {BAR_SECONDS} "
        f"| {max(memory):.0f} | {BAR_MEMORY} | {say} |"
    )


def make(folder: Path, count: int) -> None:
    """Write the bundles; what lay there before is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kinds = [made(number) for number in range(KINDS)]
    for number in range(count):
        raw = kinds[number % KINDS]
        (folder / f"patient-{number:04}.ndjson").write_bytes(another(raw, number // KINDS))


def made(seed: int) -> bytes:
    """Return the bundle of one made-up patient, who takes a tablet up to five times a day."""
    with tempfile.TemporaryDirectory() as home, Store(home, lambda: NOW) as store:
        fill(store, last_day=LAST_DAY, years=DAYS / 365.25, per_day=5 + seed, seed=seed)
        with store.write("benchmark") as writer:
            tablet = writer.add(Medicine("ibuprofen", LAST_DAY - timedelta(days=DAYS), NOW, LAST_DAY))
            for back in range(DAYS):
                for hour in HOURS[: seed % (len(HOURS) + 1)]:
                    at = datetime.combine(LAST_DAY - timedelta(days=back), clock(hour), UTC)
                    writer.add(Intake(tablet, at, at.date(), at))
        return b"".join(FORMATS["bundle"].write(Source(store, NOW, NOW.date())))


def another(raw: bytes, number: int) -> bytes:
    """Return a bundle of the same days with other uuids, under a header that fits."""
    if not number:
        return raw
    head, _, rest = raw.partition(b"\n")
    marks = loads(head)
    # The last digits of every uuid: the order of the records stays as it is.
    lines = [_marked(line, number) for line in rest.splitlines(keepends=True)]
    rest = b"".join(lines)
    head = head.replace(marks["sha256"].encode(), sha256(rest).hexdigest().encode())
    return (
        head.replace(marks["patient"].encode(), f"{marks['patient'][:-4]}{number:04x}".encode())
        + b"\n"
        + rest
    )


def _marked(line: bytes, number: int) -> bytes:
    """Give the uuid of a record, and those it names, another end."""
    for key in (b'"uuid":"', b'"medicine_id":"', b'"screen_id":"'):
        at = line.find(key)
        if at >= 0:
            end = at + len(key) + 36
            line = line[: end - 4] + f"{number:04x}".encode() + line[end:]
    return line


def measured(spinetrack: Path, folder: Path) -> tuple[float, float]:
    """Return the wall time in seconds and the peak memory in MB of one run."""
    env = {**os.environ, "SPINETRACK_NOW": NOW.isoformat(), "SPINETRACK_HOME": str(folder / "none")}
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(spinetrack), "review", str(folder), "--json"], env=env, stdout=subprocess.PIPE
    )
    peaks = [0.0]
    watcher = Thread(target=_watch, args=(process.pid, peaks), daemon=True)
    watcher.start()
    out, _ = process.communicate()
    seconds = time.perf_counter() - start
    found = loads(out)
    if process.returncode or found["skipped"] or len(found["patients"]) != len(list(folder.iterdir())):
        sys.exit(f"exit {process.returncode}, skipped {found['skipped'][:3]}")
    return seconds, peaks[0]


def _two() -> None:
    """Keep this process and its children on two processors, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))


def _watch(pid: int, peaks: list[float]) -> None:
    """Note the memory of a process and all below it, until it ends (Linux; 0 elsewhere)."""
    while Path(f"/proc/{pid}/stat").exists():
        total = sum(_resident(one) for one in _family(pid))
        peaks[0] = max(peaks[0], total / MEGABYTE)
        time.sleep(GLANCE)


def _family(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return [pid]
    return [pid, *(one for child in text.split() for one in _family(int(child)))]


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf(
            "SC_PAGESIZE"
        )
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    main()
