"""Mails as files (.eml): subject, people, text in whatever encoding, attachments."""

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser

from detectors.documents.document import DocumentKind, PartKind, Place, Unread
from detectors.documents.formats import text
from detectors.documents.formats.decoding import decoded
from detectors.documents.formats.intake import Intake, UnreadError

_PEOPLE = ("From", "To", "Cc", "Reply-To")


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take the mail, mails inside it, and the files that it carries."""
    take.enter(DocumentKind.MAIL)
    try:
        _take(BytesParser(policy=policy.default).parsebytes(data), take, place)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        # The parser of the standard library stumbles over some broken headers, each in its own way.
        raise UnreadError(Unread.BROKEN) from error
    finally:
        take.leave()


def _take(mail: EmailMessage, take: Intake, place: Place) -> None:
    add_head(_header(mail, "Subject"), [_header(mail, name) for name in _PEOPLE], take, place)
    for leaf in _leaves(mail):
        if leaf.get_content_type() == "message/rfc822":
            continue
        name = str(leaf.get_filename() or "")
        if name or leaf.get_content_maintype() not in ("text", "multipart"):
            take.inside(_bytes(leaf), name, place)
        elif leaf.get_content_type() == "text/html":
            text.add(text.without_tags(_words(leaf)), take, place)
        else:
            text.add(_words(leaf), take, place)


def add_head(subject: str, people: list[str], take: Intake, place: Place) -> None:
    """Take the subject of a mail and who wrote to whom."""
    take.add(PartKind.NAME, place, subject)
    take.add(PartKind.MARGIN, place, "\n".join(person for person in people if person))


def _leaves(mail: Message) -> Iterator[Message]:
    """The parts that hold something; of a text in two forms the plain one, if there is any."""
    for part in mail.walk():
        if part.get_content_maintype() == "multipart":
            continue
        yield part


def _header(mail: Message, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _words(part: Message) -> str:
    return decoded(_bytes(part), part.get_content_charset() or "")
