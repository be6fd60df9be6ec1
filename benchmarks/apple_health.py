"""How long the import of a large Apple Health export takes beside a bare iterparse over it, and its memory.

    python benchmarks/apple_health.py [--megabytes 600] [--runs 3]

Makes an export of that size in a temporary folder, and the same with the damage of real exports: a broken
document type, and characters that XML forbids. Every number is that of a whole process. The files are
deleted afterwards.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BARE = """
import sys
from xml.etree.ElementTree import iterparse
for _, element in iterparse(sys.argv[1]):
    element.clear()
"""
MEGABYTE = 1_000_000
START = datetime(2019, 1, 1)
"""By the clock of the phone; the zone is written apart."""
PHONE = 'sourceName="Phone" sourceVersion="17.1" device="&lt;&lt;HKDevice: 0x{0:x}&gt;, name:iPhone&gt;"'
WATCH = 'sourceName="Watch" sourceVersion="10.1" device="&lt;&lt;HKDevice: 0x{0:x}&gt;, name:Apple Watch&gt;"'
SOUND = b"<!DOCTYPE HealthData [\n<!ELEMENT HealthData (ExportDate,Me,Record*)>\n]>\n"
BROKEN = b"<!DOCTYPE HealthData [\n<!ELEMENT HealthData (ExportDate,(Record|\n<!ATTLIST Record\n type\n]>\n"
BAR_TIME, BAR_DAMAGED, BAR_MEMORY = 1.5, 2.0, 60


def day_of(number: int, random: Random) -> Iterator[str]:
    """Yield the records of one day, most of them of kinds that are passed over, as in a real export."""
    day = START + timedelta(days=number)

    def record(kind: str, source: str, at: datetime, minutes: float, more: str, inner: str = "") -> str:
        moments = (at, at + timedelta(minutes=minutes))
        first, last = (f"{moment:%Y-%m-%d %H:%M:%S} +0100" for moment in moments)
        dates = f'creationDate="{last}" startDate="{first}" endDate="{last}"'
        head = f' <Record type="HK{kind}" {source.format(random.getrandbits(36))} {dates} {more}'
        return f"{head}>{inner}</Record>\n" if inner else f"{head}/>\n"

    metadata = '\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="1"/>\n '
    for minute in range(0, 1440, 4):
        at = day + timedelta(minutes=minute)
        beats = f'unit="count/min" value="{random.randint(50, 140)}"'
        yield record("QuantityTypeIdentifierHeartRate", WATCH, at, 0, beats, metadata)
        if minute % 8 == 0:
            energy = f'unit="kcal" value="{random.random():.4f}"'
            yield record("QuantityTypeIdentifierActiveEnergyBurned", WATCH, at, 4, energy)
    for minute in range(420, 1320, 10):
        at = day + timedelta(minutes=minute)
        for source in (PHONE, WATCH):
            steps, far = random.randint(0, 400), random.random() / 4
            yield record("QuantityTypeIdentifierStepCount", source, at, 9, f'unit="count" value="{steps}"')
            walked = f'unit="km" value="{far:.5f}"'
            yield record("QuantityTypeIdentifierDistanceWalkingRunning", source, at, 9, walked)
    for hour in range(-1, 6):
        at, asleep = day + timedelta(hours=hour), 'value="HKCategoryValueSleepAnalysisAsleepCore"'
        yield record("CategoryTypeIdentifierSleepAnalysis", WATCH, at, 55, asleep)
    at = day + timedelta(hours=20)
    yield record("CategoryTypeIdentifierMindfulSession", PHONE, at, 10, "")


def write_export(path: Path, size: int, *, damaged: bool) -> None:
    """Write an export of at least `size` bytes."""
    random = Random(1)
    with path.open("wb") as file:
        file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n' + (BROKEN if damaged else SOUND))
        file.write(b'<HealthData locale="en_GB">\n <ExportDate value="2026-02-20 10:00:00 +0100"/>\n')
        number = 0
        while file.tell() < size:
            text = "".join(day_of(number % 2600, random)).encode()
            file.write(text.replace(b"name:iPhone", b"name:\x0biPhone") if damaged else text)
            number += 1
        file.write(b"</HealthData>\n")


def measure(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Run a command; return its seconds and its largest memory in MB."""
    timed = (
        "import os, subprocess, sys, time; start = time.perf_counter();"
        " child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL);"
        " _, status, used = os.wait4(child.pid, 0);"
        " print(time.perf_counter() - start, used.ru_maxrss / 1000, status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", timed, *command], env=env, capture_output=True, text=True, check=True
    )
    seconds, memory, status = done.stdout.split()
    if status != "0":
        raise SystemExit(done.stderr)
    return float(seconds), float(memory)


def main() -> None:
    """Make the files, take the times, print the table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--megabytes", type=int, default=600)
    words.add_argument("--runs", type=int, default=3)
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="spinetrack-bench-") as name:
        folder = Path(name)
        clean, damaged = folder / "export.xml", folder / "damaged.xml"
        write_export(clean, chosen.megabytes * MEGABYTE, damaged=False)
        write_export(damaged, chosen.megabytes * MEGABYTE, damaged=True)
        found: dict[str, list[tuple[float, float]]] = {"bare iterparse": [], "clean": [], "damaged": []}
        for run in range(chosen.runs):
            env = {**os.environ, "SPINETRACK_NOW": "2026-03-02T19:00:00+00:00"}
            found["bare iterparse"].append(measure([sys.executable, "-c", BARE, str(clean)], env))
            for kind, path in (("clean", clean), ("damaged", damaged)):
                env["SPINETRACK_HOME"] = str(folder / f"{kind}-{run}")
                command = [str(Path(sys.executable).parent / "spinetrack"), "import", str(path)]
                found[kind].append(measure(command, env))
    times = {kind: median(seconds for seconds, _ in runs) for kind, runs in found.items()}
    say("| what | s | peak MB | ratio | bar |")
    say("|---|---:|---:|---:|---:|")
    for kind, runs in found.items():
        other, bar = ("clean", BAR_DAMAGED) if kind == "damaged" else ("bare iterparse", BAR_TIME)
        peak = max(memory for _, memory in runs)
        beside = "" if kind == other else f"{times[kind] / times[other]:.2f} | {bar}, {BAR_MEMORY} MB"
        say(f"| {kind} | {times[kind]:.1f} | {peak:.0f} | {beside or ' | '} |")


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
