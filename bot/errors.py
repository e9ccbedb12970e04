"""Which errors are sentences for the person at the keyboard: shown on stderr, without a traceback.

ConfigError       config.toml or a token in the environment
DetectorError     what config.toml gives the detector
InputError        a file that a command was given
PolicyError       a policy file
StoreError        the database
PlatformRefused   a chat platform at start
"""

from bot.config import ConfigError
from bot.platform import PlatformRefused
from bot.store.errors import StoreError
from detectors.errors import DetectorError
from policies.errors import PolicyError


class InputError(Exception):
    """A file or value that a command was given can't be used; the message says why and what to do."""


FOR_THE_USER: tuple[type[Exception], ...] = (
    ConfigError,
    DetectorError,
    InputError,
    PolicyError,
    StoreError,
    PlatformRefused,
)
