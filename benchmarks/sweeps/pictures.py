"""How long the reader of files takes for a photograph."""

import asyncio
import io
import random
import resource

from detectors.documents.libraries import missing
from detectors.documents.sandbox import Sandbox

_LINES = ("SICK LEAVE CERTIFICATE", "This is to certify that", "Made Person", "was examined on 3 May 2024", "Dr. Made")


def seconds_of_a_picture(count: int) -> float:
    """Seconds of processor time for one of `count` made photographs, read each by itself; 0 without a reader."""
    if missing():
        return 0.0
    photos = [_photo(number) for number in range(count)]
    before = _worked()
    asyncio.run(_read(photos))
    return (_worked() - before) / count


async def _read(photos: list[bytes]) -> None:
    sandbox = Sandbox()
    for number, photo in enumerate(photos):
        document = await sandbox.read(photo, f"{number}.jpg")
        if document.unread:
            raise SystemExit(f"a made photograph is {document.unread}")


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
