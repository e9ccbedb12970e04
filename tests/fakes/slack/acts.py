"""What people do in Slack, as the events and interactions that the app then gets.

Shapes follow https://docs.slack.dev/reference/events/message and its subtypes' pages,
https://docs.slack.dev/apis/events-api/#callback-field for the wrapper,
https://docs.slack.dev/interactivity/implementing-slash-commands and
https://docs.slack.dev/reference/interaction-payloads for the rest.
"""

import time
import uuid
from abc import ABC, abstractmethod
from typing import Any

from tests.fakes.slack.delivery import Delivery, Post
from tests.fakes.slack.workspace import APP, BOT_USER, TEAM, Channel, Workspace

Json = dict[str, Any]


def rich(text: str) -> list[Json]:
    """Build the rich_text block that Slack's clients send with a message (see /reference/block-kit/blocks)."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": "b1", "elements": [section]}]


class Acts(ABC):
    """What FakeSlack lets people do. `space` is what it remembers, `post` delivers, `base` is where it listens."""

    space: Workspace
    post: Post
    base: str

    @abstractmethod
    async def send(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> Json | None:
        """Send something that the app must acknowledge; None when it did not."""

    def event(self, event: Json, *, external: bool = False, **wrapper: Any) -> Delivery:
        """Send an event in its wrapper."""
        payload: Json = {
            "token": "legacy", "team_id": TEAM, "context_team_id": TEAM, "api_app_id": APP, "event": event,
            "type": "event_callback", "event_id": f"Ev{uuid.uuid4().hex[:10].upper()}", "event_time": int(time.time()),
            "is_ext_shared_channel": external,
            "authorizations": [
                {"team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}
            ],
        }  # fmt: skip
        return self.post.post(payload | wrapper)

    def say(self, channel: str, user: str, text: str, **extra: Any) -> str:
        """Somebody posts; returns the message's ts. Extra fields go into the message. Escaping is the caller's."""
        ts = self.write(channel, user, text, **extra)
        place = self.space.channels[channel]
        message = place.messages[ts]
        event = {**message, "channel": channel, "channel_type": place.kind, "event_ts": ts}
        self.event(event, external=place.external)
        return ts

    def upload(self, channel: str, user: str, name: str, content: bytes, text: str = "", **extra: Any) -> str:
        """Somebody posts a file: subtype file_share (https://docs.slack.dev/reference/events/message/file_share)."""
        file = self.hold(name, content, **extra.pop("file", {}))
        return self.say(channel, user, text, subtype="file_share", files=[dict(file)], **extra)

    def hold(self, name: str, content: bytes, **fields: Any) -> Json:
        """Keep a file: https://docs.slack.dev/reference/objects/file-object. `fields` of it that differ."""
        file = self.space.fresh("F")
        kinds = {
            "csv": "text/csv",
            "txt": "text/plain",
            "jpg": "image/jpeg",
            "png": "image/png",
            "pdf": "application/pdf",
        }
        ending = name.rpartition(".")[2]
        self.space.contents[file] = content
        self.space.files[file] = {
            "id": file, "name": name, "title": name, "filetype": ending, "size": len(content), "mode": "hosted",
            "mimetype": kinds.get(ending, "application/octet-stream"), "is_external": False,
            "url_private_download": f"{self.base}/files-pri/{TEAM}-{file}/download/{ending}", **fields,
        }  # fmt: skip
        return self.space.files[file]

    def write(self, channel: str, user: str, text: str, **extra: Any) -> str:
        """Put a message there without any event: what happens while the app is down."""
        ts = extra.pop("ts", None) or self.space.stamp()
        message: Json = {"type": "message", "user": user, "text": text, "ts": ts, "team": TEAM}
        message |= {"client_msg_id": str(uuid.uuid4()), "blocks": rich(text)} | extra
        message = {key: value for key, value in message.items() if value is not None}
        self.space.channels[channel].messages[ts] = message
        return ts

    def edit(self, channel: str, ts: str, text: str, **extra: Any) -> Delivery:
        """Its author edits a message."""
        place = self.space.channels[channel]
        before = dict(place.messages[ts])
        stamp = self.space.stamp()
        edited = {"user": before.get("user"), "ts": stamp}
        place.messages[ts] = before | {"text": text, "blocks": rich(text), "edited": edited} | extra
        return self.changed(place, before, ts, stamp)

    def unfurl(self, channel: str, ts: str) -> Delivery:
        """Slack adds a link preview: message_changed, though nobody wrote anything."""
        place = self.space.channels[channel]
        before = dict(place.messages[ts])
        place.messages[ts] = before | {
            "attachments": [{"id": 1, "from_url": "https://example.com", "title": "Example"}]
        }
        return self.changed(place, before, ts, self.space.stamp())

    def changed(self, place: Channel, before: Json, ts: str, stamp: str) -> Delivery:
        """https://docs.slack.dev/reference/events/message/message_changed; previous_message is sent in practice."""
        event = {
            "type": "message", "subtype": "message_changed", "hidden": True, "channel": place.id, "ts": stamp,
            "event_ts": stamp, "channel_type": place.kind, "message": dict(place.messages[ts]),
            "previous_message": before,
        }  # fmt: skip
        return self.event(event, external=place.external)

    def delete(self, channel: str, ts: str) -> Delivery:
        """https://docs.slack.dev/reference/events/message/message_deleted."""
        place = self.space.channels[channel]
        before, stamp = place.messages.pop(ts), self.space.stamp()
        event = {
            "type": "message", "subtype": "message_deleted", "hidden": True, "channel": channel, "ts": stamp,
            "deleted_ts": ts, "event_ts": stamp, "channel_type": place.kind, "previous_message": before,
        }  # fmt: skip
        return self.event(event, external=place.external)

    def join(self, channel: str, user: str = BOT_USER, inviter: str = "") -> Delivery:
        """https://docs.slack.dev/reference/events/member_joined_channel."""
        place = self.space.channels[channel]
        place.members.add(user)
        kind = "G" if place.private else "C"
        event = {"type": "member_joined_channel", "user": user, "channel": channel, "channel_type": kind, "team": TEAM}
        return self.event(event | ({"inviter": inviter} if inviter else {}) | {"event_ts": self.space.stamp()})

    def leave(self, channel: str) -> Delivery:
        """Remove the app: channel_left or group_left (docs.slack.dev/reference/events/channel_left)."""
        place = self.space.channels[channel]
        place.members.discard(BOT_USER)
        kind = "group_left" if place.private else "channel_left"
        return self.event({"type": kind, "channel": channel, "actor_id": "U0ADMIN", "event_ts": self.space.stamp()})

    def visit_home(self, user: str) -> Delivery:
        """https://docs.slack.dev/reference/events/app_home_opened."""
        place = self.space.dm(user)
        event = {"type": "app_home_opened", "user": user, "channel": place.id, "tab": "home"}
        return self.event(event | {"event_ts": self.space.stamp()})

    async def command(self, user: str, channel: str, text: str, name: str = "/thinktwice") -> Json:
        """Type a slash command; returns what the app answers with its acknowledgement."""
        payload = {
            "token": "legacy", "team_id": TEAM, "team_domain": "example", "channel_id": channel, "channel_name": "hr",
            "user_id": user, "user_name": "somebody", "command": name, "text": text, "api_app_id": APP,
            "response_url": self._response_url(), "trigger_id": self.trigger(),
        }  # fmt: skip
        return await self._acknowledged("slash_commands", payload)

    async def press(self, user: str, place: str, message: Json, action: str, value: str = "") -> Json:
        """Press the button whose action_id starts with `action` under this message.

        https://docs.slack.dev/reference/interaction-payloads/block_actions-payload.
        """
        button = next(
            element
            for block in message.get("blocks", ())
            for element in block.get("elements", ())
            if element.get("action_id", "").startswith(action)
        )
        pressed = {
            "type": "button", "action_id": button["action_id"], "block_id": "b", "action_ts": self.space.stamp(),
            "value": value or button.get("value", ""), "text": button["text"],
        }  # fmt: skip
        ts = message.get("ts") or message.get("message_ts")
        container = {"type": "message", "message_ts": ts, "channel_id": place, "is_ephemeral": "message_ts" in message}
        return await self.interact(
            {"type": "block_actions", "container": container, "actions": [pressed], "channel": {"id": place}}
            | ({} if "message_ts" in message else {"message": message}),
            user,
        )

    async def submit(self, user: str, view: Json, state: Json) -> Json:
        """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload."""
        payload = {"type": "view_submission", "view": {**view, "state": {"values": state}}}
        return await self.interact(payload, user)

    async def shortcut(self, user: str, channel: str, ts: str, name: str) -> Json:
        """https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload: type message_action."""
        payload = {
            "type": "message_action", "callback_id": name, "message_ts": ts, "channel": {"id": channel, "name": "hr"},
            "message": self.space.channels[channel].messages[ts],
        }  # fmt: skip
        return await self.interact(payload, user)

    async def interact(self, payload: Json, user: str) -> Json:
        """Send an interaction; its acknowledgement."""
        common = {
            "user": {"id": user, "team_id": TEAM}, "team": {"id": TEAM, "domain": "example"}, "api_app_id": APP,
            "token": "legacy", "trigger_id": self.trigger(), "response_url": self._response_url(),
        }  # fmt: skip
        return await self._acknowledged("interactive", common | payload)

    def trigger(self) -> str:
        """Make a trigger_id, good for one modal within three seconds."""
        trigger = f"{uuid.uuid4().hex}.1"
        self.space.triggers[trigger] = time.monotonic()
        return trigger

    def _response_url(self) -> str:
        return f"{self.base}/response/{uuid.uuid4().hex}"

    async def _acknowledged(self, kind: str, payload: Json) -> Json:
        answer = await self.send(kind, payload)
        assert answer is not None, "the app did not acknowledge"
        return answer
