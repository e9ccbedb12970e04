"""What somebody is in a chat, as Telegram says it."""

from policies.facts import Role

_ROLES = {
    "creator": Role.OWNER,
    "administrator": Role.ADMIN,
    "member": Role.MEMBER,
    "restricted": Role.MEMBER,
    "left": Role.GUEST,
    "kicked": Role.GUEST,
}
"""By `status`: https://core.telegram.org/bots/api#chatmember.

Who is no member can still write: comments on a channel's posts reach its discussion group.
"""


def role_of(member: object) -> Role | None:
    """Read a ChatMember; None when it says nothing that is known here."""
    if not isinstance(member, dict):
        return None
    user = member.get("user")
    if isinstance(user, dict) and user.get("is_bot"):
        return Role.BOT
    status = str(member.get("status"))
    if status == "restricted" and not member.get("is_member"):  # #chatmemberrestricted: is_member
        return Role.GUEST
    return _ROLES.get(status)
