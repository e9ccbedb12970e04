"""How long the reader of files takes for a photograph."""

import asyncio
import io
import random
import resource

from detectors.documents.libraries import missing
from detectors.documents.sandbox import Sandbox

_LINES = ("SICK LEAVE CERTIFICATE", "This is to certify that", "Made Person", "was examined on 3 May 2024", "Dr. Made")


def seconds_of_a_picture(count: int) -> float:
    """Seconds of processor time for one of `count` made photographs, read each by itself; 0 if not all could be.

    A machine that others use may be too slow for one, by the clock.
    """
    if missing():
        return 0.0
    photos = [_photo(number) for number in range(count)]
    before = _worked()
    read = asyncio.run(_read(photos))
    return (_worked() - before) / count if read == count else 0.0


async def _read(photos: list[bytes]) -> int:
    sandbox = Sandbox()
    read = [await sandbox.read(photo, f"{number}.jpg") for number, photo in enumerate(photos)]
    return sum(document.unread is None for document in read)


def _photo(number: int) -> bytes:
    """A sheet with some lines, a little crooked, as a phone takes it."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - the extra `files`

    draw = random.Random(number)  # noqa: S311 - made
    sheet = Image.new("RGB", (1600, 1200), "white")
    pen = ImageDraw.Draw(sheet)
    for line, text in enumerate(_LINES):
        pen.text((160, 200 + 140 * line), text, fill="black", font=ImageFont.load_default(60))
    out = io.BytesIO()
    sheet.rotate(draw.uniform(-3, 3), fillcolor="grey").save(out, "JPEG", quality=85)
    return out.getvalue()


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
