"""Libraries print words: at DEBUG Presidio's loggers name context words, and its tracer has a handler of its own."""

import logging
from collections.abc import Iterable

LIBRARIES = ("decision_process", "filelock", "presidio-analyzer", "presidio_analyzer", "spacy", "tldextract", "urllib3")
"""The loggers of the libraries that the detector stands on."""


def silence(names: Iterable[str]) -> None:
    """Let the loggers of these names print nothing for good, whatever level is set on them later."""
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = False
        logger.addHandler(logging.NullHandler())
        logger.addFilter(_nothing)


def _nothing(_record: logging.LogRecord) -> bool:
    return False
