"""An organisation's own sentences: read from its folder, held to what the shipped ones are held to, said everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import app, wording
from bot.config import Config, ConfigError, OwnWording, Privacy
from bot.judging.asked import codes
from bot.wording import own, say
from bot.words import Command

PRIVACY = Privacy(operator="Example Ltd", contact="privacy@example.com")
PHONE = 'phone = "Psst: a number {where}, and {readers}. Use the locker, please."\n'


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    wording.adopt({})


def folder(tmp_path: Path, **books: str) -> Path:
    for language, book in books.items():
        (tmp_path / f"{language}.toml").write_text(book, "utf-8")
    return tmp_path


def configured(tmp_path: Path, language: str = "auto") -> Config:
    return Config(privacy=PRIVACY, wording=OwnWording(sentences=tmp_path), language=language)


def test_own_sentences_are_said_in_place_of_the_shipped_ones(tmp_path: Path) -> None:
    app.speak(configured(folder(tmp_path, en="[nudge]\n" + PHONE)))
    assert say("en", "nudge.phone", "", where="here", readers="3 can read it") == (
        "Psst: a number here, and 3 can read it. Use the locker, please."
    )
    assert say("zh", "nudge.phone", "x", where="", readers="") == say("zh", "nudge.phone", "x", where="", readers="")
    assert say("en", "nudge.hkid", "", where="here", readers="3 can read it").startswith(("Hi", "A private", "One"))


def test_a_configuration_without_own_words_says_the_shipped_ones(tmp_path: Path) -> None:
    app.speak(configured(folder(tmp_path, en="[nudge]\n" + PHONE)))
    app.speak(Config(privacy=PRIVACY))
    assert wording.sentences("en") == wording.shipped("en")


def test_a_third_language_is_a_file(tmp_path: Path) -> None:
    app.speak(configured(folder(tmp_path, tl='[button]\nremoved = "Binura ko na"\n'), language="tl"))
    assert wording.languages() == ("en", "zh", "tl")
    assert wording.language_of("tl-PH") == "tl"
    assert say("tl", "button.removed") == "Binura ko na"
    assert say("tl", "button.why") == say("en", "button.why")
    assert codes("language", ("TL",)) == (Command.LANGUAGE, ("tl",))


def test_a_language_that_nobody_speaks_is_no_choice(tmp_path: Path) -> None:
    assert codes("language", ("tl",)) == (Command.LANGUAGE, ("?",))
    assert wording.language_of("tl-PH") == "en"
    with pytest.raises(ConfigError, match="language: nobody speaks it; use auto or one of en, zh"):
        app.speak(Config(privacy=PRIVACY, language="tl"))


WRONG = {
    "no such sentence": ('[nudge]\nphnoe = "x"\n', "en.toml: nudge.phnoe: nobody says this; did you mean nudge.phone?"),
    "a slot of its own": (
        '[nudge]\nphone = "{where} {readers} {value}"\n',
        "nudge.phone: {value} is not filled in here; use {readers}, {where}",
    ),
    "a slot is missing": (
        '[nudge]\nphone = "See {where}."\n',
        "nudge.phone: {readers} is missing; use {readers}, {where}",
    ),
    "no slots at all": (
        '[button]\nwhy = "{why}"\n',
        "button.why: {why} is not filled in here; this sentence has no slots",
    ),
    "half a brace": ('[button]\nwhy = "why {"\n', "button.why: has a { or } without its other half"),
    "an attribute": (
        '[nudge]\nphone = "{where.__class__} {readers}"\n',
        "nudge.phone: {where.__class__} is not filled in here",
    ),
    "too long": (
        '[nudge]\nphone = "{where} {readers} ' + "very " * 50 + '"\n',
        "nudge.phone: is too long for a nudge; at most 43 words",
    ),
    "hidden letters": ('[button]\nwhy = "why\\u202e"\n', "button.why: has a character that nobody can see"),
    "a number": ("[button]\nwhy = 3\n", "button.why: must be a sentence, or a list of sentences"),
    "an empty list": ("[button]\nwhy = []\n", "button.why: must be a sentence, or a list of sentences"),
    "no section": ('why = "x"\n', "why: sentences stand in a section such as [nudge]"),
    "no TOML": ("[nudge\n", "en.toml: not valid TOML"),
}


@pytest.mark.parametrize(("book", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused_with_the_place_and_the_cure(book: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        app.speak(configured(folder(tmp_path, en=book)))
    assert sentence in str(refused.value)
    assert wording.sentences("en") == wording.shipped("en")


def test_chinese_is_counted_in_characters(tmp_path: Path) -> None:
    long = "{where}{readers}" + "請" * 120
    with pytest.raises(own.WordingError, match="too long for a nudge"):
        own.read(folder(tmp_path, zh=f'[nudge]\nphone = "{long}"\n'))


def test_names_of_files_are_languages(tmp_path: Path) -> None:
    with pytest.raises(own.WordingError, match="the name must be a language's code"):
        own.read(folder(tmp_path, English=""))


@pytest.mark.parametrize("missing", [True, False])
def test_a_folder_without_sentences_is_refused(missing: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the table
    with pytest.raises(own.WordingError, match="there is no"):
        own.read(tmp_path / "wording" if missing else tmp_path)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        app.speak(configured(folder(tmp_path, en='[button]\nwhy = 3\nwhi = "x"\n', zh="[nudge]\nphone = []\n")))
    assert len(str(refused.value).splitlines()) == 3
