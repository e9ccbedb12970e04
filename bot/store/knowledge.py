"""What is known of platforms, chats and people, and what follows for the outbox when it changes."""
# ruff: noqa: S608 - the only piece put into a statement here is the constant AT

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.message import Ask, ChatChange, Cursor, Reach
from bot.store import outbox, poison
from bot.store.bodies import AlertBody, NoticeBody, ReplyBody
from bot.store.changes import Alert, SetAside
from bot.store.engine import Database, Row
from bot.words import ChatState, Command, EphemeralState, NoticeCode, ReachState, SendKind
from policies.conditions.when import HERE

AT = "platform = ? AND workspace = ? AND chat = ?"
YOUNG = 48 * 3600.0
"""Seconds for which an undelivered nudge is still worth delivering when its sender presses Start."""


def moved_on(db: Database, cursor: Cursor) -> None:
    """A platform was read further."""
    sql = """INSERT INTO cursor (platform, name, value) VALUES (?, ?, ?)
        ON CONFLICT (platform, name) DO UPDATE SET value = excluded.value"""
    db.execute(sql, (cursor.platform, cursor.name, cursor.value))


def taken(db: Database, cursor: Cursor) -> bool:
    """Whether the event that a cursor names is written down already."""
    sql = "SELECT value FROM cursor WHERE platform = ? AND name = ?"
    row = db.execute(sql, (cursor.platform, cursor.name)).fetchone()
    return row is not None and row["value"].split(" ")[0] == cursor.value.split(" ")[0]


def reached(db: Database, change: Reach) -> None:
    """Somebody opened or closed their door; nudges that stood before it may go in now."""
    person(db, (change.platform, change.workspace, change.user), change.at, reach=change.state)
    if change.language:
        sql = "UPDATE person SET app_language = ? WHERE platform = ? AND workspace = ? AND user = ?"
        db.execute(sql, (change.language, change.platform, change.workspace, change.user))
    if change.state is ReachState.STARTED:
        _deliver_after_all(db, change)


def _deliver_after_all(db: Database, change: Reach) -> None:
    """Let young undelivered nudges wait again; those of one chat as one, together with one that waits already."""
    sql = """SELECT id, chat FROM outbox WHERE kind = 'nudge' AND platform = ? AND workspace = ? AND recipient = ?
        AND (state = 'waiting' OR (state = 'unreachable' AND created_at > ?)) ORDER BY state != 'waiting', id"""
    firsts: dict[str, int] = {}
    for row in db.execute(sql, (change.platform, change.workspace, change.user, change.at - YOUNG)).fetchall():
        if outbox.holds(db, row["id"]) is None:
            continue
        first = firsts.setdefault(row["chat"], row["id"])
        if first == row["id"]:
            values = (change.at, change.at + YOUNG, change.at + outbox.WINDOW, first)
            sql = """UPDATE outbox SET state = 'waiting', due_at = ?, expires_at = ?, coalesce_until = ?,
                holder = CASE WHEN state = 'waiting' THEN holder ELSE 0 END WHERE id = ?"""
            db.execute(sql, values)
        else:
            outbox.link(db, first, outbox.spoken_of(db, row["id"]))
            db.execute("UPDATE outbox SET state = 'cancelled' WHERE id = ?", (row["id"],))
    for first in firsts.values():
        outbox.say(db, first, change.at)


def person(
    db: Database, who: tuple[str, str, str], at: float, *, reach: ReachState | None = None, language: str | None = None
) -> None:
    """Remember what is known of a person; None leaves a value as it is."""
    sql = "INSERT INTO person (platform, workspace, user, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
    db.execute(sql, (*who, at))
    sql = """UPDATE person SET since = CASE WHEN reach != coalesce(:reach, reach) THEN :at ELSE since END,
        reach = coalesce(:reach, reach), language = coalesce(:language, language)
        WHERE platform = :platform AND workspace = :workspace AND user = :user"""
    names = dict(zip(("platform", "workspace", "user"), who, strict=True))
    db.execute(sql, {**names, "at": at, "reach": reach, "language": language})


def chat(
    db: Database,
    where: tuple[str, str, str],
    at: float,
    *,
    ephemeral: EphemeralState | None = None,
    state: ChatState | None = None,
) -> None:
    """Remember what is known of a chat; None leaves a value as it is."""
    sql = "INSERT INTO chat (platform, workspace, chat, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
    db.execute(sql, (*where, at))
    sql = """UPDATE chat SET since = CASE WHEN state != coalesce(:state, state) THEN :at ELSE since END,
        state = coalesce(:state, state), ephemeral = coalesce(:ephemeral, ephemeral)
        WHERE platform = :platform AND workspace = :workspace AND chat = :chat"""
    names = dict(zip(("platform", "workspace", "chat"), where, strict=True))
    db.execute(sql, {**names, "at": at, "state": state, "ephemeral": ephemeral})


def chat_changed(db: Database, change: ChatChange) -> None:
    """The bot came, went, or the chat got another id."""
    where = (change.platform, change.workspace, change.chat)
    if change.state is ChatState.JOINED:
        chat(db, where, change.at, state=ChatState.JOINED)
        if db.execute(f"SELECT 1 FROM chat WHERE {AT} AND greeted_at IS NULL", where).fetchone():
            db.execute(f"UPDATE chat SET greeted_at = ? WHERE {AT}", (change.at, *where))
            outbox.add(db, SendKind.NOTICE, outbox.Place(*where, ""), NoticeBody(NoticeCode.GREETING), change.at)
    elif change.state is ChatState.LEFT:
        chat(db, where, change.at, state=ChatState.LEFT, ephemeral=EphemeralState.UNKNOWN)
        sql = f"""UPDATE outbox SET state = 'cancelled' WHERE {AT} AND state = 'waiting'
            AND kind IN ('nudge', 'rewrite', 'notice')"""
        db.execute(sql, where)
        db.execute(f"DELETE FROM look WHERE {AT} AND state = 'waiting'", where)
    elif change.to not in ("", change.chat):
        _move(db, where, change.to)


def _move(db: Database, old: tuple[str, str, str], to: str) -> None:
    """Carry everything over to a chat's new id.

    Message ids start anew there, so the old ones are kept with the old chat's id before them: a new message must not
    be taken for an old one.
    """
    new = (*old[:2], to)
    db.execute(f"UPDATE incident SET chat = ?, message = chat || '/' || message WHERE {AT}", (to, *old))
    db.execute(f"UPDATE outbox SET chat = ?, message = '' WHERE {AT}", (to, *old))
    db.execute(f"UPDATE look SET chat = ?, message = chat || '/' || message WHERE {AT}", (to, *old))
    db.execute(f"UPDATE trial SET chat = ?, message = chat || '/' || message WHERE {AT}", (to, *old))
    sql = f"""DELETE FROM mute WHERE {AT} AND EXISTS (SELECT 1 FROM mute o WHERE o.platform = mute.platform
        AND o.workspace = mute.workspace AND o.chat = ? AND o.sender = mute.sender AND o.rule = mute.rule
        AND o.type = mute.type)"""
    db.execute(sql, (*new, old[2]))
    db.execute(f"UPDATE mute SET chat = ? WHERE {AT}", (to, *old))
    if db.execute(f"SELECT 1 FROM chat WHERE {AT} AND greeted_at IS NOT NULL", old).fetchone():
        # The group was greeted under its old id; a greeting that waits for the new one would be the second.
        sql = f"""UPDATE outbox SET state = 'cancelled' WHERE {AT} AND state = 'waiting' AND kind = 'notice'
            AND json_extract(body, '$.code') = 'greeting'"""
        db.execute(sql, new)
    # What was proved under the old id is to be proved again; what was proved under the new one stays.
    proved = f"coalesce((SELECT ephemeral FROM chat WHERE {AT}), 'unknown')"
    db.execute(f"UPDATE chat SET ephemeral = {proved} WHERE {AT}", (*new, *old))
    if db.execute(f"SELECT 1 FROM chat WHERE {AT}", old).fetchone():
        db.execute(f"DELETE FROM chat WHERE {AT}", new)
        db.execute(f"UPDATE chat SET chat = ? WHERE {AT}", (to, *old))


def asked(db: Database, ask: Ask) -> None:
    """Queue the answer to a command; `args` must be codes already."""
    body = ReplyBody(Command(ask.name), ask.args, ask.language, ask.private)
    place = outbox.Place(ask.platform, ask.workspace, ask.chat, ask.user)
    outbox.add(db, SendKind.REPLY, place, body, ask.at)


def remind(db: Database, where: tuple[str, str, str], at: float) -> None:
    """Queue the scheduled reminder for a chat; the first one of a year invites to the refresher."""
    sql = f"SELECT reminded_at, greeted_at, since FROM chat WHERE {AT}"
    row = db.execute(sql, where).fetchone()
    body = NoticeBody(NoticeCode.REMINDER, invites=row is not None and _year(_last(row)) < _year(at))
    db.execute(f"UPDATE chat SET reminded_at = ? WHERE {AT}", (at, *where))
    outbox.add(db, SendKind.NOTICE, outbox.Place(*where, ""), body, at)


def _last(chat: Row) -> float:
    return float(max(chat["reminded_at"] or 0.0, chat["greeted_at"] or 0.0, chat["since"]))


def _year(at: float) -> int:
    return datetime.fromtimestamp(at, ZoneInfo(HERE)).year


def alerted(db: Database, change: Alert) -> None:
    """Queue a word to admins."""
    body = AlertBody(change.code, change.count, detail=change.detail)
    for admin in change.admins:
        outbox.alert(db, outbox.Place(change.platform, change.workspace, change.chat, admin), [], body, change.at)


def set_aside(db: Database, change: SetAside) -> None:
    """Write down what could not be judged."""
    poison.aside(db, change.platform, change.name, change.attempts, change.code, change.at)


def stumbled(db: Database, platform: str, name: str, code: str, at: float, limit: int) -> bool:
    """Count a failure; True when `name` is set aside now."""
    sql = """INSERT INTO poison (platform, name, attempts, code, at, aside) VALUES (?, ?, 1, ?, ?, 0)
        ON CONFLICT (platform, name) DO UPDATE SET attempts = poison.attempts + 1, code = excluded.code,
        at = excluded.at"""
    db.execute(sql, (platform, name, code, at))
    sql = "UPDATE poison SET aside = 1 WHERE platform = ? AND name = ? AND attempts >= ?"
    db.execute(sql, (platform, name, limit))
    row = db.execute("SELECT aside FROM poison WHERE platform = ? AND name = ?", (platform, name)).fetchone()
    return bool(row["aside"])


def recovered(db: Database, platform: str, names: Sequence[str]) -> None:
    """What had stumbled went well: nothing of it stays, unless it was set aside."""
    for name in names:
        db.execute("DELETE FROM poison WHERE platform = ? AND name = ? AND aside = 0", (platform, name))
