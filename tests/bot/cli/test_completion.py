"""Shell completion, asked as a shell asks: by its own script, with the real command behind it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import completion

# What bash sets for a completion function: https://www.gnu.org/software/bash/manual/bash.html#Programmable-Completion
ASK = """
source <(thinktwice completion bash)
ask() {
  COMP_LINE="$1"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
  read -r -a COMP_WORDS <<< "$COMP_LINE"
  [[ "$COMP_LINE" == *" " ]] && COMP_WORDS+=("")
  COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
  command="$(complete -p thinktwice | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
  "$command" thinktwice "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
  echo "${COMPREPLY[@]}"
}
"""
# A terminal with somebody at it: they press Tab, and then Ctrl-G, which shows the line as it stands now.
# https://zsh.sourceforge.io/Doc/Release/Zsh-Modules.html#The-zsh_002fzpty-Module
TYPED = r"""
zmodload zsh/zpty
zpty desk zsh -f -i
zpty -w desk 'PS1=; autoload -Uz compinit; compinit -D; eval "$(thinktwice completion zsh)"'
zpty -w desk 'line() { print -rn -- "[$BUFFER]"; BUFFER= }; zle -N line; bindkey "^G" line; print "rea""dy"'
zpty -r desk seen '*ready*'
tab() {
  zpty -w -n desk "$1"$'\t\a'
  zpty -r desk seen '*\[thinktwice*\]*'
  print -r -- "${${seen##*\[}%%\]*}"
}
"""
LINES = {
    "thinktwice po": "thinktwice policy ",
    "thinktwice policy ch": "thinktwice policy check ",
    "thinktwice report --fo": "thinktwice report --format ",
    "thinktwice report --format h": "thinktwice report --format html ",
    "thinktwice policy check pyproj": "thinktwice policy check pyproject.toml ",
}
ASKED = {
    "thinktwice po": ["policy"],
    "thinktwice policy ch": ["check"],
    "thinktwice report --fo": ["--format"],
    "thinktwice report --format ": ["text", "csv", "json", "html", "png"],
    "thinktwice policy check pyproj": ["pyproject.toml"],
}
ROOT = Path(__file__).parents[3]
HERE = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


def _shell(name: str, script: str) -> str:
    """What a shell prints without anybody's settings."""
    command = [name, *{"bash": ["--norc", "--noprofile"], "fish": ["--no-config"]}.get(name, ["-f"]), "-c", script]
    return subprocess.run(command, env=HERE, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_bash_is_told_how_a_line_goes_on() -> None:
    told = _shell("bash", ASK + "\n".join(f'ask "{line}"' for line in ASKED))
    assert [line.split() for line in told.splitlines()] == list(ASKED.values())


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed here")
def test_tab_goes_on_with_a_line_in_zsh() -> None:
    told = _shell("zsh", TYPED + "\n".join(f"tab '{line}'" for line in LINES))
    assert told.splitlines() == list(LINES.values())


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed here")
def test_fish_is_told_how_a_line_goes_on() -> None:
    asked = "; ".join(f"complete -C '{line}'" for line in ("thinktwice po", "thinktwice policy ch"))
    told = _shell("fish", f"thinktwice completion fish | source; {asked}")
    assert [line.split("\t")[0] for line in told.splitlines()] == ["policy", "check"]


@pytest.mark.parametrize("name", completion.SHELLS)
def test_each_shell_can_read_its_script(name: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed here")
    assert _shell(name, f"thinktwice completion {name} | {name} -n") == ""


def test_who_asks_nothing_pays_nothing() -> None:
    code = (
        "import sys\nfrom bot.cli import main\ntry: main(['--version'])\nfinally: print('argcomplete' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "False"
