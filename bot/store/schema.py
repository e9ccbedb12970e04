"""The tables, as migrations: strict, with the constraints that hold even if a program has a bug.

A migration is never edited once released; a change is a new one at the end.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("thinktwice")


@migrations()
def m001_incidents(db: Database) -> None:
    """Incidents with their revisions and findings."""
    run(
        db,
        """
        CREATE TABLE incident (
            id TEXT PRIMARY KEY CHECK (length(id) = 12),
            platform TEXT NOT NULL, workspace TEXT NOT NULL, chat TEXT NOT NULL, message TEXT NOT NULL,
            thread TEXT NOT NULL, album TEXT NOT NULL, sender TEXT,
            posted_at REAL NOT NULL, opened_at REAL NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'ended')),
            resolution TEXT NOT NULL, reason TEXT NOT NULL, ended_at REAL,
            severity TEXT NOT NULL, rules TEXT NOT NULL, types TEXT NOT NULL, audience INTEGER,
            policy TEXT NOT NULL, policy_hash TEXT NOT NULL, mode TEXT NOT NULL,
            revision TEXT NOT NULL, revisions INTEGER NOT NULL, told TEXT NOT NULL,
            mute_days TEXT NOT NULL, wording TEXT NOT NULL, own INTEGER NOT NULL CHECK (own IN (0, 1)),
            UNIQUE (platform, workspace, chat, message),
            CHECK ((state = 'open') = (resolution = '')), CHECK ((state = 'open') = (ended_at IS NULL)),
            CHECK (mode = 'enforce' OR sender IS NULL)
        ) STRICT;
        CREATE INDEX incident_posted ON incident (posted_at);
        CREATE INDEX incident_open ON incident (opened_at) WHERE state = 'open';
        CREATE INDEX incident_ended ON incident (opened_at) WHERE state = 'ended';
        CREATE INDEX incident_sender ON incident (platform, sender, posted_at) WHERE sender IS NOT NULL;
        CREATE TABLE revision (
            incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE, number INTEGER NOT NULL,
            revision TEXT NOT NULL, judged_at REAL NOT NULL, policy_hash TEXT NOT NULL,
            severity TEXT NOT NULL, rules TEXT NOT NULL, PRIMARY KEY (incident, number)
        ) STRICT;
        CREATE TABLE finding (
            incident TEXT NOT NULL, number INTEGER NOT NULL, type TEXT NOT NULL, score REAL NOT NULL,
            recognizer TEXT NOT NULL, traits TEXT NOT NULL, evidence TEXT NOT NULL, value INTEGER NOT NULL,
            FOREIGN KEY (incident, number) REFERENCES revision (incident, number) ON DELETE CASCADE
        ) STRICT;
        CREATE INDEX finding_incident ON finding (incident, number)
    """,
    )


@migrations()
def m002_outbox(db: Database) -> None:
    """What waits to be said, what it is about, and every try."""
    run(
        db,
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('nudge', 'rewrite', 'alert', 'notice', 'reply')),
            platform TEXT NOT NULL, workspace TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL,
            message TEXT NOT NULL, recipient TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
                ('waiting', 'sending', 'sent', 'repeated', 'refused', 'unreachable', 'cancelled')),
            rung TEXT NOT NULL DEFAULT '', due_at REAL NOT NULL, created_at REAL NOT NULL, expires_at REAL NOT NULL,
            body TEXT NOT NULL, replaces INTEGER REFERENCES outbox (id) ON DELETE CASCADE,
            ref TEXT NOT NULL DEFAULT '', coalesce_until REAL NOT NULL, unsure INTEGER NOT NULL DEFAULT 0,
            sending_at REAL,
            CHECK ((kind = 'rewrite') = (replaces IS NOT NULL))
        ) STRICT;
        CREATE INDEX outbox_waiting ON outbox (platform, due_at) WHERE state = 'waiting';
        CREATE INDEX outbox_next ON outbox (platform, workspace, recipient, due_at) WHERE state = 'waiting';
        CREATE INDEX outbox_sending ON outbox (platform) WHERE state = 'sending';
        CREATE INDEX outbox_recent ON outbox (platform, recipient, coalesce_until);
        CREATE INDEX outbox_created ON outbox (created_at);
        CREATE INDEX outbox_replaces ON outbox (replaces) WHERE replaces IS NOT NULL;
        CREATE TABLE outbox_incident (
            outbox INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
            incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
            told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)), UNIQUE (outbox, incident)
        ) STRICT;
        CREATE INDEX outbox_incident_incident ON outbox_incident (incident);
        CREATE TABLE attempt (
            outbox INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE, rung TEXT NOT NULL,
            started_at REAL NOT NULL, ended_at REAL NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL
        ) STRICT;
        CREATE INDEX attempt_outbox ON attempt (outbox);
        CREATE INDEX attempt_started ON attempt (started_at)
    """,
    )


@migrations()
def m003_knowledge(db: Database) -> None:
    """How far platforms were read, and what is known of chats and people."""
    run(
        db,
        """
        CREATE TABLE cursor (
            platform TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (platform, name)
        ) STRICT;
        CREATE TABLE chat (
            platform TEXT NOT NULL, workspace TEXT NOT NULL, chat TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'joined', since REAL NOT NULL, greeted_at REAL,
            ephemeral TEXT NOT NULL DEFAULT 'unknown' CHECK (ephemeral IN ('unknown', 'open', 'closed')),
            reminded_at REAL, PRIMARY KEY (platform, workspace, chat)
        ) STRICT;
        CREATE TABLE person (
            platform TEXT NOT NULL, workspace TEXT NOT NULL, user TEXT NOT NULL,
            reach TEXT NOT NULL DEFAULT '' CHECK (reach IN ('', 'started', 'blocked')),
            language TEXT NOT NULL DEFAULT '', since REAL NOT NULL, PRIMARY KEY (platform, workspace, user)
        ) STRICT;
        CREATE TABLE mute (
            platform TEXT NOT NULL, workspace TEXT NOT NULL, chat TEXT NOT NULL, sender TEXT NOT NULL,
            rule TEXT NOT NULL, until REAL NOT NULL, PRIMARY KEY (platform, workspace, chat, sender, rule)
        ) STRICT;
        CREATE TABLE audit (
            at REAL NOT NULL, platform TEXT NOT NULL, user TEXT NOT NULL, action TEXT NOT NULL,
            detail TEXT NOT NULL, allowed INTEGER NOT NULL CHECK (allowed IN (0, 1))
        ) STRICT;
        CREATE INDEX audit_at ON audit (at);
        CREATE TABLE poison (
            platform TEXT NOT NULL, name TEXT NOT NULL, attempts INTEGER NOT NULL, code TEXT NOT NULL,
            at REAL NOT NULL, aside INTEGER NOT NULL CHECK (aside IN (0, 1)), PRIMARY KEY (platform, name)
        ) STRICT
    """,
    )


@migrations()
def m004_parts_and_looks(db: Database) -> None:
    """A finding knows its kind of part, a judgement the attachment that it is of; empty for what was there before."""
    run(
        db,
        """
        ALTER TABLE finding ADD COLUMN part TEXT NOT NULL DEFAULT '';
        ALTER TABLE revision ADD COLUMN look TEXT NOT NULL DEFAULT '';
        CREATE UNIQUE INDEX revision_look ON revision (incident, revision, look)
    """,
    )


@migrations()
def m005_app_language(db: Database) -> None:
    """What a person chose, and what their app said when they pressed Start, are two things."""
    run(db, "ALTER TABLE person ADD COLUMN app_language TEXT NOT NULL DEFAULT ''")


@migrations()
def m006_trials(db: Database) -> None:
    """What is judged beside the policies in force, and what these say of the same message; nobody's name."""
    run(
        db,
        """
        CREATE TABLE trial (
            platform TEXT NOT NULL, workspace TEXT NOT NULL, chat TEXT NOT NULL, message TEXT NOT NULL,
            trial TEXT NOT NULL CHECK (trial IN ('rules', 'set')), judged_at REAL NOT NULL, policy_hash TEXT NOT NULL,
            would TEXT NOT NULL, does TEXT NOT NULL, PRIMARY KEY (platform, workspace, chat, message, trial)
        ) STRICT;
        CREATE INDEX trial_judged ON trial (judged_at)
    """,
    )


@migrations()
def m007_facts(db: Database) -> None:
    """What rules knew of a judged message besides findings; empty for what was judged before."""
    run(db, "ALTER TABLE revision ADD COLUMN facts TEXT NOT NULL DEFAULT '{}'")


@migrations()
def m008_narrow_mutes(db: Database) -> None:
    """A mute knows the type that it was about; '' is every type, as it was before."""
    run(
        db,
        """
        ALTER TABLE mute RENAME TO mute_of_rules;
        CREATE TABLE mute (
            platform TEXT NOT NULL, workspace TEXT NOT NULL, chat TEXT NOT NULL, sender TEXT NOT NULL,
            rule TEXT NOT NULL, type TEXT NOT NULL, until REAL NOT NULL,
            PRIMARY KEY (platform, workspace, chat, sender, rule, type)
        ) STRICT;
        INSERT INTO mute SELECT platform, workspace, chat, sender, rule, '', until FROM mute_of_rules;
        DROP TABLE mute_of_rules
    """,
    )


@migrations()
def m009_ended_by_severity(db: Database) -> None:
    """What is kept for fewer days than the rest is found without looking at the rest."""
    run(
        db,
        """
        CREATE INDEX incident_severity ON incident (severity, opened_at) WHERE state = 'ended';
        CREATE INDEX incident_simulated ON incident (opened_at) WHERE mode = 'simulate'
    """,
    )


@migrations()
def m010_gathered(db: Database) -> None:
    """How many earlier messages a picture was completed with; nothing says which."""
    run(db, "ALTER TABLE incident ADD COLUMN gathered INTEGER NOT NULL DEFAULT 0")


@migrations()
def m011_protects(db: Database) -> None:
    """What the rules of an incident protect, as their policy cited it; empty for what was judged before."""
    run(db, "ALTER TABLE incident ADD COLUMN protects TEXT NOT NULL DEFAULT '[]'")


@migrations()
def m012_newest_send(db: Database) -> None:
    """The newest send of a kind to somebody about a chat, and what nobody got, are found without reading the rest."""
    run(
        db,
        """
        DROP INDEX outbox_recent;
        CREATE INDEX outbox_newest ON outbox (platform, recipient, kind, workspace, chat);
        CREATE INDEX outbox_lost ON outbox (kind, state) WHERE state IN ('refused', 'unreachable')
    """,
    )


@migrations()
def m013_removals(db: Database) -> None:
    """Messages that wait to be removed, their senders having been told so."""
    run(
        db,
        """
        CREATE TABLE removal (
            incident TEXT PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
            due_at REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0
        ) STRICT
    """,
    )


@migrations()
def m014_audit(db: Database) -> None:
    """A note knows which incident or case it is about; what one person did is found without looking at the rest."""
    run(
        db,
        """
        ALTER TABLE audit ADD COLUMN about TEXT NOT NULL DEFAULT '';
        CREATE INDEX audit_user ON audit (platform, user, at);
        CREATE INDEX audit_about ON audit (about) WHERE about != ''
    """,
    )


@migrations()
def m015_looks(db: Database) -> None:
    """Files that wait to be read or could not be; what each file of an incident's message said, and where in it.

    While a file waits, its row holds what rules may know of the message; afterwards nobody's name is in it.
    """
    run(
        db,
        """
        CREATE TABLE look (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            platform TEXT NOT NULL, workspace TEXT NOT NULL, chat TEXT NOT NULL, message TEXT NOT NULL,
            revision TEXT NOT NULL, file TEXT NOT NULL, ref TEXT NOT NULL, ending TEXT NOT NULL, size INTEGER,
            thread TEXT NOT NULL, album TEXT NOT NULL, sender TEXT, posted_at REAL NOT NULL, audience INTEGER,
            language TEXT NOT NULL, sender_role TEXT NOT NULL, forwarded INTEGER NOT NULL, external INTEGER NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'unread')),
            code TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0,
            created_at REAL NOT NULL, due_at REAL NOT NULL,
            UNIQUE (platform, workspace, chat, message, file),
            CHECK (state = 'waiting' OR (sender IS NULL AND ref = '' AND code != ''))
        ) STRICT;
        CREATE INDEX look_due ON look (platform, due_at) WHERE state = 'waiting';
        CREATE INDEX look_unread ON look (created_at) WHERE state = 'unread';
        CREATE TABLE verdict (
            incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE, file TEXT NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (incident, file)
        ) STRICT;
        ALTER TABLE incident ADD COLUMN held TEXT NOT NULL DEFAULT '[]'
    """,
    )


@migrations()
def m016_outside_case(db: Database) -> None:
    """The number that an incident has in the organisation's own case system; empty for none."""
    run(db, "ALTER TABLE incident ADD COLUMN outside_case TEXT NOT NULL DEFAULT ''")


@migrations()
def m017_awareness(db: Database) -> None:
    """Incidents that admins were asked about, with what they said; how often each answer of the refresher was given."""
    run(
        db,
        """
        CREATE TABLE sample (
            incident TEXT PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE, asked_at REAL NOT NULL,
            verdict TEXT NOT NULL DEFAULT '' CHECK (verdict IN ('', 'right', 'wrong')), answered_at REAL,
            CHECK ((verdict = '') = (answered_at IS NULL))
        ) STRICT;
        CREATE INDEX sample_answered ON sample (answered_at) WHERE verdict != '';
        CREATE TABLE refresher (
            year INTEGER NOT NULL, question INTEGER NOT NULL, answer TEXT NOT NULL, given INTEGER NOT NULL,
            PRIMARY KEY (year, question, answer)
        ) STRICT
    """,
    )


@migrations()
def m018_breaches(db: Database) -> None:
    """Incidents that are one case: its clock, its checklist, the editions of its notification."""
    run(
        db,
        """
        CREATE TABLE breach (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            aware_at REAL NOT NULL, due_at REAL, opened_at REAL NOT NULL, remind_at REAL,
            closed_at REAL, ending TEXT NOT NULL DEFAULT '', figures TEXT NOT NULL DEFAULT '',
            CHECK ((closed_at IS NULL) = (ending = ''))
        ) STRICT;
        CREATE TABLE breach_incident (
            breach INTEGER NOT NULL REFERENCES breach (id) ON DELETE CASCADE,
            incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE, PRIMARY KEY (breach, incident)
        ) STRICT;
        CREATE INDEX breach_incident_incident ON breach_incident (incident);
        CREATE TABLE breach_step (
            breach INTEGER NOT NULL REFERENCES breach (id) ON DELETE CASCADE, step TEXT NOT NULL,
            at REAL NOT NULL, platform TEXT NOT NULL, user TEXT NOT NULL, PRIMARY KEY (breach, step)
        ) STRICT;
        CREATE TABLE breach_edition (
            breach INTEGER NOT NULL REFERENCES breach (id) ON DELETE CASCADE, number INTEGER NOT NULL,
            at REAL NOT NULL, platform TEXT NOT NULL, user TEXT NOT NULL, figures TEXT NOT NULL,
            PRIMARY KEY (breach, number)
        ) STRICT
    """,
    )


@migrations()
def m019_hook(db: Database) -> None:
    """Since when the operator's own system is told; no row: it is not."""
    run(
        db,
        """
        CREATE TABLE hook (since REAL NOT NULL) STRICT;
        CREATE INDEX outbox_given_up ON outbox (created_at) WHERE platform = 'hook' AND state = 'cancelled'
    """,
    )


@migrations()
def m020_variants(db: Database) -> None:
    """With which sentence a nudge began, when it was sent; empty for what was sent before, and for other sends."""
    run(db, "ALTER TABLE outbox ADD COLUMN variant TEXT NOT NULL DEFAULT ''")


@migrations()
def m021_source(db: Database) -> None:
    """What found an incident, if not the live bot; those of sweeps are counted apart."""
    run(
        db,
        """
        ALTER TABLE incident ADD COLUMN source TEXT NOT NULL DEFAULT '';
        CREATE INDEX incident_swept ON incident (opened_at) WHERE source != ''
    """,
    )


@migrations()
def m022_replicas(db: Database) -> None:
    """Programs that run over one log on a server: who is there, whose a row is, how fast all of them may write.

    `newest`: which edits and deletions (null) were handled. In a file `holder` is 0 and these tables stay empty.
    """
    run(
        db,
        """
        CREATE TABLE replica (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, since REAL NOT NULL, seen_at REAL NOT NULL,
            edition TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE TABLE bucket (name TEXT PRIMARY KEY, drawn TEXT NOT NULL, closed REAL NOT NULL, at REAL NOT NULL) STRICT;
        CREATE TABLE newest (
            platform TEXT NOT NULL, workspace TEXT NOT NULL, chat TEXT NOT NULL, message TEXT NOT NULL, revision TEXT,
            at REAL NOT NULL, PRIMARY KEY (platform, workspace, chat, message)
        ) STRICT;
        CREATE INDEX newest_at ON newest (at);
        ALTER TABLE outbox ADD COLUMN holder INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE look ADD COLUMN holder INTEGER NOT NULL DEFAULT 0
    """,
    )


def run(db: Database, script: str) -> None:
    """Execute statements one by one, inside the transaction that is open (executescript would commit it)."""
    for statement in script.split(";"):
        db.execute(statement)
