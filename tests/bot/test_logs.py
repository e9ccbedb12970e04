"""No library prints what people wrote, whatever the level; our own lines carry no exception words."""

import io
import logging
from collections.abc import Iterator

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


def _captured() -> io.StringIO:
    stream = io.StringIO()
    logs.start(verbose=True)
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
