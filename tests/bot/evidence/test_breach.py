"""Breaches in a chat: what admins are told and handed out, what a stranger gets, and what is in no draft."""

import io
import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from bot.evidence.breach import clock
from bot.evidence.draft import FILLS
from bot.judging.asked import codes
from bot.store import BreachFigures, BreachRow, Store
from bot.words import BreachStep, Form
from tests.bot.evidence.test_incidents import ADMIN, SENDER, STRANGER, answering, ask, told
from tests.bot.talk import test_commands
from tests.bot.talk.test_commands import Titles
from tests.fakes.log import NOON

GOOD = "abcdefghijkl"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", lambda: NOON)
    yield opened
    opened.close()


async def leaked(store: Store, *messages: str) -> list[str]:
    await store.commit([told(message) for message in messages])
    return [row.id for row in store.incidents(0, 9e12)]


async def says(store: Store, *words: str, user: str = ADMIN, language: str = "en") -> str:
    return (await answering(store).answer(ask("breach", *words, user=user, language=language))).text


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ((), ()),
        ((GOOD, GOOD.upper()), (GOOD, GOOD)),
        ((GOOD, "aware", "5h"), (GOOD, "aware", "5h")),
        ((GOOD, "aware"), (GOOD, "?")),
        (("aware", "5h"), ("aware", "5h")),
        ((GOOD, "because", "A123456(3)"), (GOOD, "?", "?")),
        (("B1",), ("b1",)),
        (("B1", "tick", "tell", "everybody"), ("b1", "tick", "tell", "?")),
        (("B1", "draft", "ico", "docx", "zh"), ("b1", "draft", "ico", "docx", "zh")),
        (("B1", "close", "Chan", "Tai"), ("b1", "close", "?", "?")),
        (("B1", "edition", "two"), ("b1", "edition", "?")),
        (("A123456(3)",), ("?",)),
    ],
)
def test_of_what_was_typed_only_codes_remain(typed: tuple[str, ...], known: tuple[str, ...]) -> None:
    assert codes("breach", typed) == ("breach", known)
    assert codes("breach", known)[1] == known


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_case_from_its_opening_to_its_end(store: Store, language: str) -> None:
    ids = await leaked(store, "1", "2")

    async def said(*words: str) -> str:
        return await says(store, *words, language=language)

    opened = await said(*ids, "aware", "30h")
    assert "B1" in opened
    assert ("1 day 6 hours" if language == "en" else "1天6小時") in opened
    assert ("as soon as practicable" if language == "en" else "切實可行") in opened
    assert "[x] tell" in await said("b1", "tick", "tell", "notify")
    assert "[ ] tell" in await said("b1", "untick", "tell")
    assert ("Noted" if language == "en" else "已記下") in await said("b1", "edition")
    closed = await said("b1", "close", "notified")
    assert ("Reported" if language == "en" else "通報") in closed
    assert ("Nothing to change" if language == "en" else "沒有改動") in await said("b1", "tick", "tell")
    page = await said("b1")
    for piece in (*ids, "[x] notify", f"telegram:{ADMIN}", "breach_close", "47"):
        assert piece in page
    assert SENDER not in page
    assert ("1 case" if language == "en" else "個案1宗") in await said()


@pytest.mark.parametrize(
    "words", [("b1", "close"), ("b1", "close", "told", "none"), ("b1", "tick"), ("b1", "edition", "x"), ("aware", "5h")]
)
async def test_what_makes_no_sense_changes_nothing(store: Store, words: tuple[str, ...]) -> None:
    await says(store, *await leaked(store, "1"))
    before = store.breach(1)
    assert "breach" in await says(store, *words)
    assert store.breach(1) == before


async def test_what_is_not_there_is_said(store: Store) -> None:
    [incident] = await leaked(store, "1")
    assert "no case" in await says(store, "b7")
    assert "no case" in await says(store, "b7", "tick", "tell")
    assert "no incident aaaaaaaaaaaa" in await says(store, incident, "aaaaaaaaaaaa")
    assert store.breaches() == ()
    await says(store, incident)
    assert f"{incident} is in case B1" in await says(store, incident)


async def test_a_fixed_deadline_shows_what_is_left_and_what_is_over(store: Store) -> None:
    row = BreachRow(1, NOON, NOON + 72 * 3600, NOON, None, None, None, BreachFigures())
    assert "2 days 23 hours left" in clock(row, "en", NOON + 3600)
    assert "1 minute ago" in clock(row, "en", NOON + 72 * 3600 + 61)
    assert "已過1分鐘" in clock(row, "zh", NOON + 72 * 3600 + 61)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("form", list(Form))
async def test_a_draft_is_filled_from_counts_and_marks_its_blanks(store: Store, form: str, language: str) -> None:
    await says(store, *await leaked(store, "1", "2"), "aware", "80h")
    await says(store, "b1", "tick", "tell")
    answer = await answering(store).answer(ask("breach", "b1", "draft", form, language))
    assert answer.document
    assert answer.document.name == f"thinktwice-B1-{form}-1-{language}.md"
    text = answer.document.content.decode()
    assert ("[to be filled in: " if language == "en" else "［請填寫：") in text
    for known in ("Example Ltd, HR", "privacy@example.com", "B1", "47"):
        assert known in text
    assert ("a Hong Kong ID card number × 2" if language == "en" else "香港身份證號碼 × 2") in text
    for hidden in (SENDER, "HR operations", *store.breaches()[0].incidents):
        assert hidden not in text
    if form == Form.ICO:
        assert ("Say why" if language == "en" else "請說明原因") in text


async def test_a_later_edition_says_what_changed(store: Store) -> None:
    first, second = await leaked(store, "1", "2")
    await says(store, first)
    await says(store, "b1", "add", second)
    answer = await answering(store).answer(ask("breach", "b1", "draft"))
    assert answer.document
    assert "Edition 2" in answer.document.content.decode()
    assert "Incidents then: 1; now: 2." in answer.document.content.decode()


async def test_a_draft_can_be_had_as_a_word_document(store: Store) -> None:
    docx = pytest.importorskip("docx")
    await says(store, *await leaked(store, "1"))
    answer = await answering(store).answer(ask("breach", "b1", "draft", "docx", "zh"))
    assert answer.document
    assert answer.document.name.endswith("-zh.docx")
    read = docx.Document(io.BytesIO(answer.document.content))
    text = "\n".join(cell.text for table in read.tables for row in table.rows for cell in row.cells)
    assert "［請填寫：" in text
    assert "香港身份證號碼 × 1" in text
    assert read.core_properties.author == "Example Ltd, HR"
    assert SENDER not in text


async def test_without_the_library_a_sentence_says_what_to_do(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await says(store, *await leaked(store, "1"))
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "bot.evidence.letter", raising=False)
    answer = await answering(store).answer(ask("breach", "b1", "draft", "docx"))
    assert answer.document is None
    assert "pip install 'thinktwice[files]'" in answer.text


async def test_where_no_file_arrives_the_draft_is_text(store: Store) -> None:
    await says(store, *await leaked(store, "1"))
    commands = test_commands.answering(store, telegram=Titles(files=False))
    answer = await commands.answer(ask("breach", "b1", "draft", "docx"))
    assert "is below" in answer.text
    assert answer.document
    assert answer.document.content.startswith(b"# ")


@pytest.mark.parametrize("user", [STRANGER, SENDER])
@pytest.mark.parametrize(
    "words",
    [(), ("{id}",), ("b1",), ("b1", "add", "{id}"), ("b1", "tick", "tell"), ("b1", "untick", "tell"), ("b1", "edition"),
     ("b1", "draft"), ("b1", "draft", "ico", "docx", "zh"), ("b1", "close", "none"), ("b1", "reopen")],
)  # fmt: skip
async def test_a_stranger_gets_nothing_on_every_path(store: Store, words: tuple[str, ...], user: str) -> None:
    first, second = await leaked(store, "1", "2")
    await says(store, first)
    before, notes = store.breach(1), len(store.audits())
    answer = await answering(store).answer(ask("breach", *[word.format(id=second) for word in words], user=user))
    assert "for the admins" in answer.text
    assert answer.document is None
    assert first not in answer.text
    assert store.breach(1) == before
    [note] = store.audits()[notes:]
    assert (note.user, note.action, note.allowed) == (user, "breach", False)


@pytest.mark.parametrize("form", list(Form))
def test_a_form_asks_in_both_languages_and_is_filled_by_what_there_is(form: str) -> None:
    asked = tomllib.loads(files("bot.evidence").joinpath("forms", f"{form}.toml").read_text("utf-8"))
    fields = [field for section in asked["sections"] for field in section["fields"]]
    for text in (asked["title"], *asked["sections"], *fields, *(one["blank"] for one in fields if "blank" in one)):
        assert text["en"]
        assert text["zh"]
    assert {field["fill"] for field in fields if "fill" in field} <= set(FILLS)
    assert [field["en"] for field in fields if not {"fill", "blank"} & set(field)] == []
    assert len(fields) > 15


def test_every_filling_is_used_by_a_form() -> None:
    used = "\n".join(path.read_text("utf-8") for path in files("bot.evidence").joinpath("forms").iterdir())
    assert [name for name in FILLS if f'fill = "{name}"' not in used] == []


def test_every_step_is_a_code_that_can_be_typed() -> None:
    assert codes("breach", ("b1", "tick", *BreachStep))[1] == ("b1", "tick", *BreachStep)
