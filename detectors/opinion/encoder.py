"""The encoder as it runs: int8 on onnxruntime, one thread, no network; the vectors of its pieces stay in four bits.

It runs in two halves: after the first it can already tell most messages that concern nobody.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from detectors.opinion.labels import begins, goes_on
from detectors.opinion.pieces import Cutter
from detectors.opinion.read import Read

Array = np.ndarray[Any, np.dtype[Any]]

LONGEST = 96
"""Pieces that it reads at once, as in its training."""
WIDTH, BLOCK, BLOCK_BYTES = 384, 32, 18
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
"""The special pieces, as XLM-RoBERTa numbers them."""
PIECES, VECTORS, FIRST, SECOND = "pieces.tsv", "vectors.bin", "first.onnx", "second.onnx"


@dataclass(frozen=True, slots=True)
class Glance:
    """What the first half makes of a text: where its pieces stand, and how likely (0 to 1) it concerns anybody."""

    places: tuple[tuple[int, int], ...]
    concern: float
    seen: Array = field(repr=False)


class Encoder:
    """Reads texts. One instance serves a process."""

    def __init__(self, folder: Path) -> None:
        """Load pieces, vectors and the two halves from a folder; raises OSError if one is missing."""
        rows = [line.split("\t") for line in (folder / PIECES).read_text("utf-8").removesuffix("\n").split("\n")]
        self._cutter = Cutter([row[0] for row in rows], [float(row[1]) for row in rows], UNKNOWN)
        packed = np.memmap(folder / VECTORS, np.uint8, "r")  # shared with other processes, and read as needed
        self._vectors = packed.reshape(len(rows), WIDTH // BLOCK * BLOCK_BYTES)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        options.log_severity_level = 3
        self._first, self._second = (
            onnxruntime.InferenceSession(str(folder / half), options, providers=["CPUExecutionProvider"])
            for half in (FIRST, SECOND)
        )

    def glance(self, text: str) -> Glance:
        """Return what the first half makes of the beginning of `text` (as the recognizers read it), up to `LONGEST`."""
        cut = self._cutter.cut(text)
        ids = [BEGIN, *cut.ids[:LONGEST], END]
        vectors = unpacked(self._vectors[ids])[None]
        seen, glanced = self._first.run(None, {"vectors": vectors})
        return Glance(tuple(cut.places[:LONGEST]), _likely(glanced), seen)

    def read(self, glance: Glance) -> Read:
        """Return what the second half makes of what the first one saw."""
        tags, warn = self._second.run(None, {"seen": glance.seen})
        shares = _softmax(tags[0, 1:-1])
        begun, later = shares[:, begins(0) :: 2].T, shares[:, goes_on(0) :: 2].T
        held = (begun + later).tolist()
        return Read(glance.places, begun.tolist(), later.tolist(), held, _likely(warn))


def unpacked(rows: Array) -> Array:
    """Return the numbers of rows of blocks: a scale of 16 bits, then 32 numbers of 4 bits (ggml's Q4_0)."""
    blocks = rows.reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = (blocks[:, 2:] & 15).astype(np.float32) - 8, (blocks[:, 2:] >> 4).astype(np.float32) - 8
    numbers: Array = (np.concatenate([low, high], 1) * scales).reshape(len(rows), -1)
    return numbers


def _likely(odds: Array) -> float:
    return float(1 / (1 + np.exp(-odds[0])))


def _softmax(logits: Array) -> Array:
    grown = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Array = grown / grown.sum(-1, keepdims=True)
    return shares
