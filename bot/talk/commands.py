"""What people can ask the bot; the same on every platform. Admins are named in the config and nowhere else."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot import wording
from bot.breach import called, number
from bot.clocks import WallClock
from bot.config import Config
from bot.evidence.notice import notice
from bot.judging.asked import codes, harmless
from bot.message import Ask
from bot.names import GroupNames
from bot.periods import HONG_KONG
from bot.platform import Trouble
from bot.store import Store
from bot.talk import refresher
from bot.talk.answer import Answer
from bot.talk.breach import Breaches
from bot.talk.evidence import Evidence
from bot.talk.inviting import Inviting
from bot.talk.language import Languages
from bot.talk.reporting import Reporting
from bot.web.sessions import Sessions
from bot.wording import say
from bot.words import Act, ChatState, Command
from policies.reload import PolicySet

ADMINS = (
    Command.REPORT,
    Command.INCIDENTS,
    Command.INCIDENT,
    Command.BREACH,
    Command.AUDIT,
    Command.STATUS,
    Command.WEB,
)
OWN = (Command.MYDATA, Command.FORGETME)
"""What people ask of their own data; noted like the looks of admins."""
EVERYONE = tuple(command for command in Command if command not in ADMINS)


class PolicyName(Protocol):
    """What status says of a policy."""

    @property
    def name(self) -> str:
        """How its file is called."""
        ...

    @property
    def mode(self) -> str:
        """Either enforce or simulate."""
        ...


class PolicyNames(Protocol):
    """The policies in force."""

    @property
    def set(self) -> PolicySet:
        """All of them."""
        ...

    def current(self, platform: str, chat: str) -> PolicyName:
        """The policy of a chat."""
        ...


class Addressed(Protocol):
    """A platform on which commands are typed."""

    @property
    def slash(self) -> str:
        """What stands before a command's name."""
        ...

    @property
    def files(self) -> bool:
        """Whether a document arrives as a file."""
        ...

    async def trouble(self) -> tuple[Trouble, ...]:
        """What is wrong with it right now."""
        ...


class Commands:
    """Answers questions from the log."""

    def __init__(  # noqa: PLR0913 - these are the parts
        self,
        config: Config,
        store: Store,
        policies: PolicyNames,
        languages: Languages,
        groups: GroupNames,
        platforms: Mapping[str, Addressed],
        clock: WallClock,
        *,
        sessions: Sessions | None = None,
    ) -> None:
        self._config = config
        self._store = store
        self._policies = policies
        self._languages = languages
        self._groups = groups
        self._platforms = platforms
        self._clock = clock
        self._inviting = Inviting(config.web, sessions or Sessions(time.monotonic))
        evidence = Evidence(config.privacy, store, groups, platforms, clock)
        self.reporting = Reporting(config, store, groups, platforms, clock)
        self._breaches = Breaches(config, store, clock, self.slash, lambda name: platforms[name].files)
        self._said = {
            Command.HELP: self._help,
            Command.CHECK: self._check,
            Command.PRIVACY: self._privacy,
            Command.MYDATA: evidence.mydata,
            Command.FORGETME: evidence.forgetme,
            Command.INCIDENTS: evidence.incidents,
            Command.INCIDENT: evidence.incident,
            Command.BREACH: self._breaches.answer,
            Command.AUDIT: evidence.audit,
            Command.WHOAMI: self._whoami,
            Command.LANGUAGE: self._language,
            Command.NOTICE: self._notice,
            Command.REFRESHER: self._refresher,
            Command.START: self._start,
            Command.REPORT: self.reporting.answer,
            Command.STATUS: self._status,
            Command.WEB: self._web,
        }

    def is_admin(self, platform: str, user: str) -> bool:
        """Tell whether the config names this person as an admin."""
        return user in self._config.admins.get(platform, ())

    def slash(self, platform: str) -> str:
        """Say what stands before a command's name."""
        return self._platforms[platform].slash

    async def answer(self, ask: Ask) -> Answer:
        """Answer a question; looks at the log and refusals are written to the audit table."""
        name, args = harmless(*codes(ask.name, ask.args), self._groups.find)
        language = self._languages.of(ask.platform, ask.workspace, ask.user, ask.language)
        allowed = name not in ADMINS or self.is_admin(ask.platform, ask.user)
        if name in (*ADMINS, *OWN):
            about = _about(name, args)
            await self._store.audit(ask.platform, ask.user, Act(name), " ".join(args), about=about, allowed=allowed)
        if not allowed:
            return Answer(self._say(ask, language, "answer.admins_only"))
        return await self._said[name](ask, args, language)

    def reminder(self, platform: str, case: str, language: str) -> str:
        """Remind somebody of an open breach, as it stands now."""
        return self._breaches.reminder(case, language, self.slash(platform))

    def _say(self, ask: Ask, language: str, key: str, **slots: object) -> str:
        privacy = self._config.privacy
        known = {"operator": privacy.operator, "contact": privacy.contact, "days": privacy.retention_days}
        return say(language, key, slash=self.slash(ask.platform), **known, **slots)

    async def _help(self, ask: Ask, args: tuple[str, ...], language: str) -> Answer:
        slash = self.slash(ask.platform)
        lines = [say(language, "answer.help_unknown" if args else "answer.help")]
        lines += [
            f"{slash}{name}: {say(language, f'command.{name}')}" for name in EVERYONE if name is not Command.START
        ]
        if self.is_admin(ask.platform, ask.user):
            lines += [say(language, "answer.help_admin")]
            lines += [f"{slash}{name}: {say(language, f'command.{name}')}" for name in ADMINS]
        return Answer("\n".join(lines))

    async def _check(self, ask: Ask, _args: tuple[str, ...], language: str) -> Answer:
        """What somebody wants checked never comes this way, for a question is stored: this is how to ask."""
        return Answer(self._say(ask, language, "answer.check"))

    async def _privacy(self, ask: Ask, _args: tuple[str, ...], language: str) -> Answer:
        told = [name for name in wording.names("privacy") if name != "files" or self._config.files.enabled]
        return Answer("\n\n".join(self._say(ask, language, f"privacy.{name}") for name in told))

    async def _notice(self, ask: Ask, _args: tuple[str, ...], language: str) -> Answer:
        """What staff must be told, as `thinktwice notice` prints it."""
        return Answer(notice(self._config, self._policies.set, language, self.slash(ask.platform)).rstrip())

    async def _refresher(self, _ask: Ask, _args: tuple[str, ...], language: str) -> Answer:
        text, buttons = refresher.begin(datetime.fromtimestamp(self._clock(), HONG_KONG).year, language)
        return Answer(text, buttons=buttons)

    async def _start(self, ask: Ask, _args: tuple[str, ...], language: str) -> Answer:
        return Answer(self._say(ask, language, "answer.start"))

    async def _language(self, ask: Ask, args: tuple[str, ...], language: str) -> Answer:
        choice = args[0] if len(args) == 1 else "?"
        if choice == "?":
            return Answer(self._say(ask, language, "answer.language_now"))
        chosen = "" if choice == "auto" else choice
        await self._store.set_person(ask.platform, ask.workspace, ask.user, language=chosen)
        language = self._languages.of(ask.platform, ask.workspace, ask.user, ask.language)
        return Answer(self._say(ask, language, "answer.language_set" if chosen else "answer.language_auto"))

    async def _whoami(self, ask: Ask, _args: tuple[str, ...], language: str) -> Answer:
        return Answer(say(language, "answer.whoami", user=ask.user, platform=ask.platform))

    async def _web(self, ask: Ask, args: tuple[str, ...], language: str) -> Answer:
        return self._inviting.answer(ask, args, language, self.slash(ask.platform))

    async def _status(self, _ask: Ask, _args: tuple[str, ...], language: str) -> Answer:
        counts = self._store.counts()
        chats = [chat for chat in self._store.chats() if chat.state is ChatState.JOINED]
        in_force = [self._policies.current(chat.platform, chat.chat) for chat in chats]
        names = dict.fromkeys(f"{policy.name} ({policy.mode})" for policy in in_force)
        figures = {
            "groups": len(chats),
            "open": counts.open,
            "waiting": counts.waiting,
            "unreachable": counts.unreachable,
            "alerts": counts.alerts,
            "aside": counts.aside,
            **({"files": counts.files, "unread": counts.unread} if self._config.files.enabled else {}),
            **({"hooks": counts.hooks, "given_up": counts.given_up} if self._config.hooks.url else {}),
        }
        lines = await self._troubles(language)
        lines += [say(language, "status.clock")] if self._clock.doubted else []
        lines += [say(language, f"status.{name}", count=count) for name, count in figures.items()]
        lines += self._replicas(language)
        policies = wording.listed(language, tuple(names)) or say(language, "status.none")
        return Answer("\n".join([*lines, say(language, "status.policies", policies=policies)]))

    def _replicas(self, language: str) -> list[str]:
        """How many programs there are over one log, and whether they judge by the same edition of the policies."""
        editions = self._store.editions()
        if not editions:
            return []
        lines = [say(language, "status.replicas", count=sum(editions.values()))]
        each = tuple(f"{edition} ({count})" for edition, count in editions.items())
        mixed = [say(language, "status.mixed", editions=wording.listed(language, each))] if len(each) > 1 else []
        return [*mixed, *lines]

    async def _troubles(self, language: str) -> list[str]:
        """Whether it works, and what is wrong with which platform."""
        found = [(name, trouble) for name, platform in self._platforms.items() for trouble in await platform.trouble()]
        blind = any(trouble.blind for _, trouble in found)
        told = [(name, say(language, f"trouble.{trouble.code}", count=trouble.count)) for name, trouble in found]
        lines = [say(language, "status.trouble", platform=name.capitalize(), trouble=words) for name, words in told]
        return [say(language, "status.unwell" if blind else "status.well"), *lines]


def _about(name: Command, args: tuple[str, ...]) -> str:
    """The incident or breach that a question is about, as the audit table names it."""
    first = args[0] if args else "?"
    if name is Command.BREACH and (case := number(first)):
        return called(case)
    return first if name is Command.INCIDENT and first != "?" else ""
