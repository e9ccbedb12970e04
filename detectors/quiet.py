"""Presidio prints words: at DEBUG its loggers name context words, and its tracer has a handler of its own."""

import logging

LOGGERS = ("presidio-analyzer", "decision_process", "spacy")


def _loud_enough(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def quieten() -> None:
    """Let Presidio's and spaCy's loggers say warnings and errors only, whatever level is set on them later."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if _loud_enough not in logger.filters:
            logger.addFilter(_loud_enough)
        if logger.level < logging.WARNING:
            logger.setLevel(logging.WARNING)
    tracer = logging.getLogger("decision_process")
    for handler in list(tracer.handlers):
        tracer.removeHandler(handler)
