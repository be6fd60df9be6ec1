"""A small report made by hand, with every kind of block, for the writers' tests."""

# ruff: noqa: RUF001 - a minus sign is meant
from __future__ import annotations

from datetime import date, timedelta

from spinetrack.charts import Chart, build
from spinetrack.charts.weeks import weeks_table
from spinetrack.recovery.metrics import METRICS
from spinetrack.report.model import Block, BodyFigure, Facts, Figure, Grid, Items, Para, Report, Section

START = date(2026, 8, 31)
END = START + timedelta(days=83)
FLARES = ((START + timedelta(days=40), START + timedelta(days=44)), (START + timedelta(days=70),) * 2)
WAVE = (0, 1, -1, 2, 0, -2, 1, 0, 1, -1, 0)
"""What is added to each day's value, over and over."""

HOSTILE = (
    "<script>alert('x')</script> & \"quoted\" \x1b[31mred\x07 \u202egnp.exe =cmd|' /C calc'!A0 😀 "
    "#set page(width: 1cm) $x$ \\u{41} *bold* _it_ `raw` @ref [x](http://a) שלום"
)


def chart(key: str = "pain", days: int = 84) -> Chart:
    """Return a chart with a gap of nine days, two flares, two levels and two marks."""
    low, rise = {"pain": (6, -3), "sit": (20, 25), "sleep": (360, 40), "walk": (15, 12)}[key]
    step = 20 if key == "sleep" else 1
    values = {
        START + timedelta(days=n): max(0.0, round(low + rise * n / days + step * WAVE[n % len(WAVE)]))
        for n in range(days)
        if n % 6 != 5 and not 20 <= n < 29
    }
    until = START + timedelta(days=days - 1)
    levels = (("quota", 25.0), ("goal", 45.0)) if key == "sit" else ()
    path = {START + timedelta(days=n): 20 + 25 * n / days for n in range(days)} if key == "sit" else None
    made = build(METRICS[key], values, FLARES, levels, path=path, since=START, until=until)
    marks = ((START + timedelta(days=24), "steroid injection"), (START + timedelta(days=58), "visit: physio"))
    return made._replace(marks=marks) if key == "pain" else made


def figure(key: str = "pain", days: int = 84) -> Figure:
    drawn = chart(key, days)
    head, rows = weeks_table((drawn,))
    return Figure(
        drawn, drawn.title, drawn.summary, Grid("By week", head, rows, numbers=tuple(range(1, len(head))))
    )


def front() -> tuple[Section, ...]:
    """Return a page one as full as page one gets."""
    glance = Grid(
        "Medians of 14 days. Now is 9 to 22 Nov.",
        ("Measure", "Against", "Then", "Now", "Change"),
        (
            (
                "Sitting",
                "baseline, 31 Aug to 13 Sep",
                "20 min, 12 days",
                "41 min, 12 days",
                "clear change, better: +21 min, +105 % (clear from 30 %)",
            ),
            (
                "",
                "last visit, 14 to 27 Oct",
                "35 min, 11 days",
                "41 min, 12 days",
                "possible change, better: +6 min, +17 % (possible from 15 %)",
            ),
            (
                "Walking",
                "baseline, 31 Aug to 13 Sep",
                "15 min, 9 days",
                "26 min, 11 days",
                "clear change, better: +11 min, +73 % (clear from 30 %)",
            ),
            (
                "",
                "last visit, 14 to 27 Oct",
                "24 min, 10 days",
                "26 min, 11 days",
                "no change: +2 min, +8 % (possible from 15 %)",
            ),
            (
                "Standing",
                "baseline, 31 Aug to 13 Sep",
                "too few days",
                "1 h 05, 11 days",
                "cannot tell: 4 of 14 days recorded, 7 needed",
            ),
            (
                "",
                "last visit, 14 to 27 Oct",
                "55 min, 10 days",
                "1 h 05, 11 days",
                "possible change, better: +10 min, +18 % (possible from 15 %)",
            ),
            (
                "Pain",
                "baseline, 31 Aug to 13 Sep",
                "5.5, 14 days",
                "3, 12 days",
                "clear change, better: −2.5 points, −45 % (clear from 2 points and 30 %)",
            ),
            (
                "",
                "last visit, 14 to 27 Oct",
                "4, 13 days",
                "3, 12 days",
                "possible change, better: −1 point, −25 % (possible from one of them)",
            ),
        ),
    )
    return (
        Section(
            "glance",
            "At a glance",
            (
                glance,
                Para("Worked without a flare on 31 of 58 work days. 7 of 68 recorded days lay in one."),
                Para("Now: 9 to 22 Nov. Start: 31 Aug to 13 Sep. Last visit: 14 to 27 Oct.", "quiet"),
            ),
        ),
        Section("warnings", "Warning signs", (Para("Last asked 20 Nov: none reported."),)),
        Section(
            "flares",
            "Flares",
            (
                Grid(
                    "Flares",
                    ("When", "Days", "Peak", "Triggers", "Back to the start after"),
                    (
                        ("10 to 14 Oct", "5", "8", "long drive, poor sleep", "9 days"),
                        ("9 Nov", "1", "6", "garden", "2 days"),
                    ),
                    numbers=(1, 2),
                ),
            ),
        ),
        Section(
            "goals",
            "Goals",
            (
                Facts(
                    (
                        ("Sit through a film", "45 min by 20 Dec; now 41 min; level 0 of −2 to +2"),
                        ("Walk to the shop", "30 min by 30 Nov; now 26 min; level −1"),
                        ("All goals together", "GAS T 48.6, 36.3 at the start"),
                    )
                ),
            ),
        ),
        Section(
            "plan",
            "Plan",
            (
                Grid(
                    "Plan",
                    ("", "Now", "At the start", "Steps", "Done in 4 weeks", "Set by"),
                    (
                        ("Sitting", "25 min", "12 min", "6 up, 1 back", "17 of 20", "physio, up to 40 min"),
                        ("Walking", "20 min", "10 min", "5 up, 1 back", "15 of 20", "me"),
                        ("Bridge", "3 × 10", "2 × 8", "2 up", "9 of 12", "physio"),
                    ),
                    numbers=(1, 2),
                ),
            ),
        ),
        Section(
            "questions", "I want to ask", (Items(("May I start swimming?", "Is the numb toe old news?")),)
        ),
        Section(
            "quality",
            "How good the data are",
            (
                Para("Recorded 68 of 84 days; 4 entered more than 12 h late, 2 edited, none imported."),
                Para("Left out by the patient: notes.", "quiet"),
            ),
        ),
    )


def fullest() -> Report:
    """Return a report whose page one has all that page one may hold."""
    flare = ("10 to 14 Oct", "5", "8", "long drive, poor sleep", "9 days")
    plan = ("Sitting", "25 min", "12 min", "6 up, 1 back", "17 of 20", "physio, up to 40 min")
    more_of: dict[str, Block] = {
        "flares": Grid("Flares", ("When", "Days", "Peak", "Triggers", "Back after"), (flare,) * 5, (1, 2)),
        "goals": Facts((("Sit through a film", "45 min by 20 Dec; now 41 min; level 0 of −2 to +2"),) * 4),
        "plan": Grid("Plan", ("", "Now", "At the start", "Steps", "Done", "Set by"), (plan,) * 6, (1, 2)),
        "questions": Items(("May I start swimming?",) * 5),
        "warnings": Items(("CE2 reported 3 Oct, seen by A&E on 3 Oct: seen, clear.",) * 3),
    }
    notes = (Para("Sitting: 30 of 31 said what ended it.", "quiet"),) * 4
    parts = [
        part._replace(blocks=(more_of.get(part.key, part.blocks[0]), *part.blocks[1:])) for part in front()
    ]
    parts[0] = parts[0]._replace(blocks=(*parts[0].blocks, *notes))
    about = Section("about", "About", (Facts((("Where", "low back, left leg"), ("Began", "3 Mar 2025"))),))
    return report()._replace(front=(about, *parts))


def more() -> tuple[Section, ...]:
    return (
        Section("charts", "Charts", tuple(figure(key) for key in ("pain", "sit", "walk", "sleep"))),
        Section(
            "scores",
            "Questionnaires",
            (
                Grid(
                    "Questionnaires",
                    ("Questionnaire", "31 Aug", "12 Oct", "20 Nov", "Band now", "Change"),
                    (("ODI", "38 %", "30 %", "22 %", "moderate", "−16, clear"),),
                    numbers=(1, 2, 3),
                ),
            ),
        ),
        Section(
            "body",
            "Where it hurts",
            (
                BodyFigure(
                    "Where it hurts",
                    "Low back on 40 days, left buttock on 21, left calf on 6.",
                    (
                        ("low-back", "low back", 40, 4.0),
                        ("left-buttock", "left buttock", 21, 3.5),
                        ("left-calf", "left calf", 6, 2.0),
                    ),
                ),
            ),
        ),
        Section(
            "method",
            "How each number is computed",
            (
                Items(("Now and then are medians of 14 days.", "A change is clear at 2 points or 30 %.")),
                Para("This is not a diagnosis.", "strong"),
            ),
        ),
    )


def report(*, short: bool = False, hostile: str = "") -> Report:
    """Return the report; with `hostile` that text stands wherever a patient's own text can stand."""
    made = Report(
        title="Recovery report",
        who=hostile or "A. Patient",
        period="31 Aug to 22 Nov 2026, 84 days",
        made="22 Nov 2026",
        front=front(),
        more=more()[:1] if short else more(),
        short=short,
    )
    if not hostile:
        return made
    own = Section(
        "own",
        hostile,
        (
            Para(hostile, "alarm"),
            Items((hostile, hostile * 60)),
            Facts(((hostile, hostile),)),
            Grid(hostile, (hostile, "n"), ((hostile, "1"),), (1,)),
            figure()._replace(caption=hostile, alt=hostile),
            BodyFigure(hostile, hostile, (("low-back", hostile, 3, 2.0), (hostile, hostile, 1, 1.0))),
        ),
    )
    return made._replace(
        title=hostile, front=(*made.front, own), more=(own._replace(key="own-2"), *made.more)
    )
