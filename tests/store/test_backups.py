"""Which copies there are, which stay, and which are good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.store.records import NOW, add, entry, fresh_store

from spinetrack.store import backup, backups
from spinetrack.store.backups import DAYS, MONTHS, WEEKS, Copy, parse_name, spared

HERE = NOW.astimezone(UTC)


def copy(made: datetime, label: str = "daily", *, checked: bool = True) -> Copy:
    return Copy(Path(f"diary-{label}-{made:%Y%m%dT%H%M%SZ}.db"), made, label, checked)


def daily(count: int) -> list[Copy]:
    return [copy(HERE - timedelta(days=n)) for n in range(count)]


def days_of(found: Sequence[Copy]) -> list[date]:
    return sorted({c.made.date() for c in found}, reverse=True)


def test_two_years_of_daily_copies_leave_seven_days_eight_weeks_twelve_months() -> None:
    left = spared(daily(730), HERE)
    days = days_of(left)
    assert days[:DAYS] == [HERE.date() - timedelta(days=n) for n in range(DAYS)]
    assert len({day.isocalendar()[:2] for day in days[: DAYS + WEEKS]}) >= WEEKS
    months = {(day.year, day.month) for day in days}
    assert len(months) == MONTHS
    assert len(left) <= DAYS + WEEKS + MONTHS
    for month in months:
        last = max(day for day in days_of(daily(730)) if (day.year, day.month) == month)
        assert last in days


def test_thinning_each_day_leaves_what_thinning_once_leaves() -> None:
    kept: tuple[Copy, ...] = ()
    for made in reversed(daily(500)):
        kept = spared((*kept, made), made.made)
    once = spared(daily(500), HERE)
    assert set(once) <= set(kept)
    assert len(kept) <= DAYS + WEEKS + MONTHS


def test_copies_that_nobody_checks_do_not_pile_up() -> None:
    """Who only ever logs never looks, and looking is what checks."""
    kept: tuple[Copy, ...] = ()
    for made in reversed(daily(500)):
        kept = spared((*kept, made._replace(checked=False)), made.made)
    assert len(kept) <= DAYS + WEEKS + MONTHS
    assert days_of(kept)[:DAYS] == [HERE.date() - timedelta(days=n) for n in range(DAYS)]


MOMENTS = st.integers(-3, 900).map(lambda days: HERE - timedelta(days=days, hours=days % 7))
COPIES = st.lists(
    st.builds(
        copy,
        MOMENTS,
        st.sampled_from(["daily", "asked", "import", "restore", "format2"]),
        checked=st.booleans(),
    ),
    unique_by=lambda c: c.path,
    max_size=40,
)


@given(COPIES)
def test_what_may_never_go_stays(found: list[Copy]) -> None:
    left = spared(found, HERE)
    assert set(left) <= set(found)
    good = [c for c in found if c.checked and c.made <= HERE]
    assert {c for c in found if c.made > HERE or not (c.checked or c.label == "daily")} <= set(left)
    unchecked = [c for c in found if not c.checked and c.label == "daily" and c.made <= HERE]
    assert not unchecked or max(unchecked, key=lambda c: c.made) in left
    assert set(spared(good, HERE)) == {c for c in left if c in good}, (
        "no unchecked one takes a good one's place"
    )
    if good:
        newest = max(good, key=lambda c: c.made)
        assert newest in left
        lately = {c for c in good if c.label in {"import", "restore", "format2"}}
        assert {c for c in lately if HERE - c.made < timedelta(days=7)} <= set(left)
        for period in ("%Y-%m-%d", "%G-W%V", "%Y-%m"):
            assert f"{newest.made.astimezone(HERE.tzinfo):{period}}" in {f"{c.made:{period}}" for c in left}
    assert spared(left, HERE) == left, "thinning what was thinned takes nothing more"


def test_names_say_why_and_when() -> None:
    made = datetime(2026, 3, 1, 20, 15, 30, tzinfo=UTC)
    assert parse_name("diary-daily-20260301T201530Z.db") == ("daily", made)
    assert parse_name("diary-asked-20260301T201530Z-2.db") == ("asked", made)
    for other in (
        "diary.db", "diary-daily-.db", "diary-daily-20260301T201530Z.db.sha256", "notes.txt",
        "diary-daily-20261301T201530Z.db", "diary-daily-20260301T201530Z-x.db", "damaged-diary-20260301T201530Z.db",
    ):  # fmt: skip
        assert parse_name(other) is None, other


def test_a_copy_is_whole_has_its_checksum_and_is_thinned_out() -> None:
    with fresh_store() as store:
        add(store, entry())
        home = store.path.parent
        made = [store.backup("asked") for _ in range(3)]
        assert len(set(made)) == 3, "of one second, and none written over"
        for path in made:
            assert backups.is_as_made(path)
            assert backups.look_into(path).entries == 1
            note = backup.digest_file(path).read_text()
            assert note == f"{backup.sha256_of(path)}  {path.name}\n"
            assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        assert [c.path for c in backups.copies(home)] == made[::-1]
        later = HERE + timedelta(days=40)
        gone = backups.thin(home, later)
        assert set(gone) == set(), "all are of the last day that has copies"
        (extra := made[0].with_name(f"diary-daily-{later:%Y%m%dT%H%M%SZ}.db")).write_bytes(
            made[0].read_bytes()
        )
        backup.note_digest(extra)
        assert set(backups.thin(home, later)) == set(made[:2])
        assert sorted(p.name for p in extra.parent.iterdir()) == sorted(
            name for path in (made[2], extra) for name in (path.name, f"{path.name}.sha256")
        )
