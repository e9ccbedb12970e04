"""The chat platforms: one folder each; they never import each other."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.config import ConfigError

_OURS = frozenset({"bot", "detectors", "policies"})


@contextmanager
def needs_extra(section: str, extra: str = "", otherwise: str = "") -> Iterator[None]:
    """Turn the lack of a library that an extra brings into a sentence with the cure; import what needs it inside.

    Unless given, `extra` is called like the section, and `otherwise` (how to do without) is enabled = false.

    Raises ConfigError.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _OURS:
            raise
        raise ConfigError(
            f"[{section}] is enabled, but {error.name} is not installed: "
            f"pip install 'thinktwice[{extra or section}]', or {otherwise or f'set enabled = false in [{section}]'}"
        ) from None
