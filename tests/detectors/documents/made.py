"""Files of each kind, made by hand from invented people: what stands in them is in plain sight here."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

PEOPLE = (
    ("Chan Tai Man", "A1234563", "91234567"),
    ("Wong Siu Ming", "G123456A", "62345678"),
    ("Ho Ka Yan", "K1234560", "92345678"),
)
HEADING = ("Name", "HKID", "Mobile")
ROWS = (HEADING, *PEOPLE)

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FORMATS = "http://schemas.openxmlformats.org"
_A = f'xmlns:a="{_FORMATS}/drawingml/2006/main" xmlns:p="{_FORMATS}/presentationml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(members: Mapping[str, str | bytes], compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def csv(rows: Sequence[Sequence[str]] = ROWS, sign: str = ",") -> bytes:
    """A table of text."""
    return "\r\n".join(sign.join(row) for row in rows).encode()


def docx(
    paragraphs: Sequence[str] = (),
    table: Sequence[Sequence[str]] = (),
    below: Sequence[str] = (),
    /,
    **more: str | bytes,
) -> bytes:
    """A letter; `more` are further parts by their names, dots for slashes left to the caller."""
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p>{_run(cell)}</w:p></w:tc>" for cell in row) + "</w:tr>" for row in table
    )
    body = _paragraphs(paragraphs) + (f"<w:tbl>{cells}</w:tbl>" if table else "") + _paragraphs(below)
    document = f"<?xml version='1.0'?><w:document {_W}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def word_part(root: str, text: str) -> str:
    """Another part of a letter: hdr, comments ..."""
    return f"<w:{root} {_W}><w:p>{_run(text)}</w:p></w:{root}>"


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<w:p>{_run(line)}</w:p>" for line in lines)


def _run(text: str) -> str:
    half = len(text) // 2  # Word cuts what people wrote into runs at will
    pieces = (escape(piece) for piece in (text[:half], text[half:]))
    return "".join(f"<w:r><w:t xml:space='preserve'>{piece}</w:t></w:r>" for piece in pieces)


def pptx(slides: Sequence[Sequence[str]], notes: str = "") -> bytes:
    """Slides of paragraphs."""
    members: dict[str, str | bytes] = {"ppt/presentation.xml": "<p/>"}
    for number, lines in enumerate(slides, 1):
        body = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
        members[f"ppt/slides/slide{number}.xml"] = f"<p:sld {_A}><p:txBody>{body}</p:txBody></p:sld>"
    if notes:
        members["ppt/notesSlides/notesSlide1.xml"] = f"<p:notes {_A}><a:p><a:r><a:t>{notes}</a:t></a:r></a:p></p:notes>"
    return packed(members)


def xlsx(sheets: Mapping[str, Sequence[Sequence[str | int]]], **more: str | bytes) -> bytes:
    """A workbook; cells are texts or numbers. Sheets whose name begins with ~ are hidden."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}" '
        f'state="{"hidden" if name[0] == "~" else "visible"}"/>'
        for n, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {_S} {_R}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
    }
    for number, rows in enumerate(sheets.values(), 1):
        members[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows)
    return packed(members | more)


def xlsb(rows: Sequence[Sequence[str | int]]) -> bytes:
    """A workbook in Excel's binary form (MS-XLSB): records of a number, a length and what they say."""
    package = "http://schemas.openxmlformats.org/package/2006"
    bounds = struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = _record(0x81) + _record(0x94, bounds) + _record(0x91)
    for y, row in enumerate(rows):
        sheet += _record(0x00, struct.pack("<3IB", y, 0, 0, 0) + bytes(8))
        for x, value in enumerate(row):
            place = struct.pack("<2I", x, 0)
            number = isinstance(value, int)
            sheet += _record(
                0x05 if number else 0x06, place + (struct.pack("<d", value) if number else _wide(str(value)))
            )
    named = struct.pack("<2I", 0, 1) + _wide("rId1") + _wide("S")
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
            "xl/workbook.bin": _record(0x83) + _record(0x8F) + _record(0x9C, named) + _record(0x90) + _record(0x84),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{_REL}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": sheet + _record(0x92) + _record(0x82),
        }
    )


def _record(kind: int, data: bytes = b"") -> bytes:
    return _sevens(kind) + _sevens(len(data)) + data


def _sevens(number: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    out = b""
    while number >= 0x80:
        out += bytes((number & 0x7F | 0x80,))
        number >>= 7
    return out + bytes((number,))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def odt(lines: Sequence[str]) -> bytes:
    """A letter of LibreOffice."""
    office, text = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text"))
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:text="{text}"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<manifest/>"}
    return packed({**members, "content.xml": content}, zipfile.ZIP_STORED)


def _sheet(rows: Sequence[Sequence[str | int]]) -> str:
    body = "".join(
        f'<row r="{y}">' + "".join(_cell(x, y, value) for x, value in enumerate(row)) + "</row>"
        for y, row in enumerate(rows, 1)
    )
    return f'<worksheet {_S}><cols><col min="2" max="2" hidden="1"/></cols><sheetData>{body}</sheetData></worksheet>'


def _cell(x: int, y: int, value: str | int) -> str:
    place = f'r="{chr(65 + x)}{y}"'
    if isinstance(value, int):
        return f"<c {place}><v>{value}</v></c>"
    return f'<c {place} t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def ods(rows: Sequence[Sequence[str]], comment: str = "", *, encrypted: bool = False) -> bytes:
    """A sheet of LibreOffice."""
    office, table, text = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text"))
    note = f"<office:annotation><text:p>{comment}</text:p></office:annotation>" if comment else ""
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string">{note if (x, y) == (0, 1) else ""}<text:p>{cell}</text:p>'
            "</table:table-cell>"
            for x, cell in enumerate(row)
        )
        + "</table:table-row>"
        for y, row in enumerate(rows)
    )
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}"><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    secret = "<manifest:encryption-data/>" if encrypted else ""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest:manifest>{secret}</manifest:manifest>",
            "content.xml": content,
        },
        zipfile.ZIP_STORED,
    )


def pdf(pages: Sequence[Sequence[str]], title: str = "", beside: Sequence[str] = ()) -> bytes:
    """Pages of lines in the font that every reader has; `beside` are lines at their right, written after them."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td\n{_lines(lines)}ET".encode()
        stream += f"\nBT /F1 12 Tf 14 TL 300 720 Td\n{_lines(beside)}ET".encode() if beside else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(f"<< /Title ({title}) >>".encode())
    return _numbered(objects)


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*\n" for line in lines)


def _numbered(objects: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        bytes(out)
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
        + b"startxref\n%d\n%%%%EOF" % len(out)
    )


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (.msg, .xls and whatever is encrypted): streams in the root, each in sectors of its own.

    Names with a slash stand in a folder. Source: [MS-CFB], version 3, without a mini stream.
    """
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    entries: list[tuple[str, int, int, bytes]] = [("Root Entry", 5, -1, b"")]
    folders: dict[str, int] = {"": 0}
    for path, data in streams.items():
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            folders[folder] = len(entries)
            entries.append((folder, 1, 0, b""))
        entries.append((name, 2, folders[folder], data.ljust(4096, b"\0") if len(data) < 4096 else data))
    chains: list[int] = []
    starts, body = [], b""
    for _, kind, _, data in entries:
        starts.append(len(chains) if kind == 2 else end)
        if kind == 2:
            count = -(-len(data) // sector)
            chains += [len(chains) + 1 + n for n in range(count - 1)] + [end]
            body += data.ljust(count * sector, b"\0")
    directory = b"".join(_entry(entries, starts, at) for at in range(len(entries)))
    directory += b"\0" * (-len(directory) % sector)
    first = len(chains)
    count = len(directory) // sector
    chains += [first + 1 + n for n in range(count - 1)] + [end]
    tables = 1
    while (len(chains) + tables) * 4 > tables * sector:
        tables += 1
    at = len(chains)
    chains += [0xFFFFFFFD] * tables
    table = b"".join(struct.pack("<I", one) for one in chains).ljust(tables * sector, b"\xff")
    difat = [at + n for n in range(tables)] + [free] * (109 - tables)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, tables, first, 0, 4096, end, 0, end, 0) + struct.pack("<109I", *difat)
    return head + body + directory + table


def _entry(entries: Sequence[tuple[str, int, int, bytes]], starts: Sequence[int], at: int) -> bytes:
    name, kind, parent, data = entries[at]
    none = 0xFFFFFFFF
    children = [n for n, one in enumerate(entries) if one[2] == at]
    siblings = [n for n, one in enumerate(entries) if one[2] == parent]
    after = siblings[siblings.index(at) + 1 :] if at else []
    wide = name.encode("utf-16-le")
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBB", len(wide) + 2, kind, 1)
        + struct.pack("<III", none, after[0] if after else none, children[0] if children else none)
        + b"\0" * 36
        + struct.pack("<IQ", starts[at] if kind == 2 else 0xFFFFFFFE, len(data))
    )


def msg(subject: str, body: str, attached: Mapping[str, bytes] | None = None) -> bytes:
    """A mail of Outlook."""
    streams = {
        "__properties_version1.0": b"\0" * 32,
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    for number, (name, data) in enumerate((attached or {}).items()):
        folder = f"__attach_version1.0_#{number:08X}"
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = data
    return compound(streams)
