"""What can be committed. Events that hold ids only are changes as they are; a message becomes a `Judged`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.message import Ask, Attachment, ChatChange, Deletion, Joined, Press, Reach
from bot.words import Act, AlertCode, PartKind
from policies.pace import Pace
from policies.policy import ANY_PACE


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it is stored: in which kind of `part`; `value` numbers the distinct values of the message from 1."""

    part: PartKind
    type: str
    score: float
    recognizer: str
    traits: tuple[str, ...]
    evidence: tuple[str, ...]
    value: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file something stands: numbers from 1, 0 where there is no such thing; in how many rows of a table.

    `file` counts the files of an archive or of a mail, `page` also slides.
    """

    file: int = 0
    page: int = 0
    sheet: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A file that holds something: what kind of file it is (`detectors.documents.DocumentKind`), and where in it."""

    kind: str
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """One revision of a message and what the policy said about it.

    `rules` empty: clean, unless `muted`: then only muted rules fired, so there is nothing to say and nothing to thank
    for. `types` are the distinct values per entity type; `found` may hold fewer. `mute_days` says for how long a
    "not personal data" answer silences each rule. `admins` are told where the policy wants it or nobody else can be.
    `look` is the platform's id of an attachment that was read after the message was judged: what was found in it joins
    what is known of the same revision; the same look again changes nothing.
    `gathered` is how many earlier messages of the sender completed the picture with this one.
    `facts` is what rules knew of the message besides findings, as far as these are codes, counts, true and false.
    `protects` is what `rules` protect, as their policy cites it.
    `files` are the ids of the attachments that hang on the message with this revision: what was found in others counts
    no more. `held` says where in the attachment of this look something was found.
    `pace` says how often and when people are told.
    """

    platform: str
    workspace: str
    chat: str
    message: str
    revision: str
    at: float
    posted_at: float
    sender: str | None = None
    thread: str = ""
    album: str = ""
    audience: int | None = None
    language: str = ""
    rules: tuple[str, ...] = ()
    severity: str = ""
    effects: frozenset[str] = frozenset()
    wording: tuple[str, ...] = ()
    mute_days: Mapping[str, int] = field(default_factory=dict)
    policy: str = ""
    policy_hash: str = ""
    mode: str = "enforce"
    own: bool = False
    muted: bool = False
    types: Mapping[str, int] = field(default_factory=dict)
    found: tuple[Found, ...] = ()
    admins: tuple[str, ...] = ()
    look: str = ""
    gathered: int = 0
    facts: Mapping[str, str | int | None] = field(default_factory=dict)
    protects: tuple[str, ...] = ()
    pace: Pace = ANY_PACE
    files: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Unearthed:
    """An old message that a sweep of an archive judged, at the time `at` of `judged` for all of one sweep.

    Nobody is told. Where the log knows the message, or one that can't be told from it, it stays as it is: the code is
    STALE, unless the same sweep wrote it down.
    """

    judged: Judged


@dataclass(frozen=True, slots=True)
class Attached:
    """The files that hang on a message as it stands: each is to be read once, and others no more.

    What rules may know of the message goes along, so that a file can be judged after a crash too.
    """

    platform: str
    workspace: str
    chat: str
    message: str
    revision: str
    files: tuple[Attachment, ...]
    at: float
    posted_at: float
    sender: str | None = None
    thread: str = ""
    album: str = ""
    audience: int | None = None
    language: str = ""
    sender_role: str = ""
    forwarded: bool = False
    external: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """The reading of a file is over: what was found, or the `code` that says why nobody knows.

    Neither: it holds nothing, or it is gone, and no row stays. Without its row (the message was deleted, the file taken
    out, or it was read before) nothing changes.
    """

    look: int
    at: float
    judged: Judged | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a policy says about a message, without the message: `nudges` whether its sender is told."""

    rules: tuple[str, ...] = ()
    severity: str = ""
    nudges: bool = False
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """What a trial (`rules` or `set`) would say about a message, and what is said. There is no sender in it."""

    platform: str
    workspace: str
    chat: str
    message: str
    trial: str
    at: float
    policy_hash: str
    would: Verdict
    does: Verdict


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that could not be judged after `attempts` tries; `name` is made of its ids."""

    platform: str
    name: str
    attempts: int
    code: str
    at: float


@dataclass(frozen=True, slots=True)
class Alert:
    """A word to admins that no message caused: `chat` when it is about one, `count` of what, `detail` a code."""

    platform: str
    code: AlertCode
    at: float
    admins: tuple[str, ...]
    workspace: str = ""
    chat: str = ""
    count: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A row for the audit table, to be committed with whatever it is a note of.

    `platform` is where it was done: a chat platform, `cli` for the command line (`user` is then the system user's name)
    or `bot` for the program itself (then nobody). `detail` is codes, ids and counts, never a word; `about` the id of
    the incident or case that it is about, else empty. `allowed` False: somebody was refused.
    """

    platform: str
    user: str
    action: Act
    at: float
    detail: str = ""
    about: str = ""
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Handled:
    """What an admin did to an incident: SETTLE (`code` a `Settlement`), REOPEN or CASE (`code` its number outside).

    `platform` and `user` as in a `Noted`, which is committed with it.
    """

    incident: str
    act: Act
    at: float
    platform: str
    user: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class BreachChange:
    """What an admin did to a breach: one of the acts BREACH_…, of which BREACH_OPEN makes a new one.

    `incidents` are for OPEN and ADD; `codes` are the steps that are ticked or unticked (`BreachStep`), or why it is
    closed (a `BreachEnding`). For OPEN: `aware_at` is when the organisation got to know, if earlier than now,
    `deadline` the seconds from then to the report (None: as soon as practicable), `people` who is told, by platform.
    `platform` and `user` as in a `Noted`, which is committed with it.
    """

    act: Act
    at: float
    platform: str
    user: str
    breach: int = 0
    incidents: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    aware_at: float | None = None
    deadline: float | None = None
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sampled:
    """Incidents about which admins (by platform) are asked whether the rules were right."""

    incidents: tuple[str, ...]
    at: float
    admins: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Checked:
    """An admin says whether the rules were right about an incident of the sample."""

    incident: str
    right: bool
    at: float
    platform: str
    user: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Somebody's data goes, as far as it may; `by` is the platform and user who did it, for the audit table."""

    platform: str
    workspace: str
    user: str
    at: float
    by: tuple[str, str]


Change = (
    Judged
    | Unearthed
    | Attached
    | Looked
    | Tried
    | SetAside
    | Alert
    | Noted
    | Handled
    | BreachChange
    | Sampled
    | Checked
    | Forgotten
    | Joined
    | Deletion
    | Press
    | Ask
    | Reach
    | ChatChange
)
