"""Hostile files posted in a group: each ends as a code or as read, the bot runs on, and the next file is told."""

from pathlib import Path

import pytest

from detectors.documents.document import Limits
from detectors.documents.sandbox import Sandbox
from policies.reload import Policies
from tests.detectors.documents import made
from tests.detectors.documents.test_hostile import BOMBS, ID, WHOLE, nested
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import inbox, posts, says
from tests.fakes.telegram.server import FakeTelegram
from tests.whole import whole

LIMITS = Limits(unpacked=1_000_000, seconds=60)
"""A busy machine must not fail a test."""
SECONDS = 500.0
DEEP = 20_000

HOSTILE = {
    **BOMBS,
    "torn.docx": WHOLE["a.docx"][: len(WHOLE["a.docx"]) // 2],
    "nested.zip": nested(3),
    "deep.docx": made.docx(**{"word/footnotes.xml": "<p>" * DEEP + "</p>" * DEEP}),
    "deep.html": ("<html>" + "<div>" * DEEP).encode(),
    "pages.pdf": made.pdf([["nothing"]] * 10_000),
    "wide.csv": b",".join([b"1"] * 100_000),
}
UNREAD = {"bomb": len(BOMBS), "broken": 2, "nested": 1}


AMONG = "both.pdf", made.pdf([["nothing"]]) + made.packed({"note.txt": ID})
"""A letter and an archive at once: the only one of them that says something."""
AFTER = "note.txt", ID.encode()


@pytest.mark.timeout(600)
async def test_hostile_files_are_counted_and_what_comes_after_them_is_told(tmp_path: Path) -> None:
    async with FakeTelegram() as fake:  # noqa: SIM117  # the bot is given the fake's address
        async with TestBot(fake.url, tmp_path, detector=whole(), box=Sandbox(LIMITS), policy="hr-default") as bot:
            eve = fake.world.person(11, started=True)
            ann, ben = fake.world.person(12, started=True), fake.world.person(13, started=True)
            group = fake.world.group(-1001, eve, ann, ben)
            for name, content in [*HOSTILE.items(), AMONG]:
                posts(fake, eve, group, name, content)
            says(fake, ann, group, f"her HKID is {ID}")
            posts(fake, ben, group, *AFTER)
            await fake.seen(lambda: inbox(fake, ann) and inbox(fake, ben), SECONDS)
            await fake.seen(lambda: not bot.store.counts().files, SECONDS)
            assert bot.store.tally(0, 9e9).unread == UNREAD
            assert len(inbox(fake, eve)) == 1


@pytest.mark.timeout(600)
async def test_on_slack_hostile_files_are_counted_and_what_comes_after_them_is_told(tmp_path: Path) -> None:
    async with FakeSlack() as fake:
        fake.space.channel("C1", "U1", "U2", "U3", name="hr")
        detector = whole()
        rules = Policies("hr-default", {}, detector.find)
        async with SlackBot(fake, tmp_path, detector=detector, rules=rules, box=Sandbox(LIMITS)) as bot:
            for name, content in [*HOSTILE.items(), AMONG]:
                fake.upload("C1", "U1", name, content)
            fake.say("C1", "U2", f"her HKID is {ID}")
            fake.upload("C1", "U3", *AFTER)
            await fake.until(lambda: fake.space.told("U2") and fake.space.told("U3"), SECONDS)
            await fake.until(lambda: not bot.store.counts().files, SECONDS)
            assert bot.store.tally(0, 9e9).unread == UNREAD
            assert len(fake.space.told("U1")) == 1
