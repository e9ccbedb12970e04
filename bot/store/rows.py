"""What the store gives to read. All of it is ids, times (Unix seconds, UTC), codes, counts and scores; never a word."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.store.bodies import Body
from bot.store.changes import Held, Verdict
from bot.words import (
    BreachEnding,
    BreachStep,
    ChatState,
    EphemeralState,
    IncidentState,
    LookState,
    PartKind,
    ReachState,
    Resolution,
    Result,
    SendKind,
    SendState,
)
from policies.facts import Role


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A message that broke rules, as its newest leaking revision stands; `sender` None: nobody, or policy on trial."""

    id: str
    platform: str
    workspace: str
    chat: str
    message: str
    thread: str
    album: str
    sender: str | None
    posted_at: float
    opened_at: float
    state: IncidentState
    resolution: Resolution
    reason: str
    """The reason code for resolution REASON, an admin's (`Settlement`) for SETTLED, else empty."""
    ended_at: float | None
    severity: str
    rules: tuple[str, ...]
    types: Mapping[str, int]
    """Distinct values per entity type."""
    audience: int | None
    policy: str
    policy_hash: str
    mode: str
    revision: str
    """The platform's stamp of the newest revision that was judged."""
    revisions: int
    """How many judgements were stored: of revisions, and of attachments that were read later."""
    gathered: int = 0
    """How many earlier messages of the same sender completed the picture with this one."""
    protects: tuple[str, ...] = ()
    """What the rules protect, as their policy cited it; empty for what was judged before the log kept it."""
    outside_case: str = ""
    """The number that an admin noted: digits, letters and hyphens."""
    held: tuple[Held, ...] = ()
    """The files of the message that hold something, and where in them."""
    source: str = ""
    """What found it, if not the live bot: a sweep."""


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One judgement of one revision of a message. A clean revision has no rules and severity ''.

    `look` is the id of an attachment that was read later and judged by itself, else empty.
    `facts` (JSON) is what rules knew of the message besides findings: codes, counts, true and false.
    """

    incident: str
    number: int
    revision: str
    look: str
    judged_at: float
    policy_hash: str
    severity: str
    rules: tuple[str, ...]
    facts: str = "{}"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding of one revision: no place, no text; `value` numbers the distinct values of the message.

    `part` is None for what was stored before parts were.
    """

    incident: str
    number: int
    part: PartKind | None
    type: str
    score: float
    recognizer: str
    traits: tuple[str, ...]
    evidence: tuple[str, ...]
    value: int


@dataclass(frozen=True, slots=True)
class LookRow:
    """A file of a message that waits to be read, with what rules may know of the message; or one that is unread.

    `file` is its id, `ref` what fetches it. Of an unread one `code` says why, and who posted it is forgotten. `tries`
    counts the times that reading it began and did not end.
    """

    id: int
    platform: str
    workspace: str
    chat: str
    message: str
    revision: str
    file: str
    ref: str
    ending: str
    size: int | None
    thread: str
    album: str
    sender: str | None
    posted_at: float
    audience: int | None
    language: str
    sender_role: Role | None
    forwarded: bool
    external: bool
    state: LookState
    code: str
    tries: int
    created_at: float
    due_at: float


@dataclass(frozen=True, slots=True)
class TrialRow:
    """What a trial (`rules` or `set`) would have said about a message, and what was said; nobody was told of it."""

    platform: str
    workspace: str
    chat: str
    message: str
    trial: str
    judged_at: float
    policy_hash: str
    would: Verdict
    does: Verdict


@dataclass(frozen=True, slots=True)
class SampleRow:
    """An incident of the monthly sample that an admin judged: which rules fired, and whether they were right."""

    rules: tuple[str, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A send that waits, is under way or is over."""

    id: int
    kind: SendKind
    platform: str
    workspace: str
    chat: str
    thread: str
    message: str
    recipient: str
    """A person's id; empty: the chat itself."""
    state: SendState
    rung: str
    due_at: float
    created_at: float
    expires_at: float
    body: Body
    replaces: int | None
    ref: str
    """The platform's reference (JSON of ids) of what was sent."""
    coalesce_until: float
    sending_at: float | None
    """When the last wire call for it began."""
    unsure: int
    """How many sends of this row have an unknown outcome."""
    incidents: tuple[str, ...] = ()
    """The incidents that this send is about, first one first."""
    replaced_ref: str = ""
    """For a rewrite: `ref` of the send that it rewrites."""
    replaced_rung: str = ""
    variant: str = ""  # with which sentence a nudge began that was sent: see `bot.send.Send`


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One try on one rung."""

    outbox: int
    rung: str
    started_at: float
    ended_at: float
    outcome: Result
    code: str


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A chat that the bot is or was in."""

    platform: str
    workspace: str
    chat: str
    state: ChatState = ChatState.JOINED
    since: float = 0.0
    greeted_at: float | None = None
    ephemeral: EphemeralState = EphemeralState.UNKNOWN
    reminded_at: float | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What is known of a person: whether the bot may write to them, the language they chose and that of their app."""

    platform: str
    workspace: str
    user: str
    reach: ReachState = ReachState.UNKNOWN
    language: str = ""
    since: float = 0.0
    app_language: str = ""


@dataclass(frozen=True, slots=True)
class MuteRow:
    """A rule that is silent for a person in a chat; type '' is every type."""

    chat: str
    rule: str
    type: str
    until: float


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Somebody looked at the log, was refused, or changed something; or the program did. `detail` is codes.

    `platform` is a chat platform, `cli` (`user` is the system user's name) or `bot`: the program itself.
    `about` is the incident or case that it is about, else empty.
    """

    at: float
    platform: str
    user: str
    action: str
    detail: str
    allowed: bool
    about: str = ""


@dataclass(frozen=True, slots=True)
class BreachFigures:
    """What is counted of a breach's incidents: `types` are distinct values, `endings` how they ended (`open` too).

    `readers` is for each group (`platform:chat`) the most people who could read one of the messages, 0 for unknown.
    `first` and `last` are when the messages were posted; None when no incident is left.
    """

    incidents: int = 0
    types: Mapping[str, int] = field(default_factory=dict)
    severities: Mapping[str, int] = field(default_factory=dict)
    endings: Mapping[str, int] = field(default_factory=dict)
    readers: Mapping[str, int] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    protects: tuple[str, ...] = ()
    first: float | None = None
    last: float | None = None


@dataclass(frozen=True, slots=True)
class Ticked:
    """A step of a breach's checklist that was done, when, and who said so."""

    step: BreachStep
    at: float
    platform: str
    user: str


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a breach's notification: the figures of that moment, and who began it."""

    number: int
    at: float
    platform: str
    user: str
    figures: BreachFigures


@dataclass(frozen=True, slots=True)
class BreachRow:
    """Incidents that are one case. `due_at` None: as soon as practicable; `ending` says why it was closed.

    `incidents` are those that are still there; `figures` are of now, or of when it was closed.
    """

    id: int
    aware_at: float
    due_at: float | None
    opened_at: float
    remind_at: float | None
    closed_at: float | None
    ending: BreachEnding | None
    figures: BreachFigures
    incidents: tuple[str, ...] = ()
    steps: tuple[Ticked, ...] = ()
    editions: tuple[Edition, ...] = ()

    @property
    def ticked(self) -> frozenset[BreachStep]:
        """The steps that were done."""
        return frozenset(one.step for one in self.steps)


@dataclass(frozen=True, slots=True)
class PoisonRow:
    """Something that could not be parsed or judged; `aside` when it was set aside. `name` is made of ids only."""

    platform: str
    name: str
    attempts: int
    code: str
    at: float
    aside: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures for `status`: how much is open, waits and went wrong."""

    open: int
    waiting: int = 0
    """Sends that wait or are under way, answers to commands aside."""
    unreachable: int = 0
    """Sends that no rung could deliver."""
    aside: int = 0
    """Messages and updates set aside."""
    alerts: int = 0
    """Alerts that no admin got."""
    files: int = 0
    """Files that wait to be read."""
    unread: int = 0
    """Files that could not be read."""
    hooks: int = 0
    """Posts that wait for the operator's own system."""
    given_up: int = 0
    """Posts that it never took."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """What waits in one queue of one platform: how many, and since when the first of them is due (Unix seconds)."""

    name: str
    """sends or files."""
    platform: str
    count: int
    oldest: float
