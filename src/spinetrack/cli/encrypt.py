"""`spinetrack encrypt`, `decrypt` and `rekey`: the diary file itself, for nobody else to read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import app_of
from spinetrack.cli.sealing import typed_twice
from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.store.converting import Converted, Target

app = typer.Typer(add_completion=False, rich_markup_mode=None)

NOTHING = "Nothing was changed."
LOST = "Without its passphrase nobody can open the diary, not even you. There is no other way in."
LOST_KEY = "Without its key nobody can open the diary, not even you. There is no other way in."

KeyFile = Annotated[
    Path | None,
    typer.Option("--key-file", metavar="FILE", help="A key file instead; it is made where there is none."),
]
Keyring = Annotated[bool, typer.Option("--keyring", help="A key in the keyring of this computer instead.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


@app.command()
def encrypt(ctx: typer.Context, key_file: KeyFile = None, keyring: Keyring = False, yes: Yes = False) -> None:
    """Encrypt the diary file and the copies beside it.

    \b
    spinetrack encrypt
    spinetrack encrypt --key-file /media/stick/key

    With a passphrase each command asks for it. With a key file or a keyring nobody is asked, and it is
    faster. A lost passphrase or key is a lost diary.
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    path = _diary(run)
    from spinetrack.store import connection
    from spinetrack.store.sealed_files import refuse_without_extra

    if connection.is_sealed(path):
        _finish(run, path, sealed=True)
        return
    run.say(LOST_KEY if key_file or keyring else LOST)
    refuse_without_extra()
    _agree(run, "Encrypt the diary and its copies?", yes=yes)
    _convert(run, path, _target(run, key_file, keyring=keyring, given=run.given_diary_passphrase))


@app.command()
def rekey(ctx: typer.Context, key_file: KeyFile = None, keyring: Keyring = False) -> None:
    """Give an encrypted diary and its copies another passphrase or key."""
    run = app_of(ctx)
    path = _sealed(run)
    _open(path)
    run.say(LOST_KEY if key_file or keyring else LOST)
    _convert(run, path, _target(run, key_file, keyring=keyring, given=run.given_new_passphrase))


@app.command()
def decrypt(ctx: typer.Context, yes: Yes = False) -> None:
    """Make an encrypted diary and its copies plain files again."""
    run = app_of(ctx)
    from spinetrack.store.converting import Target, is_unfinished

    path = _diary(run)
    if is_unfinished(path):
        _finish(run, path, sealed=False)
        return
    path = _sealed(run)
    _open(path)
    _agree(run, "Whoever can open your files can read the diary then. Go on?", yes=yes)
    _convert(run, path, Target(None))


def _diary(run: App) -> Path:
    with run.open_store() as store:
        path = store.path
        store.patient()  # Opening it brings an older one up, and marks an encrypted one that lost its mark.
    if not path.exists():
        raise ValueRefusedError(f"There is no diary yet. {NOTHING}")
    return path


def _sealed(run: App) -> Path:
    """Return the diary file, where it is encrypted.

    Raises:
        ValueRefusedError: it is not.

    """
    path = _diary(run)
    from spinetrack.store import connection

    if not connection.is_sealed(path):
        raise ValueRefusedError(f"The diary is not encrypted. {NOTHING}", hint="To do it: spinetrack encrypt")
    return path


def _open(path: Path) -> None:
    """Open the diary once, so that a wrong passphrase is said before a new one is asked for."""
    from spinetrack.store import connection

    connection.connect(path, "ro").close()


def _target(run: App, key_file: Path | None, *, keyring: bool, given: str | None) -> "Target":
    """Return what the diary shall be opened with.

    Raises:
        UsageError: two things were asked for, or nobody is there to type.
        ValueRefusedError: the key file cannot be where it shall be, or the passphrases differ.
        LockedError: the key cannot be read, or there is no keyring.

    """
    from spinetrack.store import secrets
    from spinetrack.store.converting import Target

    if key_file and keyring:
        raise UsageError(f"Take --key-file or --keyring, not both. {NOTHING}")
    if keyring:
        return Target(*secrets.write_keyring())
    if key_file:
        return _key_file(run, key_file.expanduser().absolute())
    if given is None and not run.stdin_is_terminal:
        raise UsageError(
            f"Nobody is there to type a passphrase. {NOTHING}",
            hint="Take a key file: --key-file FILE. The variables for scripts are in the readme.",
        )
    return Target(secrets.passphrase_of(given or typed_twice(run, NOTHING)), secrets.Way("passphrase"))


def _key_file(run: App, place: Path) -> "Target":
    from spinetrack.store import secrets
    from spinetrack.store.converting import Target

    if place.is_relative_to(run.home.absolute()):
        raise ValueRefusedError(
            f"The key may not lie beside what it opens. {NOTHING}", hint="Put it on a stick, or elsewhere."
        )
    way = secrets.Way("file", str(place))
    if place.exists():
        return Target(secrets.read_key_file(str(place)), way)
    secret = secrets.write_key_file(place)
    run.say(f"A new key lies here: {place}. Keep a second one of it in another place.")
    return Target(secret, way)


def _agree(run: App, question: str, *, yes: bool) -> None:
    """Let a yes pass.

    Raises:
        UsageError: nobody is there to say it.
        ValueRefusedError: it was a no.

    """
    if yes:
        return
    if not run.stdin_is_terminal:
        raise UsageError(f"Nobody is there to answer. {NOTHING}", hint="To do it: add --yes")
    run.say(f"{question}  y/n")
    if run.ask("> ").lower() not in {"y", "yes"}:
        raise ValueRefusedError(NOTHING)


def _convert(run: App, path: Path, target: "Target") -> None:
    from spinetrack.store.converting import convert

    done = convert(path, target)
    state = "is encrypted" if target.secret else "is a plain file"
    run.say(f"The diary {state} now, and {done.copies} of its copies with it.")
    _say_left(run, done, sealed=target.secret is not None)


def _finish(run: App, path: Path, *, sealed: bool) -> None:
    """Take along the copies that a stopped command left as they were."""
    from spinetrack.store.converting import finish

    done = finish(path)
    state = "is encrypted" if sealed else "is a plain file"
    run.say(f"The diary {state}, and {done.copies} of its copies with it.")
    if sealed:
        run.say("For another passphrase or key: spinetrack rekey")
    _say_left(run, done, sealed=sealed)


def _say_left(run: App, done: "Converted", *, sealed: bool) -> None:
    if done.left:
        run.say("These files have another key, or none. Look at them, and delete what you do not need:")
        for place in done.left:
            run.say(f"  {place}")
    if sealed:
        run.say("Reports, exports and copies in other folders are as they were. Nobody here can reach them.")
