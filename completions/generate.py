"""Write the completion scripts and the manual page from the commands: `python completions/generate.py`."""

from __future__ import annotations

from pathlib import Path

FILES = {"bash": "spinetrack.bash", "zsh": "_spinetrack", "fish": "spinetrack.fish"}
"""Shell to the file its script lies in."""
MANUAL = "spinetrack.1"


def main() -> None:
    """Write each script and the page beside this file."""
    from spinetrack.cli.completion_scripts import script
    from spinetrack.cli.man_page import page

    folder = Path(__file__).parent
    texts = {name: script(shell) for shell, name in FILES.items()} | {MANUAL: page()}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"completions/{name}")


if __name__ == "__main__":
    main()
