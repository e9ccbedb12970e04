"""A file of each kind, end to end: the real clients, sandbox, libraries, detector and policies against the fakes."""

import io
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("rapidocr")
from PIL import Image, ImageDraw, ImageFont
from pillow_heif import register_heif_opener

from detectors.detector import Detector
from detectors.documents.sandbox import Sandbox
from policies.reload import Policies
from tests.detectors.documents import made
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import inbox, posts
from tests.fakes.telegram.server import FakeTelegram
from tests.whole import whole

LINE = "Chan Tai Man, HKID A123456(3), mobile 9123 4567"
MAIL = f"From: a@office.example\r\nSubject: new colleague\r\n\r\n{LINE}\r\n"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Chan Tai Man\r\nTEL;TYPE=CELL:+852 9123 4567\r\nEND:VCARD\r\n"


def picture(form: str) -> bytes:
    """The line, as a picture of this form."""
    register_heif_opener()
    image = Image.new("RGB", (420, 200), "white")
    for number, piece in enumerate(LINE.split(", ")):
        ImageDraw.Draw(image).text((30, 20 + 55 * number), piece, fill="black", font=ImageFont.load_default(30))
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


KINDS: dict[str, Callable[[], bytes]] = {
    "people.csv": made.csv,
    "people.tsv": lambda: made.csv(sign="\t"),
    "people.xlsx": lambda: made.xlsx({"Sheet1": made.ROWS}),
    "people.xlsb": lambda: made.xlsb(made.ROWS),
    "people.ods": lambda: made.ods(made.ROWS),
    "letter.docx": lambda: made.docx([LINE]),
    "letter.odt": lambda: made.odt([LINE]),
    "letter.txt": LINE.encode,
    "letter.md": f"# New colleague\n\n{LINE}".encode,
    "slides.pptx": lambda: made.pptx([[LINE]]),
    "letter.pdf": lambda: made.pdf([[LINE]]),
    "letter.eml": MAIL.encode,
    "letter.msg": lambda: made.msg("new colleague", LINE),
    "colleague.vcf": CARD.encode,
    "people.zip": lambda: made.packed({"people.csv": made.csv()}),
}
FORMS = {
    "jpg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "heic": "HEIF",
    "gif": "GIF",
    "bmp": "BMP",
    "tiff": "TIFF",
    "pdf": "PDF",
}
PICTURES: dict[str, Callable[[], bytes]] = {f"photo.{ending}": partial(picture, form) for ending, form in FORMS.items()}
FEW = {name: KINDS[name] for name in ("people.xlsx", "letter.docx", "letter.pdf")}
HARMLESS = {
    "prices.csv": b"Item,Code,Price\nStapler,ST-2210,38.00\nToner,TN-9920,720.00\n",
    "torn.xlsx": b"PK\x03\x04",
}
SECONDS = 500.0
"""Other work may go on beside."""
Play = Callable[[Detector, Path, dict[str, Callable[[], bytes]]], Awaitable[None]]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return whole()


async def on_telegram(detector: Detector, folder: Path, kinds: dict[str, Callable[[], bytes]]) -> None:
    async with FakeTelegram() as fake:  # noqa: SIM117  # the bot is given the fake's address
        async with TestBot(fake.url, folder, detector=detector, box=Sandbox(), policy="hr-default") as bot:
            people = {name: fake.world.person(100 + number, started=True) for number, name in enumerate(kinds)}
            group = fake.world.group(-1001, *people.values())
            numbers = {posts(fake, person, group, name, kinds[name]()): name for name, person in people.items()}
            ann = fake.world.person(11, started=True)
            group.status[11] = "member"
            for name, content in HARMLESS.items():
                posts(fake, ann, group, name, content)
            store = bot.store
            await fake.seen(lambda: not fake.updates.waiting and not store.counts().files, SECONDS)
            await fake.seen(lambda: all(inbox(fake, person) for person in people.values()), SECONDS)
            assert {numbers[int(row.message)] for row in store.incidents(0, 9e9)} == set(kinds)
            assert {name: len(inbox(fake, person)) for name, person in people.items()} == dict.fromkeys(kinds, 1)
            assert inbox(fake, ann) == []
            assert store.tally(0, 9e9).unread == {"broken": 1}


async def on_slack(detector: Detector, folder: Path, kinds: dict[str, Callable[[], bytes]]) -> None:
    async with FakeSlack() as fake:
        people = {name: f"U{100 + number}" for number, name in enumerate(kinds)}
        fake.space.channel("C1", "U1", *people.values(), name="hr")
        rules = Policies("hr-default", {}, detector.find)
        async with SlackBot(fake, folder, detector=detector, rules=rules, box=Sandbox()) as bot:
            stamps = {fake.upload("C1", user, name, kinds[name]()): name for name, user in people.items()}
            for name, content in HARMLESS.items():
                fake.upload("C1", "U1", name, content)
            store = bot.store
            await fake.until(lambda: not store.counts().files and len(store.incidents(0, 9e9)) == len(kinds), SECONDS)
            await bot.settle()
            assert {stamps[row.message] for row in store.incidents(0, 9e9)} == set(kinds)
            assert {name: len(fake.space.told(user)) for name, user in people.items()} == dict.fromkeys(kinds, 1)
            assert fake.space.told("U1") == []
            assert store.tally(0, 9e9).unread == {"broken": 1}


@pytest.mark.timeout(600)
async def test_a_file_of_each_kind_is_told_on_telegram_and_a_harmless_one_is_not(
    detector: Detector, tmp_path: Path
) -> None:
    await on_telegram(detector, tmp_path, KINDS)


@pytest.mark.timeout(600)
async def test_files_are_told_on_slack_and_a_harmless_one_is_not(detector: Detector, tmp_path: Path) -> None:
    await on_slack(detector, tmp_path, FEW)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("platform", [on_telegram, on_slack], ids=["telegram", "slack"])
async def test_files_of_each_kind_and_pictures_of_each_form_are_told(
    detector: Detector, tmp_path: Path, platform: Play
) -> None:
    await platform(detector, tmp_path, KINDS | PICTURES)
