"""What an encrypted diary costs each daily command, beside the same diary as a plain file.

    python benchmarks/encrypted.py [--runs 9]

The diary holds ten years. Each round runs every command once on the plain file, once with a key file and
once with a passphrase; the cost is the median of the differences within a round. Bar: 150 ms for a key; a
passphrase costs its derivation on top, which is measured alone.
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
from hashlib import pbkdf2_hmac
from pathlib import Path
from statistics import median

from spinetrack.demo import fill
from spinetrack.store import Store
from spinetrack.store.secrets import KEY_LENGTH, ROUNDS

NOW = datetime(2026, 3, 2, 19, tzinfo=UTC)
YEARS = 10.0
BAR = 150
LINES = (
    "log 4 sit 35",
    "",
    "history",
    "undo",
    "suggest",
    "plan",
    "chart pain --since 8w",
    "done sit 20",
    "due",
)
WAYS = ("plain", "key", "passphrase")
SECRET = {"SPINETRACK_DIARY_PASSPHRASE": "four plain words here"}


def main() -> None:
    """Make the diaries, take the times, print the table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--runs", type=int, default=9)
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="spinetrack-bench-") as spare:
        folder = Path(spare)
        make(folder)
        alone = derivation()
        print(f"The derivation of a passphrase alone: {alone:.0f} ms.\n")
        print("| what | plain ms | key + | bar | passphrase + | bar | |\n|---|---:|---:|---:|---:|---:|---|")
        for line in LINES:
            print(row(folder, line, chosen.runs, alone), flush=True)


def make(folder: Path) -> None:
    """Write ten years, and encrypt two copies of them."""
    with Store(folder / "plain", lambda: NOW) as store:
        fill(store, last_day=NOW.date() - timedelta(days=1), years=YEARS)
    for way in WAYS[1:]:
        shutil.copytree(folder / "plain", folder / way)
    timed(folder, "key", f"encrypt --yes --key-file {folder / 'stick'}")
    timed(folder, "passphrase", "encrypt --yes")
    for way in WAYS:  # The day's own copy is made and checked once.
        timed(folder, way, "log 4")
        timed(folder, way, "history")


def timed(folder: Path, way: str, line: str) -> float:
    """Return the milliseconds of a whole process."""
    home = {"SPINETRACK_HOME": str(folder / way), "SPINETRACK_NOW": NOW.isoformat()}
    more = SECRET if way == "passphrase" else {}
    begun = time.perf_counter()
    done = subprocess.run(
        [Path(sys.executable).parent / "spinetrack", *line.split()],
        env={**os.environ, **home, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 1, 3}:
        raise SystemExit(f"{line}: {done.stderr}")
    return (time.perf_counter() - begun) * 1000


def row(folder: Path, line: str, runs: int, alone: float) -> str:
    """Return a line of the table."""
    rounds = [[timed(folder, way, line) for way in WAYS] for _ in range(runs)]
    key = median(r[1] - r[0] for r in rounds)
    typed = median(r[2] - r[0] for r in rounds)
    say = "ok" if key <= BAR and typed <= BAR + alone else "over"
    plain = median(r[0] for r in rounds)
    return (
        f"| `{line or 'bare'}` | {plain:.0f} | {key:.0f} | {BAR} | {typed:.0f} | {BAR + alone:.0f} | {say} |"
    )


def derivation() -> float:
    """Return the milliseconds that turning a passphrase into a key takes."""
    found = []
    for _ in range(5):
        begun = time.perf_counter()
        pbkdf2_hmac("sha512", b"four plain words here", b"\0" * 16, ROUNDS, KEY_LENGTH)
        found.append((time.perf_counter() - begun) * 1000)
    return median(found)


if __name__ == "__main__":
    main()
