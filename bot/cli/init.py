"""`thinktwice init`: a folder with everything that somebody edits before the first run."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.cli.arguments import Commands, add_command

SHIPPED = {
    "config.toml": "config.example.toml",
    "slack-manifest.yaml": "slack-manifest.yaml",
    "thinktwice.service": "thinktwice.service",
}
"""What is written beside the policies, and the file in `bot/shipped/` that it is made of."""

NEXT = """
Next, in {folder}:
1. config.toml: [privacy] operator and contact, [admins], [wellbeing]; enabled = true for each platform that you use.
2. Tokens stay out of the files: set TELEGRAM_BOT_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN (make the app of
   slack-manifest.yaml), in the environment.
3. thinktwice doctor --config {folder}/config.toml
4. thinktwice run --config {folder}/config.toml
   As a service: thinktwice.service says how, in its first lines.
To change a policy, edit policies/hr-default.toml and set [policies] default = "policies/hr-default.toml"."""


def add(commands: Commands) -> None:
    """Add the command."""
    text = "Write what to edit before the first run: configuration, policies, Slack manifest, systemd unit."
    parser = add_command(commands, "init", init, text)
    parser.add_argument("folder", type=Path, metavar="DIR")


def init(arguments: argparse.Namespace) -> int:
    """Write the files, all or none, over nothing that is there, and say what to do next."""
    from policies.shipped import init as copy_policies

    folder = arguments.folder.absolute()
    texts = {folder / name: _text(source, folder) for name, source in SHIPPED.items()}
    _refuse_to_overwrite(texts)
    copies = copy_policies(folder / "policies")
    _write(texts)
    for path in [*texts, *copies]:
        print(path)
    print(NEXT.format(folder=folder))
    return 0


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


def _refuse_to_overwrite(paths: Mapping[Path, str]) -> None:
    from bot.misuse import InputError

    taken = [f"{path}: is there already; move it away, or choose another folder" for path in paths if path.exists()]
    if taken:
        raise InputError("\n".join(taken))


def _write(texts: Mapping[Path, str]) -> None:
    from bot.misuse import InputError

    for path, text in texts.items():
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            reason = error.strerror or "unknown reason"
            raise InputError(f"{path}: can't be written ({reason}); check the path and its permissions") from None
