"""F1: kill -9 in the real store layer, in a loop."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from pathlib import Path

from tests.faults.machine import check, sizes, writer
from tests.store.records import add, entry, open_store


@sizes(60, 500)
def test_a_killed_program_loses_nothing_that_it_said_was_saved(in_memory: Path, size: int) -> None:
    chance = random.Random(20260301)
    for number in range(size):
        if number % 30 == 0:  # A new diary now and then: checking a long one takes long.
            home, acknowledged = in_memory / str(number), set[int]()
        process = writer(home, 0)
        assert process.stdout
        assert process.stderr
        first = process.stdout.readline()
        time.sleep(chance.random() * 0.06)
        process.kill()
        rest = process.stdout.read()
        assert process.stderr.read() == ""
        process.wait()
        process.stdout.close()
        process.stderr.close()
        # A last line without its end was not said.
        acknowledged |= {int(line) for line in (first + rest).splitlines(keepends=True) if line[-1] == "\n"}
        assert acknowledged <= check(home / "diary.db")
    assert len(acknowledged) > 30


def test_a_program_killed_while_it_makes_the_diary_leaves_none_or_a_whole_one() -> None:
    chance = random.Random(7)
    for _ in range(10):
        folder = Path(tempfile.mkdtemp())
        process = writer(folder, 1)
        time.sleep(0.02 + chance.random() * 0.08)
        process.kill()
        process.communicate()
        with open_store(folder) as store:
            store.diary()
            add(store, entry())
            assert store.diary().entries
        shutil.rmtree(folder)
