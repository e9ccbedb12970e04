"""The commands. Heavy imports stay inside the functions, so that `--help` answers at once."""

import argparse
import atexit
import errno
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot import __version__

EXIT_DONE, EXIT_PROBLEM, EXIT_MISUSE = 0, 1, 2

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 a problem was found, 2 misuse."""
    # At the end nothing needs collecting; a search through all that the libraries made would take a second or two.
    atexit.register(gc.freeze)
    arguments = _parser().parse_args(argv)
    command: Command = arguments.command
    try:
        return command(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`); let Python's exit not trip over the same pipe again.
        sys.stdout = None
        return EXIT_DONE
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise
        sys.stdout = None
        print(f"The output can't be written: {error.strerror}; write it somewhere else.", file=sys.stderr)
        return EXIT_PROBLEM
    except Exception as error:
        if not _for_the_user(error):
            raise
        print(error, file=sys.stderr)
        return EXIT_PROBLEM


def _for_the_user(error: Exception) -> bool:
    """Whether `error` is a sentence for the person at the keyboard, and not a fault of ours."""
    from bot.errors import FOR_THE_USER

    return isinstance(error, FOR_THE_USER)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thinktwice",
        description="Warns people privately before personal data in a workplace chat hurts somebody.",
        epilog="Start with `thinktwice demo`. Exit codes: 0 done, 1 a problem was found, 2 misuse.",
    )
    parser.add_argument("--version", action="version", version=f"thinktwice {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (
        _add_run,
        _add_demo,
        _add_chat,
        _add_scan,
        _add_explain,
        _add_policy,
        _add_report,
        _add_purge,
        _add_doctor,
    ):
        add(commands)
    return parser


_Commands = argparse._SubParsersAction  # noqa: SLF001  # argparse has no public name for what add_subparsers returns


def _add(
    commands: "_Commands[argparse.ArgumentParser]", name: str, command: Command, text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text[0].lower() + text[1:].rstrip("."), description=text)
    parser.set_defaults(command=command)
    return parser


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config", type=Path, default=Path("config.toml"), metavar="FILE", help="the configuration (config.toml)"
    )


def _add_run(commands: "_Commands[argparse.ArgumentParser]") -> None:
    parser = _add(commands, "run", _run, "Run the bot on every enabled platform until it is told to stop.")
    _add_config(parser)
    parser.add_argument("--verbose", action="store_true", help="log more; still never what anybody wrote")


def _add_demo(commands: "_Commands[argparse.ArgumentParser]") -> None:
    parser = _add(commands, "demo", _demo, "Play a scripted afternoon in an HR group: no token, no server.")
    parser.add_argument("--scenario", type=Path, metavar="FILE", help="another scenario to play")


def _add_chat(commands: "_Commands[argparse.ArgumentParser]") -> None:
    parser = _add(commands, "chat", _chat, "Type as the members of a made-up group and see what the bot does.")
    parser.add_argument(
        "--policy", default="hr-default", metavar="FILE|NAME", help="the policy to judge by (hr-default)"
    )


def _add_yardstick(parser: argparse.ArgumentParser) -> None:
    _add_detector(parser)
    parser.add_argument(
        "--policy", metavar="FILE|NAME", help="the policy to judge by (hr-default, or the configuration's)"
    )


def _add_detector(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="judge like a bot that runs with this configuration"
    )


def _add_scan(commands: "_Commands[argparse.ArgumentParser]") -> None:
    parser = _add(commands, "scan", _scan, "Scan messages in a file: JSON lines (id, text, ...) or plain text lines.")
    parser.add_argument("path", metavar="PATH", help="the file, or - for standard input")
    parser.add_argument(
        "--format", choices=("table", "jsonl"), default="table", help="a table for people, or JSON lines"
    )
    _add_yardstick(parser)


def _add_explain(commands: "_Commands[argparse.ArgumentParser]") -> None:
    parser = _add(
        commands, "explain", _explain, "Explain what is found in one message on standard input, values masked."
    )
    _add_yardstick(parser)


def _add_policy(commands: "_Commands[argparse.ArgumentParser]") -> None:
    text = "Check policy files, or copy the shipped ones for editing."
    actions = commands.add_parser("policy", help=text[0].lower() + text[1:-1], description=text)
    verbs = actions.add_subparsers(title="actions", metavar="ACTION", required=True)
    check = _add(verbs, "check", _policy_check, "Check that policy files load and that every example in them holds.")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _add_detector(check)
    init = _add(verbs, "init", _policy_init, "Copy the shipped policies into a folder for editing.")
    init.add_argument("folder", type=Path, metavar="DIR")


def _add_report(commands: "_Commands[argparse.ArgumentParser]") -> None:
    parser = _add(commands, "report", _report, "Print the figures of /report.")
    _add_config(parser)
    parser.add_argument("--since", default="7d", metavar="PERIOD", help="24h, 7d, 30d, ... (7d)")
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help="text (default), csv or json")
    parser.add_argument("--chat", metavar="PLATFORM:CHAT", help="one group only")


def _add_purge(commands: "_Commands[argparse.ArgumentParser]") -> None:
    parser = _add(
        commands, "purge", _purge, "Delete ended incidents that are older than the retention period, for good."
    )
    _add_config(parser)


def _add_doctor(commands: "_Commands[argparse.ArgumentParser]") -> None:
    parser = _add(commands, "doctor", _doctor, "Check tokens, permissions, database and policies, and say what to do.")
    _add_config(parser)


def _run(arguments: argparse.Namespace) -> int:
    from bot import running

    return running.run(arguments.config, verbose=arguments.verbose)


def _demo(arguments: argparse.Namespace) -> int:
    from bot.demo.demo import demo

    return demo(arguments.scenario)


def _chat(arguments: argparse.Namespace) -> int:
    from bot.demo.chat import chat

    return chat(arguments.policy)


def _scan(arguments: argparse.Namespace) -> int:
    from bot.cli import scan, yardstick

    return scan.run(arguments.path, arguments.format, yardstick.chosen(arguments.policy, arguments.config))


def _explain(arguments: argparse.Namespace) -> int:
    from bot.cli import explain, yardstick

    return explain.run(yardstick.chosen(arguments.policy, arguments.config))


def _policy_check(arguments: argparse.Namespace) -> int:
    from bot.cli import yardstick
    from policies.files import check

    detector = yardstick.detector(arguments.config)
    problems = check(arguments.files, detector.find, detector.own_types)
    for problem in problems:
        print(problem, file=sys.stderr)
    return EXIT_PROBLEM if problems else EXIT_DONE


def _policy_init(arguments: argparse.Namespace) -> int:
    from policies.files import init

    for path in init(arguments.folder):
        print(path)
    return EXIT_DONE


def _report(arguments: argparse.Namespace) -> int:
    from bot.cli import log

    return log.report(arguments.config, arguments.since, arguments.format, arguments.chat)


def _purge(arguments: argparse.Namespace) -> int:
    from bot.cli import log

    return log.purge(arguments.config)


def _doctor(arguments: argparse.Namespace) -> int:
    from bot.cli import doctor

    return doctor.run(arguments.config)
