"""The composition root: how the parts of a bot are put together. The only file that knows everything."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import wording
from bot.clocks import WallClock
from bot.config import Config, ConfigError, PlatformSection, secret
from bot.housekeeping import Housekeeping
from bot.judging.guard import Detector as Finder
from bot.judging.guard import Guard
from bot.looks.reader import FileReader
from bot.looks.worker import Looks
from bot.meter import Meter
from bot.names import GroupNames
from bot.platform import Platform
from bot.platforms import needs_extra
from bot.platforms.beside import ChatPlatform, Inbound
from bot.platforms.registered import PLATFORMS
from bot.sending.courier import Courier
from bot.sending.removals import Removals
from bot.store import Clock, Store
from bot.talk.commands import Commands
from bot.talk.compose import Composer
from bot.talk.language import AUTO, Languages
from bot.talk.presses import Presses
from bot.talk.private_check import PrivateCheck
from bot.web.sessions import Sessions
from bot.web.sources import Sources
from bot.wording import own
from detectors.allow import Allow
from detectors.detector import Detector
from detectors.documents.document import Limits
from detectors.documents.libraries import missing
from detectors.documents.sandbox import Sandbox
from detectors.opinion.opinion import Opinion
from detectors.recognizers.custom import load_custom
from policies.reload import Policies

if TYPE_CHECKING:
    from bot.web.health import Health
    from bot.web.hook import Hook
    from bot.web.site import Site

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Bot:
    """A whole bot. Open each platform with `inbound`, then run its `receive`, the courier and the housekeeping."""

    platforms: Mapping[str, ChatPlatform]
    inbound: Inbound
    courier: Courier
    housekeeping: Housekeeping
    meter: Meter
    sessions: Sessions
    sources: Sources
    everyone: Mapping[str, Platform]
    """Whom the bot speaks to: the platforms and, where there is one, the operator's own system."""
    looks: Looks | None = None
    """What reads attachments; None where they are not read."""


def assemble(  # noqa: PLR0913 - these are the parts
    config: Config,
    finder: Finder,
    rules: Policies,
    store: Store,
    platforms: Mapping[str, ChatPlatform],
    clock: Clock,
    ticks: Clock = time.monotonic,
    *,
    reader: FileReader | None = None,
    hook: Platform | None = None,
) -> Bot:
    """Put a bot together; nothing runs yet. The caller closes the store. Without a `reader` no attachment is read.

    `hook` is the operator's own system, which is told what the store has for it (`Store.set_hook`).
    `ticks` are seconds that nobody can set; a clock of a story is its own, for what it is put forward by goes by.
    """
    speak(config)
    wall = WallClock(clock, store.newest(), ticks, store.stepped)
    meter = Meter()
    blind = {name for name, platform in platforms.items() if not platform.rereads}
    reads, welcomes = reader is not None, config.awareness.welcome
    guard = Guard(
        finder, rules, store, wall, config.admins, reads_files=reads, keeps=blind, welcomes=welcomes, meter=meter
    )
    languages = Languages(config.language, store)
    groups = GroupNames(finder.find, config.group_names(), platforms)
    sessions = Sessions(ticks)
    everyone: dict[str, Platform] = {**platforms, **({hook.name: hook} if hook else {})}
    commands = Commands(config, store, rules, languages, groups, everyone, wall, sessions=sessions)
    composer = Composer(config, store, commands, languages, groups, platforms, rules)
    presses = Presses(guard, store, composer, languages, wall)
    removals = Removals(store, platforms, wall, guard.handle, config.admins)
    return Bot(
        platforms,
        Inbound(guard, commands, presses, languages, PrivateCheck(guard, languages, platforms, reader)),
        Courier(store, everyone, composer.compose, wall, removals, meter),
        Housekeeping(config, rules, guard, store, wall),
        meter,
        sessions,
        Sources(config, store, rules, groups, everyone, wall, finder.find),
        everyone,
        Looks(store, guard, platforms, reader, wall) if reader else None,
    )


def speak(config: Config) -> None:
    """Say the organisation's own sentences from now on, if it has any. Raises ConfigError."""
    folder = config.wording.sentences
    try:
        own_words = own.read(config.folder / folder) if folder else {}
    except own.WordingError as error:
        raise ConfigError("\n".join(f"wording.sentences: {line}" for line in str(error).splitlines())) from None
    wording.adopt(own_words)
    if config.language not in (AUTO, *wording.languages()):
        raise ConfigError(f"language: nobody speaks it; use {AUTO} or one of {', '.join(wording.languages())}")


def detector(config: Config) -> Detector:
    """The detector that the configuration asks for."""
    choice = config.detector
    custom = tuple(recognizer for file in choice.recognizers for recognizer in load_custom(config.folder / file))
    numbers = [Allow("PHONE_NUMBER", number) for number in choice.own_numbers]
    domains = [Allow("EMAIL_ADDRESS", f"@{domain.removeprefix('@')}") for domain in choice.own_domains]
    opinion = Opinion() if choice.opinion else None
    return Detector(spacy_model=choice.spacy_model, allow=[*numbers, *domains], custom=custom, opinion=opinion)


def policies(config: Config, find: Detector) -> Policies:
    """The policies that the configuration names."""
    default, chats = config.policies.in_force
    return Policies(default, chats, find.find, config.folder, find.own_types, config.policies.on_trial)


def reader(config: Config, finder: Finder) -> FileReader | None:
    """What reads attachments; None when nobody asked for it. Raises ConfigError when a library is missing."""
    choice = config.files
    if not choice.enabled:
        return None
    if lacking := missing():
        raise ConfigError(
            f"[files] is enabled, but {', '.join(lacking)} is not installed: "
            "pip install 'thinktwice[files]', or set enabled = false in [files]"
        )
    size, memory = choice.max_megabytes * MEGABYTE, choice.memory_megabytes * MEGABYTE
    limits = Limits(size=size, memory=memory, seconds=choice.seconds, pages=choice.pages)
    return FileReader(Sandbox(limits, choice.at_once), finder, size)


def enabled(config: Config) -> dict[str, PlatformSection]:
    """The sections of the platforms that are on, for `run` and the doctor alike. Raises ConfigError for none."""
    on = {name: section for name, section in config.platforms.items() if section.enabled}
    if not on:
        sections = " or ".join(f"[{name}]" for name in PLATFORMS)
        raise ConfigError(f"No platform is enabled; set enabled = true in {sections}")
    return on


def platforms(config: Config, store: Store, clock: Clock) -> dict[str, ChatPlatform]:
    """The platforms that the configuration enables. Raises ConfigError when there is none, or a token is missing."""
    return {name: PLATFORMS[name].build(config, section, store, clock) for name, section in enabled(config).items()}


def hook(config: Config, clock: Clock) -> "Hook | None":
    """The operator's own system; None when nobody asked for it. Raises ConfigError when something is missing."""
    if config.hooks.url is None:
        return None
    with needs_extra("hooks", "web", "take url out of [hooks]"):
        from bot.web import hook as told  # noqa: PLC0415  # aiohttp is there only where somebody wants it
    if (written := secret(told.SECRET)) is None:
        raise ConfigError(
            f"{told.SECRET} is not set; put a secret into the environment, at both sides, or take url out of [hooks]"
        )
    return told.Hook(config.hooks.url, told.key(written), clock)


def health(config: Config) -> "type[Health] | None":
    """What answers health checks; None when nobody asked for it. Raises ConfigError when a library is missing."""
    if config.health.listen is None:
        return None
    with needs_extra("health", "web", "take listen out of [health]"):
        from bot.web.health import Health  # noqa: PLC0415  # aiohttp is there only where somebody wants it
    return Health


def site(config: Config, bot: Bot) -> "Site | None":
    """The page for admins; None when nobody asked for it. Raises ConfigError when a library is missing."""
    if config.web.listen is None:
        return None
    with needs_extra("web", "web", "take listen out of [web]"):
        from bot.web.shield import Shield  # noqa: PLC0415  # as above
        from bot.web.site import Site  # noqa: PLC0415  # as above
    return Site(bot.sources, bot.sessions, Shield(config.web.origin))
