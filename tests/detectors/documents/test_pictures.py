"""Real pictures through the real models: one of each form, in one process, as reading them takes seconds."""

import io

import pytest

pytest.importorskip("rapidocr")
from PIL import Image, ImageDraw, ImageFont
from pillow_heif import register_heif_opener

from detectors.documents.document import DocumentKind, Limits, PartKind
from detectors.documents.reading import read
from detectors.documents.sandbox import Sandbox
from tests.detectors.documents import made

LINES = ("Name Chan Tai Man", "HKID A123456(3)", "Mobile 9123 4567")


def picture(form: str, turn: int = 0) -> bytes:
    """Three lines, as a file of this form."""
    image = Image.new("RGB", (420, 200), "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(LINES):
        draw.text((30, 20 + 55 * number), line, fill="black", font=ImageFont.load_default(30))
    register_heif_opener()
    out = io.BytesIO()
    image.rotate(turn, expand=True).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "turn"),
    [("PNG", 0), ("JPEG", 180), ("WEBP", 90), ("HEIF", 270), ("PNG", 12), ("GIF", 0), ("BMP", 0), ("TIFF", 0)],
    ids=("png", "jpeg", "webp", "heif", "askew", "gif", "bmp", "tiff"),
)
def test_a_picture_is_read_whatever_its_form_and_however_it_is_turned(form: str, turn: int) -> None:
    document = read(picture(form, turn), "photo")
    assert (document.kind, document.unread) == (DocumentKind.PICTURE, None)
    words = next(part.text for part in document.parts if part.kind is PartKind.PICTURE)
    assert words.replace(" ", "") == "\n".join(LINES).replace(" ", "")


async def test_a_letter_with_a_picture_is_read_in_the_sandbox_with_its_limits() -> None:
    twice: dict[str, bytes] = {"word/media/image1.png": picture("PNG"), "word/media/again.png": picture("PNG")}
    letter = made.docx(["see below"], (), **twice)
    document = await Sandbox(Limits(seconds=60)).read(letter, "a.docx")
    assert [part.kind for part in document.parts] == [PartKind.TEXT, PartKind.PICTURE]
    assert "A123456(3)" in document.parts[1].text


def test_a_scan_in_a_pdf_is_read_as_a_picture() -> None:
    out = io.BytesIO()
    Image.open(io.BytesIO(picture("PNG"))).save(out, "PDF", resolution=72)
    document = read(out.getvalue(), "scan.pdf")
    assert document.kind is DocumentKind.PDF
    assert [part.kind for part in document.parts] == [PartKind.PICTURE]
    assert "A123456(3)" in document.parts[0].text
