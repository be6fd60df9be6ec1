"""When something happened: a small strict grammar for days and times, in the patient's own zone.

A day comes first, a clock time or part of the day may follow: `yesterday 21:00`, `mon 7am`,
`2 days ago`, `20 nov evening`, `2026-03-02T19:00`. What could be two moments is refused with both.

A day is lived: it turns at 04:00, so at 01:30 on Tuesday `today` is Monday. A date that is written
out is the calendar's. A wall time that the clocks jump over is refused; of one that comes twice in
autumn the first is taken.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

from spinetrack.recovery import dates
from spinetrack.recovery.values import quoted, refused
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spinetrack.errors import SpinetrackError

    Localize = Callable[[datetime], datetime]

TURN_HOUR = 4
"""The hour at which a lived day ends. Source: design.md 3."""
THE_BEGINNING = date(1900, 1, 1)
"""The earliest day that can be written; what `--since all` means."""

_EVENING = time(20)
_SLOTS: Mapping[str, time] = {
    "morning": time(8),
    "noon": time(12),
    "midday": time(12),
    "afternoon": time(15),
    "evening": _EVENING,
}
_CLOCK = (
    r"(?:(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"(?: ?(?P<half>[ap]m))?|(?P<bare>[0-9]{1,2}) ?(?P<bare_half>[ap]m)"
    r"|(?:this )?(?P<slot>morning|noon|midday|afternoon|evening))"
)
_LONGEST = 60
_NOON = 12
_WEEK = 7
_FORMS = "Write it like yesterday 21:00, mon 7am, 2 days ago, 20 nov or 2026-03-02."


class Moment(NamedTuple):
    """A moment that was typed."""

    at: datetime
    """Aware, with the offset of that time. Without a clock time 20:00 of the day, today now."""
    has_time: bool
    """A clock time or a part of the day was given."""


def day_of(moment: datetime, turn_hour: int = TURN_HOUR) -> date:
    """Return the day a moment was lived on: its wall time, less the hours until the day turns."""
    return (moment.replace(tzinfo=None) - timedelta(hours=turn_hour)).date()


def parse_when(
    text: str,
    now: datetime,
    localize: Localize | None = None,
    turn_hour: int = TURN_HOUR,
) -> Moment:
    """Return the moment `text` means; never one after `now`.

    Args:
        text: What was typed.
        now: The present, aware.
        localize: Gives a naive wall time the zone it has there; `now`'s own zone when None. A time
            typed with an offset keeps it; one with `Z` is turned to the local one.
        turn_hour: The hour at which a day turns.

    Raises:
        ValueRefusedError: it is no such text, is in the future, does not exist or is ambiguous.

    """
    return _Reader(now, localize, turn_hour).read(_plain(text))


def parse_day(text: str, now: datetime, localize: Localize | None = None, turn_hour: int = TURN_HOUR) -> date:
    """Return the lived day `text` means; never one after today.

    Raises:
        ValueRefusedError: as `parse_when`.

    """
    return day_of(parse_when(text, now, localize, turn_hour).at, turn_hour)


def parse_since(text: str, today: date) -> date:
    """Return the first day of a period: `8w`, `2 weeks`, `30d`, `6 months`, `mon`, a date, `all`.

    Raises:
        ValueRefusedError: it is none of these, or after today.

    """
    plain = _plain(text)
    if plain == "all":
        return THE_BEGINNING
    found = dates.counted(plain.removesuffix(" ago"), today, -1)
    if found is None:
        day = dates.look_back(plain, today)
        found = None if day is None else day.date
    if found is None:
        raise refused(
            f'"{quoted(text)}" is no start of a period. '
            "Write it like 8w, 30d, 6 months, mon, 2026-03-02 or all."
        )
    if found > today:
        raise refused(f"{dates.in_words(found)} has not come yet.")
    return found


def parse_clock(text: str) -> time:
    """Read a time of day: `20:30`, `7:30pm`, `8pm`, `evening`.

    Raises:
        ValueRefusedError: it is none.

    """
    head, clock = _split_clock(_plain(text))
    if clock is None or head:
        raise refused(f'"{quoted(text)}" is not a time of day. Write it like 20:30 or 8:30pm.')
    return clock


def parse_due(text: str, today: date, *, may_be_past: bool = False) -> date:
    """Return a day to come: `12w`, `3 months`, `tomorrow`, `2027-11-20`, `20 nov 2027`.

    A day and month without a year is the next such day.

    Args:
        text: What was typed.
        today: The day it is.
        may_be_past: Also take today and days before it (an appointment that was).

    Raises:
        ValueRefusedError: it is no such text, or not after today.

    """
    plain = _plain(text)
    near = {"yesterday": -1, "today": 0, "tomorrow": 1}.get(plain)
    if near is not None:
        found: date | None = today + timedelta(days=near)
    elif may_be_past and plain.endswith(" ago"):
        found = dates.counted(plain.removesuffix(" ago"), today, -1)
    else:
        found = dates.counted(plain.removeprefix("in "), today, 1)
        found = found or dates.written(plain, today, ahead=True)
    if found is None:
        raise refused(
            f'"{quoted(text)}" is not a day that can be read. '
            "Write it like 12w, 3 months, 20 nov 2027 or 2027-11-20."
        )
    if found <= today and not may_be_past:
        raise refused(f"{dates.in_words(found)} is not after today. Write a day to come, such as 12w.")
    return found


class _Reader:
    """Reads one moment against a fixed present."""

    def __init__(self, now: datetime, localize: Localize | None, turn_hour: int) -> None:
        self.now = now
        self.localize = localize or (lambda wall: wall.replace(tzinfo=now.tzinfo))
        self.turn = time(turn_hour)
        self.today = day_of(now, turn_hour)

    def read(self, text: str) -> Moment:
        if text == "now":
            return Moment(self.now, has_time=True)
        exact = self._with_offset(text) or self._ago(text)
        if exact is not None:
            return Moment(self._past(exact), has_time=True)
        head, clock = _split_clock(text)
        if clock is not None and head in {"", "today"}:
            return Moment(self._today_at(clock), has_time=True)
        day = dates.look_back(head, self.today)
        if day is None:
            raise _not_read(text)
        self._check_turn(day, head)
        if clock is not None:
            return Moment(self._at(day, clock), has_time=True)
        if day.date == self.today:
            return Moment(self.now, has_time=False)
        if day.date > self.today:
            raise dates.not_yet()
        return Moment(self._past(self._wall(day.date, _EVENING)), has_time=False)

    def _with_offset(self, text: str) -> datetime | None:
        """Return `2026-03-02 19:00+01:00`, None for anything else."""
        import re

        stamp = r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9:.]{5,15}) ?(z|[+-][0-9]{2}:?[0-9]{2})"
        found = re.fullmatch(stamp, text)
        if found is None:
            return None
        try:
            at = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3].upper()}")
        except ValueError:
            raise refused(f'"{quoted(text)}" is not in the calendar. {_FORMS}') from None
        dates.calendar_date(at.year, at.month, at.day)
        return self._local(at) if found[3] == "z" else at

    def _ago(self, text: str) -> datetime | None:
        """Return the moment so many minutes or hours ago, None for anything else."""
        import re

        found = re.fullmatch(r"([0-9]{1,5}) ?(min|mins|minutes?|h|hrs?|hours?) ago", text)
        if found is None:
            return None
        minutes = int(found[1]) * (60 if found[2].startswith("h") else 1)
        return self._local(self.now.astimezone(UTC) - timedelta(minutes=minutes))

    def _check_turn(self, day: dates.Named, head: str) -> None:
        """Refuse, after midnight, the name of a weekday whose day has not turned yet."""
        wall = self.now.date()
        is_next = wall == self.today + timedelta(days=1) and day.kind == "weekday"
        if is_next and not head.startswith("last ") and day.date + timedelta(days=_WEEK) == wall:
            raise refused(
                f"In your diary it is still {dates.in_words(self.today)}. Write today or {day.date}."
            )

    def _today_at(self, clock: time) -> datetime:
        """Return today at `clock`: the calendar's today, or at night the day still lived."""
        at = self._wall(self.now.date(), clock)
        if at > self.now and clock >= self.turn and self.today != self.now.date():
            at = self._wall(self.today, clock)
        return self._past(at)

    def _at(self, day: dates.Named, clock: time) -> datetime:
        at = self._wall(day.date, clock)
        hour = f"{clock:%H:%M}"
        if day.kind == "weekday" and day.date == self.today and at > self.now:
            before = day.date - timedelta(days=_WEEK)
            raise refused(
                f"{hour} today has not come yet. For a week ago write {before} {hour}; "
                "for today write a time that has passed."
            )
        if day.kind != "written" and clock < self.turn:
            after = day.date + timedelta(days=1)
            raise refused(
                f"{hour} could be the night before that day or the night after. "
                f"Write {day.date} {hour} or {after} {hour}."
            )
        return self._past(at)

    def _wall(self, day: date, clock: time) -> datetime:
        """Return a wall time with the offset it has there."""
        wall = datetime.combine(day, clock)
        at = self.localize(wall)
        back = at.astimezone(UTC).astimezone(at.tzinfo)
        if at.replace(tzinfo=None) != wall or back.replace(tzinfo=None) != wall:
            later = wall + timedelta(hours=1)
            raise refused(
                f"{wall:%H:%M} did not exist on {dates.in_words(day)}: the clocks went forward. "
                f"Write {later:%Y-%m-%d %H:%M}."
            )
        return _fixed(at)

    def _local(self, at: datetime) -> datetime:
        """Return an instant with the offset of the patient's zone at that time."""
        present = self.now.utcoffset() or timedelta()
        offset = present
        for _ in range(2):
            wall = at.astimezone(timezone(offset)).replace(tzinfo=None)
            local = _fixed(self.localize(wall))
            if local == at:
                return local
            offset = local.utcoffset() or timedelta()
        # The second pass of an hour that comes twice: no wall time leads there.
        return at.astimezone(timezone(present))

    def _past(self, at: datetime) -> datetime:
        if at > self.now:
            raise dates.not_yet()
        return at


def _plain(text: str) -> str:
    """Return a text small, with single spaces and the `T` of an ISO time opened."""
    import re

    if len(text) > _LONGEST:
        raise _not_read(text)
    plain = " ".join(text.lower().replace(",", " ").split())
    return re.sub(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})t(?=[0-9])", r"\1 ", plain)


def _split_clock(text: str) -> tuple[str, time | None]:
    """Return the day part of a text, and the clock time or part of the day that stands with it."""
    import re

    for pattern in (rf"(?:(?P<head>.*?) )??(?:at )?{_CLOCK}", rf"{_CLOCK} (?P<head>.+)"):
        found = re.fullmatch(pattern, text)
        if found is not None:
            return found["head"] or "", _clock(found.groupdict(), text)
    return text, None


def _clock(part: Mapping[str, str | None], text: str) -> time:
    if part["slot"]:
        return _SLOTS[part["slot"]]
    hour, half = int(part["hour"] or part["bare"] or 0), part["half"] or part["bare_half"]
    if half and not 1 <= hour <= _NOON:
        raise refused(f'"{quoted(text)}" is not a time of day. Write it like 7:30pm or 19:30.')
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    try:
        return time(hour, int(part["minute"] or 0), int(part["second"] or 0))
    except ValueError:
        raise refused(f'"{quoted(text)}" is not a time of day. Times go from 00:00 to 23:59.') from None


def _fixed(at: datetime) -> datetime:
    """Return a moment with the bare offset it has, so that arithmetic on it is plain."""
    return at.replace(tzinfo=timezone(at.utcoffset() or timedelta()), fold=0)


def _not_read(text: str) -> SpinetrackError:
    number = text.removeprefix("-")
    if text != number and number.isdigit():
        return refused(
            f'"{quoted(text)}" is not a day. Write {quoted(number)} {"day" if number == "1" else "days"} ago.'
        )
    if "night" in text:
        return refused(f'"{quoted(text)}" has no clock time. Write it like yesterday 22:00.')
    return refused(f'"{quoted(text)}" is not a day or time that can be read. {_FORMS}')
