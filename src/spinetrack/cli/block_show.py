"""What the block commands print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.errors import ExitCode

if TYPE_CHECKING:
    from spinetrack.app import App
    from spinetrack.recovery.block_diary import Curve
    from spinetrack.recovery.findings import Assessment

WIDEST = 80


def curves(app: App) -> tuple[Curve, ...]:
    """Return all blocks with their answers, oldest first."""
    from spinetrack.recovery.block_diary import curve_of
    from spinetrack.recovery.diary import Intake

    with app.open_store() as store:
        diary = store.diary(app.today(), app.today())._replace(intakes=store.every(Intake))
    return tuple(curve_of(diary, block, app.now()) for block in diary.blocks)


def show_next(app: App, *, as_json: bool) -> int:
    """Show what comes next in the running diary; return the exit code.

    An open tier-1 or tier-2 flag shows its page instead.
    """
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show, show_stop
    from spinetrack.recovery.block_diary import curve_of, running
    from spinetrack.views.block_page import none_page, running_page

    diary, assessment = look(app)
    if as_json:
        _print_last(app)
        return ExitCode.OK
    if assessment.open_flags:
        show_stop(app, diary, assessment)
        return ExitCode.FLAG
    block = running(diary, app.now())
    show(app, running_page(curve_of(diary, block, app.now())) if block else none_page())
    return ExitCode.OK


def _print_last(app: App) -> None:
    from spinetrack.cli.options import print_json
    from spinetrack.views.block_page import block_doc, list_doc

    found = curves(app)
    print_json(app, block_doc(found[-1]) if found else list_doc(()))


def show_block(app: App, number: str | None, *, as_json: bool) -> None:
    """Show one block as a curve and in words; of the numbers without a picture in plain mode.

    Raises:
        ValueRefusedError: there is no such block.

    """
    from spinetrack.cli.block_write import find_block
    from spinetrack.cli.options import print_json
    from spinetrack.views.block_page import block_doc, block_page

    found = curves(app)
    wanted = find_block([curve.block for curve in found], number)
    curve = next(c for c in found if c.block.id == wanted.id)
    if as_json:
        print_json(app, block_doc(curve))
        return
    from spinetrack.cli.showing import show

    show(app, block_page(curve, app.today(), _picture(app, curve)))


def _picture(app: App, curve: Curve) -> str:
    if app.plain or not curve.points:
        return ""
    from spinetrack.charts.relief import draw
    from spinetrack.cli.showing import only_ascii
    from spinetrack.views.block_page import LEVELS

    return draw(curve.line, LEVELS, min(app.width, WIDEST), ascii=only_ascii(app))


def echo_block(
    app: App, curve: Curve, said: tuple[str, ...], assessment: Assessment, *, as_json: bool
) -> None:
    """Write what was recorded, what comes next, and how to walk until the leg is back."""
    from spinetrack.cli.showing import say_answer, say_crisis, show
    from spinetrack.recovery.block_diary import CARE
    from spinetrack.views.block_page import TRY, block_doc, next_lines
    from spinetrack.views.echo import line
    from spinetrack.views.page import Text

    block = curve.block
    texts = (block.name, *(p.doing for p in curve.points[-1:]))
    say_crisis(app, texts, assessment, aside=as_json)
    if as_json:
        from spinetrack.cli.options import print_json

        print_json(app, block_doc(curve))
        return
    parts = said if curve.points else (f"started {block.at:%H:%M}", f"pain before {curve.base}", *said)
    for text in line(f"Block {block.id}", parts, width=app.width, plain=app.plain):
        app.say(text)
    if assessment.open_flags:
        say_answer(app, assessment)
        return
    first = () if curve.points else (Text(TRY), Text(CARE, "strong"))
    show(app, (*next_lines(curve), *first))
    if not curve.is_readable and not curve.points:
        app.say("Pain before is below 4: relief will be hard to read from it.")
    if assessment.rescreen is not None:
        say_answer(app, assessment)
