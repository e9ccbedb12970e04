"""What becomes of a send: marked before the wire call, settled after it, recalled after a crash."""

from bot.send import Later, Outcome, Refused, Sent, Unknown
from bot.store import outbox, poison, removals
from bot.store.bodies import Body, NudgeBody, loaded
from bot.store.engine import Database, Row
from bot.words import Result, SendKind, SendState

TRIES = 3
"""How often a send may fail to be composed, or a rewrite that bears news may have an unknown outcome."""
REPEAT_AFTER = 3.0
"""Seconds until the first repeat of a send of unknown outcome: what broke the line may have passed by then."""
DOUBLINGS = 10
"""How often that pause doubles, one repeat after the other: up to 51 minutes."""
CRASH = "crash"
"""The code of an unknown outcome because the process ended during the call."""
LOST = "lost"
"""The code of an unknown outcome after the platform was asked and knows of nothing."""
FOUND = "found"
"""The code of a send of unknown outcome that the platform was seen to have."""
OVERTAKEN = "overtaken"
"""The code of a send that arrived while another program had taken it over and may have sent it too."""
COMPOSE = "compose"
"""The code of a send that could not be composed."""


def sending(db: Database, row_id: int, body: Body, rung: str, now: float, variant: str = "") -> bool:
    """Mark a send; False when it was cancelled, is too late, or says something else by now."""
    row = _held(db, row_id)
    if row is None or row["state"] != SendState.WAITING or row["due_at"] > now:
        return False
    if row["expires_at"] <= now:
        _set(db, row_id, state=SendState.REPEATED if row["unsure"] else SendState.CANCELLED)
        return False
    if loaded(row["kind"], row["body"]) != body:
        return False
    _set(db, row_id, state=SendState.SENDING, rung=rung, sending_at=now, variant=variant)
    if row["kind"] == SendKind.NUDGE:
        # Marked before the call: what joins during the call is not part of it.
        _told(db, row)
    return True


def settled(db: Database, row_id: int, outcome: Outcome, now: float, *, last: bool, removes: bool = False) -> None:
    """Write down what became of a wire call. `last`: no rung comes after this one; `removes`: see `bot.send.Send`."""
    row = _held(db, row_id)
    if row is None:
        _late(db, row_id, outcome, now)
        return
    if row["state"] != SendState.SENDING:
        return
    match outcome:
        case Sent(ref):
            _attempt(db, row, now, Result.SENT, "")
            _arrived(db, row, SendState.REPEATED if row["unsure"] else SendState.SENT, ref)
            if removes:
                removals.begin(db, row, now)
        case Later(seconds, code):
            _attempt(db, row, now, Result.LATER, code)
            _again(db, row, now, now + max(seconds, 0.0))
        case Refused(code):
            _attempt(db, row, now, Result.REFUSED, code)
            _refused(db, row, now, last=last)
        case Unknown(code):
            _unknown(db, row, code, now)


def found(db: Database, row_id: int, sent: Sent | None, now: float, *, removes: bool = False) -> None:
    """Write down what the platform says about a send of unknown outcome: it arrived (then how), or it did not."""
    row = _held(db, row_id)
    if row is None:
        _late(db, row_id, sent, now)
        return
    if row["state"] != SendState.SENDING:
        return
    if sent is None:
        _attempt(db, row, now, Result.UNKNOWN, LOST)
        _again(db, row, now, now)
    else:
        _attempt(db, row, now, Result.SENT, FOUND)
        _arrived(db, row, SendState.SENT, sent.ref)
        if removes:
            removals.begin(db, row, now)


def spoiled(db: Database, row_id: int, now: float) -> None:
    """A send could not be composed: try again soon, three times at most, then set it aside."""
    row = _held(db, row_id)
    if row is None or row["state"] != SendState.WAITING:
        return
    _attempt(db, row, now, Result.SPOILED, COMPOSE)
    tries = _attempts(db, row_id, Result.SPOILED)
    if tries < TRIES:
        _set(db, row_id, due_at=now + 2.0**tries)
    else:
        _set(db, row_id, state=SendState.REFUSED)
        poison.aside(db, row["platform"], f"outbox/{row_id}", tries, COMPOSE, now)


def overdue(db: Database, now: float) -> None:
    """Give up what waited for too long; what was repeated and never answered may have arrived, and says so."""
    sql = """UPDATE outbox SET state = CASE WHEN unsure > 0 THEN 'repeated' ELSE 'cancelled' END
        WHERE state = 'waiting' AND expires_at <= ?"""
    db.execute(sql, (now,))


def _late(db: Database, row_id: int, outcome: Outcome | None, now: float) -> None:
    """What became of a call of ours while somebody else took the row over: they may have sent it too, so it says so."""
    row = _row(db, row_id)
    if (
        row is None
        or not isinstance(outcome, Sent | Unknown)
        or (isinstance(outcome, Sent) and outcome.ref == row["ref"])
    ):
        return
    if row["kind"] == SendKind.REWRITE:  # it may come twice without harm
        return
    code = outcome.code if isinstance(outcome, Unknown) else OVERTAKEN
    _attempt(db, row, now, Result.UNKNOWN, code)
    if row["state"] == SendState.SENT:
        _set(db, row_id, state=SendState.REPEATED)
    elif row["state"] in (SendState.WAITING, SendState.SENDING):
        _set(db, row_id, unsure=row["unsure"] + 1)


def _again(db: Database, row: Row, now: float, due: float) -> None:
    """Let a send wait again; a nudge says what holds by now, without any rewrite."""
    _set(db, row["id"], state=SendState.WAITING, due_at=due)
    if row["kind"] == SendKind.NUDGE:
        _cancel_rewrites(db, row["id"])
        outbox.say(db, row["id"], now)


def _cancel_rewrites(db: Database, row_id: int) -> None:
    db.execute("UPDATE outbox SET state = 'cancelled' WHERE replaces = ? AND state = 'waiting'", (row_id,))


def _arrived(db: Database, row: Row, state: SendState, ref: str) -> None:
    _set(db, row["id"], state=state, ref=ref)
    if row["kind"] == SendKind.REWRITE:
        _told(db, row)


def _refused(db: Database, row: Row, now: float, *, last: bool) -> None:
    if not last:
        _set(db, row["id"], state=SendState.WAITING)
        return
    nudge = row["kind"] == SendKind.NUDGE
    _set(db, row["id"], state=SendState.UNREACHABLE if nudge else SendState.REFUSED)
    if nudge:
        _cancel_rewrites(db, row["id"])
    if row["kind"] == SendKind.REWRITE:
        _tell_anew(db, row, now)


def _tell_anew(db: Database, rewrite: Row, now: float) -> None:
    """A nudge can't be changed any more: what its reader wasn't told of yet goes into a nudge of its own, later."""
    original = _row(db, rewrite["replaces"])
    news = _untold(db, rewrite["replaces"])
    if original is None or not news:
        return
    place, body = outbox.place_of(original), loaded(SendKind.NUDGE, original["body"])
    language = body.language if isinstance(body, NudgeBody) else ""
    last = outbox.latest(db, SendKind.NUDGE, place)
    if last is None or last["id"] == original["id"]:
        outbox.begin(db, place, news, language, now, due_at=max(now, original["coalesce_until"]))
    else:
        for incident in news:
            outbox.nudge(db, place, incident, language, now)


def _untold(db: Database, row_id: int) -> list[str]:
    sql = """SELECT incident FROM outbox_incident l JOIN incident i ON i.id = l.incident
        WHERE l.outbox = ? AND l.told = 0 AND i.state = 'open'"""
    return [row["incident"] for row in db.execute(sql, (row_id,)).fetchall()]


def _told(db: Database, row: Row) -> None:
    """The reader of a send knows of its incidents now; a rewrite told for the nudge that it rewrites."""
    sql = """UPDATE outbox_incident SET told = 1 WHERE outbox = ? AND incident IN
        (SELECT incident FROM outbox_incident WHERE outbox = ?)"""
    db.execute(sql, (row["replaces"] or row["id"], row["id"]))


def _unknown(db: Database, row: Row, code: str, now: float) -> None:
    """What can't be asked for is repeated until it is too late, and says so; a rewrite may come twice without harm.

    News that a rewrite can't bring goes into a nudge of its own, soon. A thank-you has none, and no nudge could say it:
    it goes on for as long as a nudge.
    """
    _attempt(db, row, now, Result.UNKNOWN, code)
    live = _attempts(db, row["id"], Result.UNKNOWN, besides=CRASH)
    if row["kind"] == SendKind.REWRITE and live >= TRIES and _untold(db, row["replaces"]):
        _refused(db, row, now, last=True)
    elif row["kind"] == SendKind.REWRITE:
        _again(db, row, now, now + _pause(live) if live else now)
    else:
        _set(db, row["id"], unsure=row["unsure"] + 1)
        _again(db, row, now, now if code == CRASH else now + _pause(live))


def _pause(broken: int) -> float:
    return REPEAT_AFTER * 2.0 ** min(broken - 1, DOUBLINGS)


def _attempt(db: Database, row: Row, now: float, outcome: Result, code: str) -> None:
    began = row["sending_at"] if row["state"] == SendState.SENDING else now
    values = (row["id"], row["rung"], began, now, outcome, code)
    sql = "INSERT INTO attempt (outbox, rung, started_at, ended_at, outcome, code) VALUES (?, ?, ?, ?, ?, ?)"
    db.execute(sql, values)


def _attempts(db: Database, row_id: int, outcome: Result, besides: str = "") -> int:
    sql = "SELECT COUNT(*) AS n FROM attempt WHERE outbox = ? AND outcome = ? AND code != ?"
    return int(db.execute(sql, (row_id, outcome, besides)).fetchone()["n"])


def _held(db: Database, row_id: int) -> Row | None:
    """A send that this program holds; None when there is none, or another program has taken it over."""
    row = _row(db, row_id)
    return row if row is not None and row["holder"] == db.replica else None


def _row(db: Database, row_id: int) -> Row | None:
    row: Row | None = db.execute("SELECT * FROM outbox WHERE id = ?", (row_id,)).fetchone()
    return row


def _set(db: Database, row_id: int, **columns: object) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    db.execute(f"UPDATE outbox SET {names} WHERE id = ?", (*columns.values(), row_id))  # noqa: S608 - names are ours
