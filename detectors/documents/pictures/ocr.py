"""OCR by rapidocr with the models of its wheel: one thread, no file, no network."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from detectors.documents.pictures.closer import closer
from detectors.documents.pictures.lines import Word, arranged, direction, opposes

_SURE = 0.5
"""Words that were read with a lower confidence are noise."""
_DOUBTED = 0.85
"""Below this confidence words may have been read upside down."""
_TURNED = 0.9
"""The confidence from which the OCR turns words by half before it reads them."""
_SIDE = 1_120
"""Pixels of the longer side in which words are looked for; they are read in the picture as it is."""


def read(image: Any) -> str:
    """Return the words of a picture (Pillow, RGB) in reading order, a line of the picture in each line.

    Where the words are askew or fill a small part of it, that part is turned upright and read again, from nearer.
    """
    words = _words(image)
    near = closer(image, words)
    if near is not None:
        again = _words(near)
        words = max(words, again, key=_read)
    return arranged(words)


def _read(words: Sequence[Word]) -> float:
    """How much was read, and how surely."""
    return sum(len(word.text) * word.score for word in words)


def _words(image: Any) -> list[Word]:
    pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
    engine = _engine()
    found, turned, read_, *crops = engine.run_ocr_steps(pixels, {"preprocess": {"ratio_h": 1.0, "ratio_w": 1.0}})
    if found.boxes is None or read_.txts is None:
        return []
    boxes = [tuple((float(x), float(y)) for x, y in box) for box in found.boxes]
    flipped = [label == "180" and score > _TURNED for label, score in turned.cls_res]
    words = [Word(*one) for one in zip(read_.txts, boxes, flipped, read_.scores, strict=True)]
    return [word for word in _doubted(engine, words, crops[0]) if word.score >= _SURE and word.text.strip()]


def _doubted(engine: Any, words: list[Word], crops: Sequence[Any]) -> list[Word]:
    """Read once more, turned by half, what was read badly or stands on its head beside the others."""
    angle = direction(words)
    doubtful = [n for n, word in enumerate(words) if word.score < _DOUBTED or opposes(word, angle)]
    if not doubtful:
        return words
    other = [crops[n] if words[n].upside_down else np.ascontiguousarray(np.rot90(crops[n], 2)) for n in doubtful]
    again = engine.recognize_txt(other)
    for n, text, score in zip(doubtful, again.txts, again.scores, strict=True):
        if score > words[n].score:
            words[n] = Word(text, words[n].corners, not words[n].upside_down, score)
    return words


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 - it takes a second to load

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": _SIDE,
            "Rec.rec_batch_num": 1,  # several at a time would each cost as much as the longest of them
        }
    )
