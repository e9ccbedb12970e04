"""Writes what was learned as the product reads it: the graph in int8, the vectors of pieces in 4 bits, the pieces."""

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from benchmarks.opinion.net import Net
from benchmarks.opinion.vocabulary import Pretrained
from detectors.opinion.encoder import GRAPH, PIECES, VECTORS, WIDTH

OPSET = 17


class _Whole(nn.Module):
    """The net for one text, all pieces of which are there."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, vectors: Tensor) -> tuple[Tensor, Tensor]:
        said: tuple[Tensor, Tensor] = self.net(vectors, torch.ones(vectors.shape[:2]))
        return said


def write(net: Net, start: Pretrained, folder: Path) -> None:
    """Write the three files of a model into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    net.eval()
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            _Whole(net),
            (torch.zeros(1, 12, WIDTH),),
            str(full),
            input_names=["vectors"],
            output_names=["tags", "warn"],
            dynamic_axes={"vectors": {1: "pieces"}, "tags": {1: "pieces"}},
            dynamo=False,
            opset_version=OPSET,
        )
        quantize_dynamic(str(full), str(folder / GRAPH), weight_type=QuantType.QInt8, per_channel=True)
    (folder / VECTORS).write_bytes(start.rows.tobytes())
    pieces = zip(start.pieces, start.scores, strict=True)
    (folder / PIECES).write_text("".join(f"{piece}\t{score:.4f}\n" for piece, score in pieces), "utf-8")
