"""The chat platforms: one folder each; they never import each other."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.config import ConfigError

_OURS = frozenset({"bot", "detectors", "policies"})


@contextmanager
def needs_extra(platform: str) -> Iterator[None]:
    """Turn the lack of a library that an extra brings into a sentence with the cure; import a platform inside.

    Raises ConfigError.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _OURS:
            raise
        raise ConfigError(
            f"[{platform}] is enabled, but {error.name} is not installed: "
            f"pip install 'thinktwice[{platform}]', or set enabled = false in [{platform}]"
        ) from None
