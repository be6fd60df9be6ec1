"""The questions about a table nobody knows: which column is the day, and which columns hold a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.errors import SpinetrackError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from spinetrack.app import App
    from spinetrack.exchange.csv_lines import Table
    from spinetrack.exchange.csv_map import ColumnMap, ColumnUse
    from spinetrack.recovery.metrics import Metric
    from spinetrack.store import Store

EXAMPLES: Final = 3
"""Cells of a column that are shown."""
LOOKED_AT: Final = 200
"""Cells of a column from which a guess is made."""
DAY_HOURS: Final = 24
"""Nobody sleeps for so few minutes: a night of up to this many is in hours."""
NOTE: Final = "note"
NEW: Final = "new"


def asking(app: App, store: Store, *, keep: bool) -> Callable[[Table], ColumnMap]:
    """Return what asks for the meaning of a table.

    Args:
        app: The run.
        store: The diary: its own measures, and where the answers are kept.
        keep: Offer to keep the answers.

    """

    def ask(table: Table) -> ColumnMap:
        mapping = _Questions(app, store, table).ask()
        if keep:
            _offer(app, store, mapping)
        return mapping

    return ask


def asking_order(app: App) -> Callable[[str], str]:
    """Return what asks how a day is to be read that can be read in two ways."""

    def ask(cell: str) -> str:
        from spinetrack.exchange.csv_dates import DAY_FIRST, MONTH_FIRST, read_written
        from spinetrack.recovery.dates import in_words

        first, second = (in_words(read_written(cell, order).day) for order in (DAY_FIRST, MONTH_FIRST))
        app.say(f"{cell} can be read in two ways:")
        app.say(f"  d  {first}")
        app.say(f"  m  {second}")
        while True:
            typed = app.ask("Which one? d/m > ").lower()
            if typed in {"d", "m"}:
                return DAY_FIRST if typed == "d" else MONTH_FIRST

    return ask


class _Questions:
    def __init__(self, app: App, store: Store, table: Table) -> None:
        from spinetrack.recovery.metrics import known

        self.app = app
        self.table = table
        self.metrics = known(store.measures()[0])

    def ask(self) -> ColumnMap:
        """Ask, and return what was answered.

        Raises:
            ValueRefusedError: no column was chosen.

        """
        from spinetrack.exchange.csv_map import ColumnMap

        self.app.say("This table is new here. A few short questions about its columns:")
        for number, name in enumerate(self.table.header, start=1):
            self.app.say(f"  {number}  {self._shown(name)}")
        day = self._day()
        order = self._order(day)
        clock = self._clock({day})
        values, notes = self._measures({day, clock or day})
        if not values and not notes:
            raise ValueRefusedError("No column was chosen. Nothing was saved.")
        return ColumnMap(day, clock, order, tuple(values), tuple(notes))

    def _shown(self, name: str) -> str:
        from spinetrack.exchange.csv_lines import shown

        cells = list(dict.fromkeys(self._cells(name)))[:EXAMPLES]
        return f"{shown(name)}: {', '.join(map(shown, cells)) or 'empty'}"

    def _cells(self, name: str) -> list[str]:
        from itertools import islice

        return list(islice(self.table.column(name), LOOKED_AT))

    def _column(self, question: str, guess: str | None, *, may_skip: bool) -> str | None:
        """Ask for a column, by its number or its name."""
        header = self.table.header
        while True:
            typed = self.app.ask(question)
            if not typed and (guess or may_skip):
                return guess
            if typed == "-" and may_skip:
                return None
            if typed.isdecimal() and 1 <= int(typed) <= len(header):
                return header[int(typed) - 1]
            found = [name for name in header if name.casefold() == typed.casefold()]
            if found:
                return found[0]
            self.app.say(f"Type a number from 1 to {len(header)}.")

    def _day(self) -> str:
        guess = next((name for name in self.table.header if self._reads(name, _is_day)), None)
        more = f" (Enter: {self._number(guess)})" if guess else ""
        return self._column(f"Which column is the day?{more} > ", guess, may_skip=False) or ""

    def _clock(self, used: Collection[str]) -> str | None:
        rest = (name for name in self.table.header if name not in used)
        guess = next((name for name in rest if self._reads(name, _is_clock)), None)
        if guess is None:
            return None
        question = f"Which column is the time of the day? (Enter: {self._number(guess)}, - none) > "
        return self._column(question, guess, may_skip=True)

    def _number(self, name: str) -> int:
        return self.table.header.index(name) + 1

    def _reads(self, name: str, reads: Callable[[str], bool]) -> bool:
        cells = self._cells(name)
        return bool(cells) and all(map(reads, cells))

    def _order(self, day: str) -> str | None:
        """Ask for the order of day and month where the column cannot tell."""
        from spinetrack.exchange.csv_dates import known_order, order_of

        if order_of(self.table.column(day)) is not None:
            return None
        return known_order(self.table.column(day), asking_order(self.app))

    def _measures(self, used: Collection[str]) -> tuple[list[ColumnUse], list[str]]:
        """Ask of each other column what it holds."""
        self.app.say("")
        self.app.say("Now each column. Type a measure: pain, sit, walk, sleep, steps, mood …")
        self.app.say(f"{NOTE}: words to keep · {NEW}: a measure of your own · - leaves it out")
        self.app.say("b: back · q: leave out the rest")
        rest = [name for name in self.table.header if name not in used]
        found: dict[str, ColumnUse | None] = {}
        place = 0
        while place < len(rest):
            name = rest[place]
            guess = self._guess(name)
            more = f" (Enter: {guess})" if guess else " (Enter leaves it out)"
            typed = self.app.ask(f"{self._shown(name)}{more} > ").strip() or guess or "-"
            if typed.lower() in {"q", "quit"}:
                break
            if typed.lower() in {"b", "back"}:
                place = max(0, place - 1)
                found.pop(rest[place], None)
                continue
            place += self._take(name, typed, found)
        return [use for use in found.values() if use is not None], [
            n for n, use in found.items() if use is None
        ]

    def _take(self, name: str, typed: str, found: dict[str, ColumnUse | None]) -> int:
        """Keep one answer; return 1 to go on, 0 to ask again."""
        from spinetrack.exchange.csv_map import ColumnUse
        from spinetrack.recovery.metrics import UNITS, find

        if typed == "-":
            return 1
        if typed.lower() == NOTE:
            found[name] = None
            return 1
        if typed.lower() == NEW:
            from spinetrack.exchange.csv_gather import own_key

            found[name] = ColumnUse(
                name, own_key(name), "", self._one_of("What does it count in?", UNITS, "")
            )
            return 1
        metric = find(self.metrics, typed)
        if metric is None:
            from spinetrack.recovery.values import nearest_word, quoted

            self.app.say(f'There is no measure called "{quoted(typed)}".{nearest_word(typed, self.metrics)}')
            return 0
        found[name] = ColumnUse(name, metric.key, self._unit(name, metric))
        return 1

    def _guess(self, name: str) -> str | None:
        from spinetrack.recovery.metrics import find

        metric = find(self.metrics, name)
        return metric.key if metric else None

    def _unit(self, name: str, metric: Metric) -> str:
        """Ask for the unit of bare numbers, where the measure has several."""
        from spinetrack.exchange.csv_numbers import UNITS, fitting, read_number

        units = UNITS.get(metric.unit)
        bare = [read_number(cell, ".") or read_number(cell, ",") for cell in self._cells(name)]
        numbers = [number for number in bare if number is not None]
        if units is None or not numbers:
            return ""
        fits = [unit for unit in units if all(map(fitting(metric, unit), numbers))]
        if metric.key == "sleep" and max(numbers) <= DAY_HOURS:
            fits.insert(0, "h")
        return self._one_of("In which unit?", tuple(units), fits[0] if fits else metric.unit)

    def _one_of(self, question: str, words: Collection[str], guess: str) -> str:
        more = f" (Enter: {guess})" if guess else ""
        while True:
            typed = self.app.ask(f"  {question} {' · '.join(words)}{more} > ").lower() or guess
            if typed in words:
                return typed


def _is_day(cell: str) -> bool:
    from spinetrack.exchange.csv_dates import DAY_FIRST, MONTH_FIRST, read_written

    for order in (DAY_FIRST, MONTH_FIRST):
        try:
            read_written(cell, order)
        except SpinetrackError:
            continue
        return True
    return False


def _is_clock(cell: str) -> bool:
    from spinetrack.exchange.csv_dates import read_clock

    try:
        read_clock(cell)
    except SpinetrackError:
        return False
    return True


def _offer(app: App, store: Store, mapping: ColumnMap) -> None:
    """Keep the answers under a name, if the patient gives one."""
    from spinetrack.exchange.csv_map import PREFIX, check_name, written
    from spinetrack.recovery.diary import Setting

    while True:
        typed = app.ask("A name to keep these answers under, for next time (Enter: no) > ")
        if not typed:
            return
        try:
            name = check_name(typed)
        except SpinetrackError as refusal:
            app.say(str(refusal))
            continue
        with store.write(f"import --map {name}") as writer:
            writer.add(Setting(PREFIX + name, written(mapping), app.now(), app.today()))
        app.say(f"Kept. Next time: spinetrack import FILE --map {name}")
        return
