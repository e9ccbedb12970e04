"""The words that travel: between platforms, judging, store, sending and talk, into the database and back.

Each is text, so that it is stored and compared as it is written; the database's own checks name the same words.
What a policy says (severity, effect, mode) has its words in `policies/policy.py`.
"""

from enum import StrEnum


class PartKind(StrEnum):
    """Where in a message a piece of text stands."""

    TEXT = "text"
    CAPTION = "caption"
    FILE_NAME = "file_name"
    POLL = "poll"
    CONTACT = "contact"
    QUOTE = "quote"
    LINK = "link"
    VENUE = "venue"
    CHECKLIST = "checklist"
    TOPIC = "topic"
    PURPOSE = "purpose"
    TITLE = "title"
    BLOCK = "block"
    ATTACHMENT = "attachment"
    PREVIEW = "preview"
    FILE = "file"
    """Inside an attachment."""
    PICTURE = "picture"
    """Seen in a picture, posted as one or inside a file."""


class LookState(StrEnum):
    """How far the reading of an attachment is; what was read leaves no row."""

    WAITING = "waiting"
    UNREAD = "unread"
    """Nobody will know what it holds; the row's code says why."""


class LookCode(StrEnum):
    """Why an attachment was not fetched. Why one that was fetched was not read: `detectors.documents.Unread`."""

    EXTERNAL = "external"
    """It lies with somebody else: the platform has a link alone."""
    HIDDEN = "hidden"
    """The platform hides it: its storage is full, or it belongs to another company."""
    NO_ACCESS = "no_access"
    """The platform has it, and does not give it to the bot."""
    TOO_LARGE = "too_large"
    UNREACHABLE = "unreachable"
    """For two days nobody answered."""
    CRASHED = "crashed"
    """The bot ended over it again and again."""


class SendKind(StrEnum):
    """What a send is for; a rewrite changes a nudge that was sent."""

    NUDGE = "nudge"
    REWRITE = "rewrite"
    ALERT = "alert"
    NOTICE = "notice"
    REPLY = "reply"


class SendState(StrEnum):
    """How far a send is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REPEATED = "repeated"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    CANCELLED = "cancelled"


class Result(StrEnum):
    """What one attempt brought."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNKNOWN = "unknown"
    SPOILED = "spoiled"
    """It could not be composed, so nothing was called."""


class IncidentState(StrEnum):
    """Whether an incident waits for its sender."""

    OPEN = "open"
    ENDED = "ended"


class Resolution(StrEnum):
    """How an incident ended; NONE while it is open."""

    NONE = ""
    EDITED = "edited"
    DELETED = "deleted"
    REMOVED = "removed"
    """The bot removed the message: at its sender's wish, or as a policy says."""
    SAID_REMOVED = "said_removed"
    REASON = "reason"
    FALSE_ALARM = "false_alarm"
    EXPIRED = "expired"
    SETTLED = "settled"
    """An admin settled it, with a code of `Settlement`."""


class Happening(StrEnum):
    """What can happen to an incident."""

    CLEAN = "clean"
    """An edit after which no rule fires."""
    MORE = "more"
    """An edit with a new type or more values."""
    SAME = "same"
    """An edit with the same or less."""
    DELETED = "deleted"
    REMOVED = "removed"
    SAID_REMOVED = "said_removed"
    REASON = "reason"
    FALSE_ALARM = "false_alarm"
    EXPIRED = "expired"
    SETTLED = "settled"
    REOPENED = "reopened"
    """An admin opened it again; nobody is told anything anew."""


class Settlement(StrEnum):
    """Why an admin settles an incident; never free text."""

    GONE = "gone"
    TOLD = "told"
    ELSEWHERE = "elsewhere"
    ACCEPTED = "accepted"
    WRONG = "wrong"


class Reason(StrEnum):
    """The reasons that a sender can give; a reason is never free text."""

    WORK = "work"
    AGREED = "agreed"
    PUBLIC = "public"
    EMERGENCY = "emergency"
    OWN = "own"


class Action(StrEnum):
    """What a button does. START lets the bot write to a person, READ opens a nudge that hides behind a tip."""

    REMOVED = "removed"
    REASON = "reason"
    FALSE_ALARM = "false_alarm"
    WHY = "why"
    DELETE = "delete"
    START = "start"
    READ = "read"
    SAFER = "safer"
    """Show the message with what was found in it hidden."""
    RIGHT = "right"
    WRONG = "wrong"
    """An admin says whether the rules were right about an incident."""
    POST = "post"
    KEEP = "keep"
    """Answers of the refresher: I would post it, I would not."""


class PressCode(StrEnum):
    """What the store says of a press; NOTHING for what is no press."""

    NOTHING = ""
    THANKS = "thanks"
    STALE = "stale"
    NOT_YOURS = "not_yours"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    """A choice that is not offered."""
    WHY = "why"
    DELETE = "delete"


class ReachState(StrEnum):
    """Whether the bot may write to a person."""

    UNKNOWN = ""
    STARTED = "started"
    BLOCKED = "blocked"


class ChatState(StrEnum):
    """The bot's place in a chat; a chat that moved has another id."""

    JOINED = "joined"
    LEFT = "left"
    MOVED = "moved"


class EphemeralState(StrEnum):
    """Whether a chat's messages for one person alone are proved to be that."""

    UNKNOWN = "unknown"
    OPEN = "open"
    CLOSED = "closed"


class Command(StrEnum):
    """What people can ask the bot."""

    HELP = "help"
    CHECK = "check"
    PRIVACY = "privacy"
    MYDATA = "mydata"
    WHOAMI = "whoami"
    LANGUAGE = "language"
    NOTICE = "notice"
    REFRESHER = "refresher"
    START = "start"
    FORGETME = "forgetme"
    REPORT = "report"
    INCIDENTS = "incidents"
    INCIDENT = "incident"
    BREACH = "breach"
    AUDIT = "audit"
    STATUS = "status"
    WEB = "web"


class BreachStep(StrEnum):
    """What is to be done about a breach.

    Sources: the Commissioner's guidance on handling data breaches (June 2023), whose steps are to gather, contain,
    assess, notify and document; the rest is what enforcement notices ordered where messages in work groups had told too
    much (December 2023, February 2026).
    """

    GATHER = "gather"
    CONTAIN = "contain"
    DELETE = "delete"
    """The members were asked to delete the message, their copies and prints."""
    ASSESS = "assess"
    NOTIFY = "notify"
    """The Commissioner was notified."""
    TELL = "tell"
    """The person concerned was told."""
    POLICY = "policy"
    TRAIN = "train"
    DOCUMENT = "document"


class BreachEnding(StrEnum):
    """Why a breach was closed; never free text."""

    NOTIFIED = "notified"
    TOLD = "told"
    """The people concerned were told; the Commissioner need not be."""
    UNLIKELY = "unlikely"
    """It is unlikely to harm anybody."""
    NONE = "none"
    """It was none."""
    ELSEWHERE = "elsewhere"


class Form(StrEnum):
    """Whose form a draft notification has the fields of."""

    PCPD = "pcpd"
    """Hong Kong's Privacy Commissioner for Personal Data."""
    ICO = "ico"
    """The United Kingdom's Information Commissioner's Office."""


class Act(StrEnum):
    """What the audit table is a note of: looks, changes, and what the program itself did."""

    REPORT = "report"
    STATUS = "status"
    WEB = "web"
    """A page was asked for, entered, looked at or used."""
    MYDATA = "mydata"
    FORGETME = "forgetme"
    INCIDENTS = "incidents"
    INCIDENT = "incident"
    AUDIT = "audit"
    SETTLE = "settle"
    REOPEN = "reopen"
    CASE = "case"
    """An incident was given the number that it has outside."""
    BREACH = "breach"
    BREACH_OPEN = "breach_open"
    BREACH_ADD = "breach_add"
    """Further incidents belong to it."""
    BREACH_TICK = "breach_tick"
    BREACH_UNTICK = "breach_untick"
    BREACH_EDITION = "breach_edition"
    """A later edition of its draft notification begins."""
    BREACH_DRAFT = "breach_draft"
    """A draft notification was handed out."""
    BREACH_CLOSE = "breach_close"
    BREACH_REOPEN = "breach_reopen"
    PERSON = "person"
    """What is held about somebody was looked at or given out by the operator."""
    FORGET = "forget"
    """What may be removed about somebody was removed."""
    VERIFY = "verify"
    WHATIF = "whatif"
    SWEEP = "sweep"
    """Exports of chats were swept, and what was found written into the log."""
    CLOCK = "clock"
    """An operator says that the computer's clock is right."""
    PURGE = "purge"
    """What was deleted, and that nothing of it remains."""
    GREETINGS = "greetings"
    CHECK = "check"
    """An admin said whether the rules were right about an incident of the sample."""
    BACKUP = "backup"
    RESTORE = "restore"
    COPY = "copy"
    START = "start"
    STOP = "stop"
    POLICY = "policy"
    """The edition (the hash of the set) that is in force from now on."""
    ALERT = "alert"
    """Something that no message caused kept the bot from its work, or is over; admins were told."""


class AlertCode(StrEnum):
    """What admins are told of."""

    INCIDENT = "incident"
    ANONYMOUS = "anonymous"
    """An incident whose sender can't be nudged."""
    POISON = "poison"
    """Something could not be read."""
    POLICY = "policy"
    """A policy edit was refused."""
    PERMISSIONS = "permissions"
    GAP = "gap"
    EPHEMERAL = "ephemeral"
    """A chat's messages for one person alone are closed."""
    STOPPED = "stopped"
    """A platform is lost for good."""
    TROUBLE = "trouble"
    """A platform, or the store, has not worked for a minute; then OVER, once it works again."""
    OVER = "over"
    DIGEST = "digest"
    """What a policy wants told together, each day or week."""
    REPORT = "report"
    """The report of the week or month that is over, which nobody had to ask for."""
    NOT_REMOVED = "not_removed"
    """A message that a policy wants removed is still there, as far as is known."""
    REPEATED = "repeated"
    """Somebody was told several times lately."""
    SAMPLE = "sample"
    """An incident of the monthly sample: were the rules right?"""
    BREACH = "breach"
    """A breach is open, and its clock runs."""


class HookEvent(StrEnum):
    """What the operator's own system is told of."""

    INCIDENT_OPENED = "incident.opened"
    INCIDENT_UPDATED = "incident.updated"
    """It is open again, or holds more."""
    INCIDENT_ENDED = "incident.ended"
    BREACH_OPENED = "breach.opened"
    BREACH_UPDATED = "breach.updated"
    BREACH_CLOSED = "breach.closed"
    PING = "ping"
    """Somebody asks whether it listens."""


class TroubleCode(StrEnum):
    """What keeps a platform from seeing or telling, or may do so."""

    WAITING = "waiting"
    """Nothing comes in, or it can't be stored; it is tried again. STOPPED: lost for good."""
    STOPPED = "stopped"
    REFUSED = "refused"
    """Requests were refused, and none was accepted after them."""
    TURNED_AWAY = "turned_away"
    """Some requests were refused, and others accepted after them."""
    UNDELIVERED = "undelivered"
    """The platform has messages for us and can't hand them over."""
    UNHEARD = "unheard"
    """The operator's own system does not take what it is told; it is tried again."""


class NoticeCode(StrEnum):
    """What everybody in a group may read; WELCOME goes to somebody who joined it, privately."""

    GREETING = "greeting"
    REMINDER = "reminder"
    WELCOME = "welcome"
