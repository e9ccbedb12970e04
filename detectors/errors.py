"""What people gave the detector and it can't use. Light, so that a command can know these without Presidio."""


class DetectorError(ValueError):
    """One sentence a problem, with the place, the reason and the cure."""


class TooSlowError(Exception):
    """A text took longer than one text may; it says nothing of the text."""


class AllowError(DetectorError):
    """An entry of an allow-list can't be understood."""


class ModelError(DetectorError):
    """A spaCy model can't be used."""


class CustomError(DetectorError):
    """A file of custom recognizers can't be used: one line a problem."""


class LexiconError(DetectorError):
    """A table of `lexicons/` can't be read as one: somebody's edit went wrong."""
