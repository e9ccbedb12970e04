"""Whose name the audit table gets for what is done on the command line."""

import os
import pwd
import re

CLI = "cli"
"""The command line's place in the audit table, beside the chat platforms' names."""

_LOGIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,31}", re.ASCII)


def by() -> tuple[str, str]:
    """The command line and the system user's name; through sudo, also whose name they went by before.

    Source: the user database by uid, not the environment; of SUDO_USER as much as sudo(8) says of it.
    """
    user = _name(os.geteuid())
    before = os.environ.get("SUDO_USER", "")
    known = before != user and _LOGIN.fullmatch(before)
    return CLI, f"{before} as {user}" if known else user


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)  # a container may run a uid that nobody has named
