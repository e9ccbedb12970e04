"""What the bot needs in a group to do its work, and what is missing: told to the admins when its place changes."""

from bot.platforms.telegram.membership import Membership, Rights


def missing(rights: Rights, *, reads_all: bool) -> tuple[str, ...]:
    """List codes of what is missing, gravest first; each has a sentence in the wording (`permission.*`).

    Admins' bots read everything, whatever privacy mode says: https://core.telegram.org/bots/features#privacy-mode.
    """
    if rights.admin:
        return () if rights.delete else ("no_delete",)
    return ("not_admin",) if reads_all else ("privacy_mode", "not_admin")


async def check(membership: Membership, chat: str, bot: int, *, reads_all: bool) -> tuple[str, ...]:
    """Look at one group afresh."""
    membership.forget(chat)
    return missing(await membership.rights(chat, bot), reads_all=reads_all)
