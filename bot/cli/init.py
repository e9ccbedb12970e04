"""`thinktwice init`: a folder with everything that the first run needs, after five questions."""

import argparse
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.arguments import Commands, add_command, add_language

if TYPE_CHECKING:
    from bot.cli.answers import Answers
    from policies.making import Making

CONFIG, TOKENS = "config.toml", "tokens"
SHIPPED = {
    CONFIG: "config.example.toml",
    TOKENS: "tokens.template",
    "slack-manifest.yaml": "slack-manifest.yaml",
    "thinktwice.service": "thinktwice.service",
}
"""What is written beside the policies, and the file in `bot/shipped/` that it is made of."""
MINE_ALONE = frozenset({TOKENS})
"""What nobody but its owner may read."""


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Ask five questions and write a working configuration, with policies, Slack manifest and systemd unit."
    parser = add_command(commands, "init", init, text)
    parser.add_argument("folder", type=Path, metavar="DIR")
    answers = parser.add_argument_group("answers; what is left out is asked, where there is a terminal")
    answers.add_argument("--platforms", metavar="NAME,...", help="telegram, slack or both")
    answers.add_argument("--operator", metavar="TEXT", help="who runs it; everybody in the groups is told")
    answers.add_argument("--contact", metavar="TEXT", help="how to reach them")
    answers.add_argument(
        "--admins", metavar="ID,...", help="who may ask for figures; of two platforms telegram:1001,slack:U0ADMIN"
    )
    answers.add_argument("--groups", metavar="ID,...", help="its Telegram groups, like --groups=-1001,-1002, or any")
    answers.add_argument("--yes", action="store_true", help="ask nothing: what is left out stays as in the example")
    add_language(parser)


def init(arguments: argparse.Namespace) -> int:
    """Write the files, all or none, over nothing that is there, and say what to do next."""
    from bot.cli.answers import QUESTIONS, given
    from policies.making import whole
    from policies.shipped import copied

    folder, language = arguments.folder.absolute(), arguments.language
    _refuse_to_overwrite([folder / name for name in SHIPPED])
    answers = given({question.name: getattr(arguments, question.name) for question in QUESTIONS}, language)
    if sys.stdin.isatty() and not arguments.yes:
        answers = _asked(answers, language)
    texts = _texts(folder, answers)
    with whole() as making:
        copies = copied(folder / "policies", making)
        _write(texts, making)
    for path in [*texts, *copies]:
        print(path)
    print(_next(folder, answers, language))
    return 0


def _asked(answers: "Answers", language: str) -> "Answers":
    """Ask at the keyboard. Raises InputError when it is closed before the last answer."""
    from bot.cli.answers import asked
    from bot.misuse import InputError
    from bot.wording import say

    print(say(language, "init.hello"))
    try:
        return asked(answers, input, print, language)
    except EOFError:
        raise InputError(f"\n{say(language, 'init.stopped')}") from None


def _texts(folder: Path, answers: "Answers") -> Mapping[Path, str]:
    from bot.cli.answers import written

    texts = {folder / name: _text(source, folder) for name, source in SHIPPED.items()}
    return {**texts, folder / CONFIG: written(texts[folder / CONFIG], answers)}


def _text(source: str, folder: Path) -> str:
    """Read a shipped file; the unit gets the paths of this installation, in which systemd reads % as %%."""
    from importlib.resources import files

    text = files("bot").joinpath("shipped", source).read_text("utf-8")
    if not source.endswith(".service"):
        return text
    places = {"@FOLDER@": str(folder), "@PYTHON@": sys.executable}
    for mark, place in places.items():
        text = text.replace(mark, place.replace("%", "%%"))
    return text


def _next(folder: Path, answers: "Answers", language: str) -> str:
    """The three steps that are left, with what is still the example's."""
    from bot.wording import say

    config, tokens = shlex.quote(str(folder / CONFIG)), shlex.quote(str(folder / TOKENS))
    steps = say(
        language,
        "init.next",
        tokens=folder / TOKENS,
        doctor=f"set -a; . {tokens}; set +a; thinktwice doctor --config {config}",
        run=f"thinktwice run --config {config}",
    )
    known = {
        "[privacy] operator": answers.operator,
        "contact": answers.contact,
        "enabled": answers.platforms,
        "[admins]": answers.admins,
    }
    sections = ", ".join(name for name, answer in known.items() if not answer)
    return f"{steps}\n{say(language, 'init.unanswered', sections=sections)}" if sections else steps


def _refuse_to_overwrite(paths: list[Path]) -> None:
    from bot.misuse import InputError
    from policies.shipped import SHIPPED as POLICIES

    wanted = [*paths, *(paths[0].parent / "policies" / file.name for file in POLICIES.values())]
    taken = [f"{path}: is there already; move it away, or choose another folder" for path in wanted if path.exists()]
    if taken:
        raise InputError("\n".join(taken))


def _write(texts: Mapping[Path, str], making: "Making") -> None:
    from bot.misuse import InputError
    from policies.making import cure

    for path, text in texts.items():
        try:
            making.file(path, text.encode("utf-8"), 0o600 if path.name in MINE_ALONE else 0o666)
        except OSError as error:
            reason = error.strerror or "unknown reason"
            raise InputError(f"{path}: can't be written ({reason}); {cure(error)}") from None
