"""The one name finder: who is named in a text, as Hong Kong writes names; `Names` says it to whoever asks."""

from detectors.recognizers.people.name import SURE, Name
from detectors.recognizers.people.names import Names

__all__ = ["SURE", "Name", "Names"]
