"""Which errors are sentences for the person at the keyboard: shown on stderr, without a traceback.

ConfigError       config.toml or a token in the environment
DetectorError     what config.toml gives the detector
InputError        a file that a command was given
PolicyError       a policy file
StoreError        the database
PlatformRefused   a chat platform at start
"""

from bot.config import ConfigError
from bot.misuse import InputError
from bot.platform import PlatformRefused
from bot.store.errors import StoreError
from detectors.errors import DetectorError
from policies.errors import PolicyError

FOR_THE_USER: tuple[type[Exception], ...] = (
    ConfigError,
    DetectorError,
    InputError,
    PolicyError,
    StoreError,
    PlatformRefused,
)
