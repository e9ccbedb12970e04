"""Writes what was learned as the product reads it: both halves of the graph in int8, the pieces and their vectors."""

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from benchmarks.opinion.net import Net
from benchmarks.opinion.vocabulary import Pretrained
from detectors.opinion.encoder import FIRST, PIECES, SECOND, VECTORS, WIDTH

OPSET = 17

Axes = dict[str, tuple[str, ...]]
"""What goes in or comes out, and the name of its second axis."""


class _Begin(nn.Module):
    """The first half of the net for one text, all pieces of which are there."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, vectors: Tensor) -> tuple[Tensor, Tensor]:
        return self.net.begin(vectors, torch.ones(vectors.shape[:2]))


class _End(nn.Module):
    """The second half."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, seen: Tensor) -> tuple[Tensor, Tensor]:
        return self.net.end(seen, torch.ones(seen.shape[:2]))


def write(net: Net, start: Pretrained, folder: Path) -> None:
    """Write the files of a model into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    net.eval()
    _graph(_Begin(net), {"vectors": ("pieces",)}, {"seen": ("pieces",), "glanced": ()}, folder / FIRST)
    _graph(_End(net), {"seen": ("pieces",)}, {"tags": ("pieces",), "warn": ()}, folder / SECOND)
    (folder / VECTORS).write_bytes(start.rows.tobytes())
    pieces = zip(start.pieces, start.scores, strict=True)
    (folder / PIECES).write_text("".join(f"{piece}\t{score:.4f}\n" for piece, score in pieces), "utf-8")


def _graph(half: nn.Module, takes: Axes, gives: Axes, path: Path) -> None:
    """Write half of the net in int8; the second axis of what has pieces is as long as the text."""
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            half,
            (torch.zeros(1, 12, WIDTH),),
            str(full),
            input_names=list(takes),
            output_names=list(gives),
            dynamic_axes={name: {1: axes[0]} for name, axes in (takes | gives).items() if axes},
            dynamo=False,
            opset_version=OPSET,
        )
        quantize_dynamic(str(full), str(path), weight_type=QuantType.QInt8, per_channel=True)
