"""Pictures: photos, screenshots, scans; turned upright by what the camera noted, scaled down, read by OCR."""

import io
from typing import Any

from detectors.documents.document import PartKind, Place, Unread
from detectors.documents.formats import properties
from detectors.documents.formats.intake import Intake, UnreadError

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
_SIDE = 2_200
"""Pixels of the longer side of a picture that is read; larger ones are scaled down."""
_SMALLEST = 48
"""Pixels of the shorter side of what may hold words: icons don't."""
_DESCRIPTION, _ARTIST, _COMMENT = 0x010E, 0x013B, 0x9C9C


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take the words in a picture and in its properties."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only where there is a picture
    from pillow_heif import register_heif_opener  # noqa: PLC0415 - as above

    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and looked at before anything is unpacked
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            _refuse_bombs(image, take)
            _add_properties(image, take, place)
            for number in range(_frames(image)):
                if number:
                    image.seek(number)
                if not take.spend("pictures"):
                    return
                add(_upright(image), take, place)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError) as error:
        raise UnreadError(Unread.BROKEN) from error


def add(image: Any, take: Intake, place: Place) -> None:
    """Take the words in a decoded picture."""
    from detectors.documents.pictures import ocr  # noqa: PLC0415 - the models take a second to load

    if min(image.size) >= _SMALLEST:
        take.add(PartKind.PICTURE, place, ocr.read(image))


def _refuse_bombs(image: Any, take: Intake) -> None:
    width, height = image.size
    if width * height > take.limits.pixels:
        raise UnreadError(Unread.BOMB)


def _frames(image: Any) -> int:
    """Pages of a scan; of what moves the first picture alone."""
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def _upright(image: Any) -> Any:
    from PIL import ImageOps  # noqa: PLC0415 - as above

    image.draft("RGB", (_SIDE, _SIDE))
    image.load()
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((_SIDE, _SIDE))
    return _on_white(turned)


def _on_white(image: Any) -> Any:
    """Transparent is white, as viewers show it."""
    from PIL import Image  # noqa: PLC0415 - as above

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground
    return image.convert("RGB")


def _add_properties(image: Any, take: Intake, place: Place) -> None:
    exif = image.getexif()
    said = [str(exif[tag]) for tag in (_DESCRIPTION, _ARTIST) if isinstance(exif.get(tag), str)]
    if isinstance(exif.get(_COMMENT), bytes):
        said.append(exif[_COMMENT].decode("utf-16-le", "replace"))
    said += [f"{key}: {value}" for key, value in image.info.items() if isinstance(value, str) and isinstance(key, str)]
    properties.add_pairs([line[:2_000] for line in said if "xml" not in line[:40].lower()], take, place)
