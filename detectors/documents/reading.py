"""Bytes and a name -> `Document`. Run inside the sandbox: libraries that read files are not to be trusted."""

from detectors.documents.document import Document, DocumentKind, Limits, Place, Unread
from detectors.documents.formats import kinds
from detectors.documents.formats.intake import FullError, Intake, UnreadError

USUAL = Limits()


def read(data: bytes, name: str, limits: Limits = USUAL) -> Document:
    """Return what the file holds; never raises for what a file may be. What was read before a problem is kept."""
    if len(data) > limits.size:
        return Document(DocumentKind.UNKNOWN, unread=Unread.TOO_LARGE)
    if not data:
        return Document(DocumentKind.UNKNOWN, unread=Unread.EMPTY)
    intake = Intake(limits, _inside)
    unread = None
    try:
        kinds.read(data, name, intake, Place())
    except FullError:
        pass
    except UnreadError as error:
        unread = error.why
    except MemoryError:
        unread = Unread.TOO_MUCH_MEMORY
    except ImportError:
        unread = Unread.NO_LIBRARY
    except Exception:  # noqa: BLE001 - libraries stumble over hostile files in ways that nobody can list
        unread = Unread.BROKEN
    return intake.document(unread)


def _inside(data: bytes, name: str, take: Intake, place: Place) -> None:
    try:
        kinds.read(data, name, take, place)
    except (FullError, UnreadError, MemoryError):
        raise
    except ImportError as error:
        raise UnreadError(Unread.NO_LIBRARY) from error
    except Exception as error:  # as above
        raise UnreadError(Unread.BROKEN) from error
