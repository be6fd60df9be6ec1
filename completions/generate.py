"""Write the three completion scripts from the command tree: `python completions/generate.py`."""

from __future__ import annotations

from pathlib import Path

FILES = {"bash": "spinetrack.bash", "zsh": "_spinetrack", "fish": "spinetrack.fish"}
"""Shell to the file its script lies in."""


def main() -> None:
    """Write each script beside this file."""
    from spinetrack.cli.completion_scripts import script

    folder = Path(__file__).parent
    for shell, name in FILES.items():
        (folder / name).write_text(script(shell), encoding="utf-8", newline="\n")
        print(f"completions/{name}")


if __name__ == "__main__":
    main()
