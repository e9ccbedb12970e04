"""Names of files: what stands before their endings is a part of a name, no number and no address."""

from detectors.lexicons import rows

ENDINGS = frozenset(ending for ending, _ in rows("file_endings.tsv", "ending", "of"))
"""In lower case, without the dot."""

ENDING = rf"\.(?:{'|'.join(sorted(ENDINGS))})(?![a-z])"
"""A pattern for the end of a file's name in a lower-case text."""
