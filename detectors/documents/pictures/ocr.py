"""OCR by rapidocr with the models of its wheel: one thread, no file, no network."""

from functools import lru_cache
from typing import Any

from detectors.documents.pictures.lines import Word, arranged

_SURE = 0.5
"""Words that were read with a lower confidence are noise."""
_SIDE = 1_280
"""Pixels of the longer side in which words are looked for; they are read in the picture as it is."""


def read(image: Any) -> str:
    """Return the words of a picture (Pillow, RGB) in reading order, a line of the picture in each line."""
    import numpy as np  # noqa: PLC0415 - only where there is a picture

    pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
    return arranged(_words(pixels))


def _words(pixels: Any) -> list[Word]:
    found, turned, read_, *_ = _engine().run_ocr_steps(pixels, {"preprocess": {"ratio_h": 1.0, "ratio_w": 1.0}})
    if found.boxes is None or read_.txts is None:
        return []
    turns = [label == "180" for label, _ in turned.cls_res or ()] or [False] * len(read_.txts)
    return [
        Word(text, tuple((float(x), float(y)) for x, y in box), upside_down)
        for text, score, box, upside_down in zip(read_.txts, read_.scores, found.boxes, turns, strict=True)
        if score >= _SURE and text.strip()
    ]


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
        }
    )
