"""Whom to call, by country, and the words of a warning sign.

Only public emergency and crisis numbers. The words are fixed: nothing is scored, nothing reassures.
Source: clinical.md 6.1 and 6.10, screens.md ("A warning sign").
"""

from __future__ import annotations

from spinetrack.recovery.redflag_items import ITEMS, NO_SIGN, OVER_LIMIT, OVER_MEANT, PRIVATE
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Place(NamedTuple):
    """Emergency and crisis contacts of one region."""

    country: str
    """`UK`, `US`, `EU`, or "" when it is not known."""
    emergency: str
    """After "call "."""
    department: str
    """The local name of an emergency department."""
    same_day: str
    """After "call ": who helps on the same day."""
    crisis: str
    """After "call ": who listens at any hour."""
    poison: str
    """After "call ": who knows about too much of a medicine."""


_LOCAL = "your local emergency number (112, 999, 911)"

UK = Place("UK", "999", "A&E", "your GP or 111", "Samaritans on 116 123, or 999", "111")
US = Place(
    "US", "911", "ER", "your doctor or an urgent care clinic", "988, or 911",
    "the poison line, 1-800-222-1222",
)  # fmt: skip
EU = Place(
    "EU", "112", "emergency department", "your doctor or the out-of-hours line",
    "your local crisis line, or 112", "your country's poison line, or 112",
)  # fmt: skip
ELSEWHERE = Place(
    "", _LOCAL, "emergency department", "your doctor or the out-of-hours line",
    f"a local crisis line, or {_LOCAL}", f"your poison line, or {_LOCAL}",
)  # fmt: skip

_ALIASES = {
    UK: "uk gb gbr britain england scotland wales|great britain|united kingdom|northern ireland",
    US: "us usa america|united states|united states of america|the us|the usa",
    EU: "eu europe at aut austria be bel belgium bg bgr bulgaria hr hrv croatia cy cyp cyprus"
    " cz cze czechia dk dnk denmark ee est estonia fi fin finland fr fra france de deu ger germany"
    " deutschland gr grc greece hu hun hungary ie irl ireland it ita italy lv lva latvia lt ltu"
    " lithuania lu lux luxembourg mt mlt malta nl nld netherlands holland pl pol poland pt prt"
    " portugal ro rou romania sk svk slovakia si svn slovenia es esp spain se swe sweden no nor"
    " norway is isl iceland ch che switzerland li lie liechtenstein"
    "|european union|czech republic|republic of ireland"
    "|the netherlands",
}


def _by_alias() -> dict[str, Place]:
    found = {}
    for where, names in _ALIASES.items():
        words, *phrases = names.split("|")
        found.update(dict.fromkeys((*words.split(), *phrases), where))
    return found


def place(country: str | None) -> Place:
    """Return the contacts for a country as the patient wrote it; `ELSEWHERE` when not known."""
    if not country:
        return ELSEWHERE
    name = " ".join(country.replace(".", "").casefold().split())
    return _by_alias().get(name, ELSEWHERE)


def crisis_lines(where: Place, *, adult: bool = False) -> tuple[str, ...]:
    """Say what helps with thoughts of self-harm, also at once for words of it. Names no reason."""
    return (
        "You are not alone with this.",
        f"Talk to someone now: call {where.crisis}.",
        "Stay with someone, or ask someone to come to you.",
        "Put away anything that could hurt you.",
        "If you are hurt, or took too much of something, go to an emergency department.",
        *(("Show this to an adult now.",) if adult else ()),
        "Nobody has been told. You have to call.",
        "Do not wait for this program.",
    )


def _public(shorts: Sequence[str]) -> tuple[str, ...]:
    private = tuple(ITEMS[item].short for item in PRIVATE)
    return tuple(short for short in shorts if not short.startswith(private))


def _reported(shorts: Sequence[str], when: str) -> str:
    first, *more = shorts or ("a warning sign",)
    return " ".join((f"You reported {when}: {first}.", *(f"Also {short}." for short in more)))


def _maternity(shorts: Sequence[str]) -> str:
    """Ask for the maternity unit; it goes before the emergency department for its own signs only."""
    own = tuple(ITEMS[item].short for item in ("PG1", "OT1"))
    first = all(short.startswith(own) for short in shorts)
    return f"Call your maternity unit now.{' If nobody answers, do this:' if first else ''}"


def _says(shorts: Sequence[str], *items: str) -> bool:
    return any(short.startswith(ITEMS[item].short) for short in shorts for item in items)


def _with_poison(acts: Sequence[str], shorts: Sequence[str], where: Place, tier: int) -> tuple[str, ...]:
    """Add what to do after too much of a medicine; who took it on purpose is not left alone with it."""
    first, *rest = acts
    if tier == 1:
        listens = f"You are not alone with this. Someone listens: call {where.crisis}."
        return (first, "Take the packs with you.", *rest, *((listens,) if _says(shorts, OVER_MEANT) else ()))
    call = f"Call {where.poison} now, even if you feel well. Say what you took and when."
    alone = all(_says([short], OVER_LIMIT, OVER_MEANT) for short in shorts)
    return (call, *rest) if alone else (call, first, *rest)


def _act_now(where: Place, *, next_day: bool) -> tuple[str, ...]:
    go = f"Go to an emergency department now, or call {where.emergency}. Do not drive yourself."
    return (
        go,
        *(("This is still open. It is not too late to go or to call.",) if next_day else ()),
    )


def _act_today(where: Place, *, next_day: bool) -> tuple[str, ...]:
    call = f"Call {where.same_day} today. Say what you reported here."
    later = "This is still open. If you reached nobody, or it is worse, go to an emergency department now."
    always = "If you cannot reach anyone today, or it gets worse, go to an emergency department."
    return (call, *((later,) if next_day else ()), always, "Do not drive yourself.")


def stop_lines(
    tier: int | None,
    shorts: Sequence[str],
    when: str,
    where: Place,
    *,
    crisis: bool = False,
    maternity: bool = False,
    adult: bool = False,
    next_day: bool = False,
) -> tuple[str, ...]:
    """Write the lines of a screen's result, most urgent first.

    Args:
        tier: 1 to 4, or None when no sign was reported.
        shorts: The `short` of each item reported; a private one is left out by itself.
        when: Date and time in words, "today, 21:04".
        where: The contacts, from `place`.
        crisis: OT2 is among the items: its own text comes first and names no reason.
        maternity: PG1 or OT1 is among the items.
        adult: The patient is under 18.
        next_day: The flag was opened on an earlier day (rule RF-5).

    """
    named = _public(shorts)
    calm = crisis_lines(where, adult=adult) if crisis else ()
    if crisis and not named:
        return calm
    if tier is None:
        return (*calm, NO_SIGN)
    if tier > 2:  # noqa: PLR2004
        return (*calm, *_notice(tier, named, when, adult=adult and not crisis))
    act = _act_now if tier == 1 else _act_today
    acts = act(where, next_day=next_day)
    if _says(named, OVER_LIMIT, OVER_MEANT):
        acts = _with_poison(acts, named, where, tier)
    return (
        *calm,
        f"STOP. {_reported(named, when)}",
        *((_maternity(named),) if maternity else ()),
        *acts,
        *(("Show this to an adult now.",) if adult and not crisis else ()),
        *(("Nobody has been told. You have to call.",) if not crisis else ()),
        "Do not wait for this program: it shows nothing else until you were seen.",
    )


def _notice(tier: int, shorts: Sequence[str], when: str, *, adult: bool) -> tuple[str, ...]:
    act = (
        "Book a visit with your doctor or physio within a week. If it gets worse, call today."
        if tier == 3  # noqa: PLR2004
        else "Mention it at your next visit. If it gets worse, do not wait for that."
    )
    return (
        _reported(shorts, when),
        act,
        "Nobody has been told. You have to call." if tier == 3 else "Nobody has been told.",  # noqa: PLR2004
        *(("Show this to an adult now.",) if adult else ()),
    )


def banner_line(
    tier: int,
    shorts: Sequence[str],
    when: str,
    where: Place,
    *,
    crisis: bool = False,
    next_day: bool = False,
) -> str:
    """One line that stands above everything while a tier-1 or tier-2 flag is open.

    A crisis banner names no reason. Arguments as for `stop_lines`.
    """
    named = _public(shorts)
    if crisis and not named:
        return f"You are not alone. Talk to someone now: call {where.crisis}."
    alone = f" You are not alone: call {where.crisis}." if crisis else ""
    poison = _says(named, OVER_LIMIT, OVER_MEANT)
    do = f"Call {where.poison} now, even if you feel well." if poison else f"Call {where.same_day} today."
    if tier == 1:
        do = f"Go to an emergency department now, or call {where.emergency}."
    elif next_day:
        do = "If you reached nobody, or it is worse, go to an emergency department now."
    return f"STOP. {_reported(named, when)} {do} Nobody has been told.{alone}"
