"""`spinetrack restore`: bring a copy of the diary back."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.opening import Key, Passphrase, ways_of
from spinetrack.cli.options import Json, app_of, print_json
from spinetrack.errors import SpinetrackError, UsageError, ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.exchange.sealed import Ways
    from spinetrack.store.backups import Copy
    from spinetrack.store.comparing import Inside
    from spinetrack.store.replacing import Prepared, Restored

app = typer.Typer(add_completion=False, rich_markup_mode=None)

What = Annotated[
    str | None,
    typer.Argument(metavar="[FILE | N]", help="A copy, or its number in the list.", show_default=False),
]
SamePerson = Annotated[bool, typer.Option("--same-person", help="The copy of another diary is yours too.")]


@app.command()
def restore(  # noqa: PLR0913 - each is an option of the line
    ctx: typer.Context,
    what: What = None,
    *,
    list_them: Annotated[bool, typer.Option("--list", help="List the copies beside the diary.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    same_person: SamePerson = False,
    as_is: Annotated[bool, typer.Option("--as-is", help="Take odd records of the copy as they are.")] = False,
    passphrase: Passphrase = False,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Bring a copy of the diary back: restore 1, or restore FILE.

    It shows what would change and asks. The diary as it is now is kept as a copy too, so that this can
    be turned back. Checks for warning signs made since the copy stay in the diary.
    """
    run = app_of(ctx)
    if list_them or what is None:
        if what is not None:
            raise UsageError("--list takes no copy beside it.")
        _list(run, as_json=as_json)
        return
    from spinetrack.store.restore import prepare

    with run.open_store() as store:
        path = store.path
    source = _source(run, what)
    ways = ways_of(run, passphrase=passphrase, key=key)
    with prepare(
        path,
        source,
        run.now(),
        run.complain,
        same_person=same_person,
        as_is=as_is,
        unseal=lambda copy: _image(copy, ways),
    ) as prepared:
        _finish(run, path, prepared, yes=yes, as_json=as_json)


def _finish(run: App, path: Path, prepared: "Prepared", *, yes: bool, as_json: bool) -> None:
    """Show what would change, do it once that is agreed to, and say what came of it."""
    from spinetrack.store.replacing import carry_out
    from spinetrack.views.backup_page import is_same

    if as_json:
        done = carry_out(path, prepared, run.now()) if yes else None
        print_json(run, _document(prepared, done))
        return
    _show(run, prepared)
    if is_same(prepared):
        return
    if yes or _agreed(run):
        _say(run, carry_out(path, prepared, run.now()), back=not prepared.is_damaged)
    else:
        run.say("Nothing was changed.")


def _source(run: App, what: str) -> Path:
    """Return the copy that a number of the list or a path names.

    Raises:
        ValueRefusedError: the list is shorter.

    """
    path = Path(what).expanduser()
    if not what.isdecimal() or path.exists():
        return path
    from spinetrack.store.backups import copies

    found = copies(run.home)
    if not 1 <= int(what) <= len(found):
        raise ValueRefusedError(
            f"There is no copy {what}. Nothing was changed.", hint="See them: spinetrack restore --list"
        )
    return found[int(what) - 1].path


def _image(source: Path, ways: "Ways") -> bytes | None:
    """Return the diary file inside an encrypted copy, None for a copy that is none."""
    from spinetrack.exchange.files import Unsealed
    from spinetrack.exchange.sealed import opened

    if not source.stat().st_size:
        return None
    found = opened(source, ways)
    return found.data if isinstance(found, Unsealed) else None


def _show(run: App, prepared: "Prepared") -> None:
    from spinetrack.cli.showing import show
    from spinetrack.views.backup_page import plan_page

    show(run, plan_page(prepared, run.today()))


def _agreed(run: App) -> bool:
    if not run.stdin_is_terminal:
        raise UsageError("Nobody is there to answer. Nothing was changed.", hint="To do it: add --yes")
    run.say("")
    run.say("Bring it back? The diary as it is now is kept beside it.  y/n")
    return run.ask("> ").lower() in {"y", "yes"}


def _say(run: App, done: "Restored", *, back: bool) -> None:
    run.say("The copy is your diary now.")
    if done.aside is not None:
        run.say(f"As it was before: {done.aside}")
    if done.kept is None:
        run.say("Warning signs noted since then could not be read. Please answer again: spinetrack screen")
    elif done.kept:
        run.say(f"Checks for warning signs that stay: {done.kept}")
    if done.aside is not None and back:
        run.say(f"To turn it back: spinetrack restore {quote(str(done.aside))}")


# -- the list --------------------------------------------------------------------------------------


def _list(run: App, *, as_json: bool) -> None:
    from spinetrack.store.backups import copies

    run.hold_keys()
    found = [(copy, *_state(copy)) for copy in copies(run.home)]
    if as_json:
        from spinetrack.views.json_docs import document

        numbered = list(enumerate(found, start=1))
        print_json(run, document(backups=[_copy_document(n, *row) for n, row in reversed(numbered)]))
        return
    from spinetrack.cli.showing import show
    from spinetrack.views.backup_page import list_page

    show(run, list_page(found, run.now()))


def _state(copy: "Copy") -> "tuple[Inside | None, str]":
    from spinetrack.store.backups import is_as_made, look_into

    try:
        as_made = is_as_made(copy.path)
        if copy.sealed:
            return None, "changed" if as_made is False else "sealed"
        inside = look_into(copy.path)
    except (SpinetrackError, OSError):
        return None, "unreadable"
    return inside, "unchecked" if as_made is None else "good" if as_made else "changed"


def _copy_document(number: int, copy: "Copy", inside: "Inside | None", state: str) -> dict[str, object]:
    from spinetrack.views.backup_page import inside_doc

    made = copy.made.isoformat()
    about = {"number": number, "file": str(copy.path), "made": made, "why": copy.label, "state": state}
    return {**about, **inside_doc(inside)}


def _document(prepared: "Prepared", done: "Restored | None") -> dict[str, object]:
    from spinetrack.views.backup_page import difference_doc, inside_doc
    from spinetrack.views.json_docs import document

    compared = prepared.compared
    return document(
        restore={
            "file": str(prepared.source),
            "checked": prepared.checked,
            **inside_doc(prepared.found),
            "changes": [difference_doc(kind) for kind in compared.kinds] if compared else [],
            "days_gone": list(compared.days_gone) if compared else [],
            "days_back": list(compared.days_back) if compared else [],
            "kept": done.kept if done else prepared.kept,
            "done": done is not None,
            "aside": str(done.aside) if done and done.aside else None,
        }
    )
