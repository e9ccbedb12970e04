"""What the app needs from Slack: scopes with their reasons, events, methods. The manifest and the doctor go by this."""

from collections.abc import Iterable, Mapping

SCOPES: Mapping[str, str] = {
    "channels:history": "read messages in public channels it was invited to",
    "channels:read": "see which public channels it is in and how many people read them",
    "chat:write": "write to people",
    "commands": "answer its slash command and its shortcut",
    "files:read": "see the names of files shared from other companies, and read files where [files] is enabled",
    "groups:history": "read messages in private channels it was invited to",
    "groups:read": "see which private channels it is in and how many people read them",
    "im:history": "answer direct messages, and see after a breakdown whether a private word arrived",
    "im:write": "open a direct message",
    "users:read": "see which language a person uses",
}
"""Bot scopes and what each is for, in the words of the installation page."""

UPLOADS = "files:write"
OPTIONAL: Mapping[str, str] = {
    UPLOADS: "send reports as files to those who ask for them",
}
"""Bot scopes that may be left out, and what each is for."""

APP_SCOPE = "connections:write"
"""What the app-level token needs for Socket Mode."""

EVENTS: Mapping[str, tuple[str, ...]] = {
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "channel_left": ("channels:read",),
    "group_left": ("groups:read",),
    "channel_id_changed": ("channels:read",),
    "app_home_opened": (),
    "app_uninstalled": (),
    "tokens_revoked": (),
}
"""Events to subscribe to, and the scopes that Slack asks for them: see docs.slack.dev/reference/events."""

METHODS: Mapping[str, tuple[str, ...]] = {
    "auth.test": (),
    "apps.connections.open": (),
    "chat.delete": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history"),
    "files.completeUploadExternal": (UPLOADS,),
    "files.delete": (),
    "files.getUploadURLExternal": (UPLOADS,),
    "files.info": ("files:read",),
    "users.conversations": ("channels:read", "groups:read"),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
}
"""Web API methods that are called, and their scopes. chat.delete and files.delete go with the optional administrator's
user token."""

SHORTCUT = "check_message"
"""The callback_id of the message shortcut."""


def missing(granted: Iterable[str]) -> tuple[str, ...]:
    """List the scopes that are needed and not granted."""
    return tuple(sorted(set(SCOPES) - set(granted)))


def granted(headers: Mapping[str, str]) -> tuple[str, ...] | None:
    """Read the token's scopes from an answer's `x-oauth-scopes`; None when Slack did not say."""
    for name, value in headers.items():
        if name.lower() == "x-oauth-scopes":
            return tuple(scope.strip() for scope in value.split(",") if scope.strip())
    return None
