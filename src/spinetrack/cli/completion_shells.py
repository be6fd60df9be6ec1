"""The three dialects: one function writes the script of one shell from the command tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.cli.commands import SHORT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spinetrack.cli.completion_scripts import Node, Option

HEAD = "Completion of spinetrack. Written by completions/generate.py: change the command, not this file."


def _key(node: Node) -> str:
    return "/".join(node.path)


def _value_options(nodes: Sequence[Node]) -> list[tuple[Node, Option]]:
    return [(n, o) for n in nodes for o in n.options if o.values is not None]


def _with_words(nodes: Sequence[Node]) -> list[tuple[Node, Option]]:
    return [(n, o) for n, o in _value_options(nodes) if o.values or o.is_file]


def _free(nodes: Sequence[Node], action: str) -> str:
    """Return the branch of the options whose value can be anything."""
    found = [(n, o) for n, o in _value_options(nodes) if not (o.values or o.is_file)]
    names = "|".join(f'"{name}"' for n, o in found for name in _names(n, o))
    return f"        {names}) {action} ;;"


def _inner_paths(nodes: Sequence[Node]) -> list[str]:
    return [_key(n) for n in nodes if n.path]


def _kind(option: Option) -> str:
    return "file" if option.is_file else "list" if option.separated else "words"


def _names(node: Node, option: Option) -> list[str]:
    return [f"{_key(node)} {name}" for name in option.names]


def _following(node: Node) -> list[str]:
    return [name for name, _ in node.commands] + list(node.words)


def _flags(node: Node) -> list[str]:
    return [*(name for option in node.options for name in option.names), "--home"]


_BASH = """\
# bash: {head}
_spinetrack_pick() {{
    local IFS=$' \\n'
    COMPREPLY=($(compgen -W "$1" -- "$2"))
}}
_spinetrack_list() {{
    local before="" last=$2 word
    if [[ $2 == *,* ]]; then before=${{2%,*}},; last=${{2##*,}}; fi
    COMPREPLY=()
    for word in $1; do
        [[ $word == "$last"* ]] && COMPREPLY+=("$before$word")
    done
    compopt -o nospace 2>/dev/null
}}
_spinetrack() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD - 1]}} path="" at word
    if [[ $cur == "=" ]]; then
        cur=""
    elif [[ $prev == "=" ]]; then
        prev=${{COMP_WORDS[COMP_CWORD - 2]}}
    fi
    for ((at = 1; at < COMP_CWORD; at++)); do
        word=${{COMP_WORDS[at]}}
        case "$path $word" in
            *" --home") ((at++)); continue ;;
{skips}
        esac
        case "${{path:+$path/}}$word" in
{paths}
        esac
    done
    COMPREPLY=()
    case "$path $prev" in
        *" --home") COMPREPLY=($(compgen -d -- "$cur")); return ;;
{values}
    esac
    if [[ $cur == -* ]]; then
        case "$path" in
{flags}
        esac
        return
    fi
    case "$path" in
{words}
    esac
}}
complete -F _spinetrack spinetrack
"""


def bash(nodes: Sequence[Node]) -> str:
    """Return the script for bash 3.2 and later."""
    values = [_free(nodes, "return")]
    for node, option in _with_words(nodes):
        names = "|".join(f'"{n}"' for n in _names(node, option))
        action = {
            "file": 'COMPREPLY=($(compgen -f -- "$cur"))',
            "list": f'_spinetrack_list "{" ".join(option.values or ())}" "$cur"',
            "words": f'_spinetrack_pick "{" ".join(option.values or ())}" "$cur"',
        }[_kind(option)]
        values.append(f"        {names}) {action}; return ;;")
    words = []
    for node in nodes:
        if node.is_file:
            words.append(f'        "{_key(node)}") COMPREPLY=($(compgen -f -- "$cur")) ;;')
        elif _following(node):
            words.append(f'        "{_key(node)}") _spinetrack_pick "{" ".join(_following(node))}" "$cur" ;;')
    return _BASH.format(
        head=HEAD,
        skips=_skips(nodes, "((at++)); continue"),
        paths=_paths(nodes, "path"),
        values="\n".join(values),
        flags="\n".join(
            f'            "{_key(n)}") _spinetrack_pick "{" ".join(_flags(n))}" "$cur" ;;' for n in nodes
        ),
        words="\n".join(words),
    )


def _skips(nodes: Sequence[Node], action: str) -> str:
    """Return the branch that passes over an option and its value, so that it is no command."""
    names = [f'"{n}"' for node, option in _value_options(nodes) for n in _names(node, option)]
    return f"            {'|'.join(names)}) {action} ;;"


def _paths(nodes: Sequence[Node], variable: str) -> str:
    """Return the branches that go one command deeper, the short names first."""
    inner = "|".join(f'"{p}"' for p in _inner_paths(nodes))
    lines = [f'            "{short}") {variable}={name} ;;' for short, name in _short(nodes)]
    lines.append(f"            {inner}) {variable}=${{{variable}:+${variable}/}}$word ;;")
    return "\n".join(lines)


def _short(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    known = {name for name, _ in nodes[0].commands}
    return [(short, name) for short, name in SHORT.items() if name in known]


_ZSH = """\
#compdef spinetrack
# zsh: {head}
_spinetrack() {{
    local cur=$words[CURRENT] prev=$words[CURRENT-1] where="" word
    local -i at
    local -a found
    for ((at = 2; at < CURRENT; at++)); do
        word=$words[at]
        case "$where $word" in
            *" --home") ((at++)); continue ;;
{skips}
        esac
        case "${{where:+$where/}}$word" in
{paths}
        esac
    done
    case "$where $prev" in
        *" --home") _files -/; return ;;
{values}
    esac
    if [[ $cur == -* ]]; then
        case "$where" in
{flags}
        esac
        return
    fi
    case "$where" in
{words}
    esac
}}
if [[ $funcstack[1] == _spinetrack ]]; then
    _spinetrack "$@"
else
    compdef _spinetrack spinetrack
fi
"""


def zsh(nodes: Sequence[Node]) -> str:
    """Return the script for zsh, to lie in a folder of `fpath` as `_spinetrack`."""
    values = [_free(nodes, "return")]
    for node, option in _with_words(nodes):
        names = "|".join(f'"{n}"' for n in _names(node, option))
        listed = " ".join(option.values or ())
        action = {
            "file": "_files",
            "list": f"_values -s , value {listed}",
            "words": f"compadd -- {listed}",
        }[_kind(option)]
        values.append(f"        {names}) {action}; return ;;")
    flags = [
        f'            "{_key(n)}") found=({_described(_flag_pairs(n))}); _describe option found -o ;;'
        for n in nodes
    ]
    words = []
    for node in nodes:
        actions = []
        if node.commands:
            actions.append(f"found=({_described(node.commands)}); _describe command found")
        if node.words:
            actions.append(f"compadd -- {' '.join(node.words)}")
        if node.is_file:
            actions.append("_files")
        if actions:
            words.append(f'        "{_key(node)}") {"; ".join(actions)} ;;')
    return _ZSH.format(
        head=HEAD,
        skips=_skips(nodes, "((at++)); continue"),
        paths=_paths(nodes, "where"),
        values="\n".join(values),
        flags="\n".join(flags),
        words="\n".join(words),
    )


def _flag_pairs(node: Node) -> list[tuple[str, str]]:
    return [(name, option.help) for option in node.options for name in option.names]


def _described(pairs: Sequence[tuple[str, str]]) -> str:
    return " ".join(_single(f"{name}:{text}" if text else name) for name, text in pairs)


def _single(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


_FISH = """\
# fish: {head}
function __spinetrack_path
    set -l where ""
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip -eq 1
            set skip 0
            continue
        end
        switch "$where $word"
            case '* --home' {skips}
                set skip 1
                continue
        end
        set -l next "$word"
        test -n "$where"; and set next "$where/$word"
        switch "$next"
{shorts}
            case {paths}
                set where $next
        end
    end
    echo $where
end
function __spinetrack_at
    set -l here (__spinetrack_path)
    test "$here" = "$argv[1]"
end
complete -c spinetrack -f
complete -c spinetrack -l home -r -a '(__fish_complete_directories)' -d 'The folder of your diary'
{lines}
"""


def fish(nodes: Sequence[Node]) -> str:
    """Return the script for fish 3 and later."""
    lines = []
    for node in nodes:
        here = f"""complete -c spinetrack -n '__spinetrack_at "{_key(node)}"'"""
        lines += [f"{here} -a {name} -d {_fish(text)}" for name, text in node.commands]
        if node.words:
            lines.append(f"{here} -a {_fish(' '.join(node.words))}")
        if node.is_file:
            lines.append(f"{here} -F")
        lines += [f"{here} {_fish_option(option)}" for option in node.options]
    names = [_fish(n) for node, option in _value_options(nodes) for n in _names(node, option)]
    return _FISH.format(
        head=HEAD,
        skips=" ".join(names),
        shorts="\n".join(
            f"            case {short}\n                set where {name}" for short, name in _short(nodes)
        ),
        paths=" ".join(_fish(p) for p in _inner_paths(nodes)),
        lines="\n".join(lines),
    )


def _fish_option(option: Option) -> str:
    names = [f"-l {n[2:]}" if n.startswith("--") else f"-s {n[1:]}" for n in option.names]
    parts = [*names]
    if option.values is not None:
        parts.append("-r")
        if option.is_file:
            parts.append("-F")
        elif option.values:
            parts.append(f"-a {_fish(' '.join(option.values))}")
    if option.help:
        parts.append(f"-d {_fish(option.help)}")
    return " ".join(parts)


def _fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


SHELLS: Mapping[str, Callable[[Sequence[Node]], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
"""Shell to the function that writes its script."""
