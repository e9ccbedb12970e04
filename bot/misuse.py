"""What a command was given and can't use; apart from the other errors, which know the store and the platforms."""


class InputError(Exception):
    """A file or value that a command was given can't be used; the message says why and what to do."""


class NotBegun(InputError):
    """The same, of a command that would have gone on past what it can't read: it ends with 2, as other misuse does."""
