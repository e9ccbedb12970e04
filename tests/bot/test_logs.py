"""No library prints what people wrote, whatever the level; our own lines carry no exception words."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import pytest

from bot import logs

SECRET = "A123456(3) 佢有糖尿病 bot123456:TOKEN"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


def _captured(form: Literal["text", "json"] = "text") -> io.StringIO:
    stream = io.StringIO()
    logs.start(verbose=True, form=form)
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    return stream


@pytest.mark.parametrize(
    "name", [*logs.THIRD_PARTY, "telegram.ext.Updater", "slack_bolt.AsyncApp", "some_other_library"]
)
def test_libraries_are_silent_at_every_level(name: str) -> None:
    stream = _captured()
    logger = logging.getLogger(name)
    logger.setLevel(logging.DEBUG)
    logger.debug("raw update %s", SECRET)
    logger.critical("raw update %s", SECRET)
    assert stream.getvalue() == ""


def test_lines_for_programs_have_a_key_for_each_pair() -> None:
    stream = _captured("json")
    log = logging.getLogger("bot.sending.courier")
    log.warning("courier.waits platform=%s reason=%s", "slack", "The disk that holds the database is full: free it")
    log.info("clock.jumped seconds=%d: nothing is deleted", 700)
    log.info("purge.done %s", "deleted: incidents 3; bytes in the WAL: 0")
    log.info("level.odd level=%s time=%d", "high", 5)
    first, second, third, fourth = map(json.loads, stream.getvalue().splitlines())
    assert (first["level"], first["place"], first["event"]) == ("WARNING", "bot.sending.courier", "courier.waits")
    assert (first["platform"], first["reason"]) == ("slack", "The disk that holds the database is full: free it")
    assert datetime.fromisoformat(first["time"]).tzinfo is not None
    assert (second["event"], second["seconds"]) == ("clock.jumped", "700: nothing is deleted")
    assert (third["event"], third["message"]) == ("purge.done", "purge.done deleted: incidents 3; bytes in the WAL: 0")
    assert (fourth["level"], fourth["at_level"], fourth["at_time"]) == ("INFO", "high", "5")


def test_lines_for_programs_are_as_tame_and_each_is_one_line() -> None:
    stream = _captured("json")
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("bot.judging.guard").exception("guard.failed id=%s", "7\nx")
    logging.getLogger("aiohttp.client").critical("raw update %s", SECRET)
    [line] = stream.getvalue().splitlines()
    assert "A123456" not in line
    assert json.loads(line)["error"] == "ValueError"
    assert json.loads(line)["id"] == "7\nx"


def test_our_lines_are_printed() -> None:
    stream = _captured()
    logging.getLogger("bot.judging.guard").info("guard.ready platforms=2")
    assert "guard.ready platforms=2" in stream.getvalue()


def test_an_exception_is_told_by_type_and_place_only() -> None:
    stream = _captured()
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("bot.judging.guard").exception("guard.failed id=7")
    assert "A123456" not in stream.getvalue()
    assert "guard.failed id=7 error=ValueError at=test_an_exception" in stream.getvalue()
