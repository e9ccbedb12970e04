"""An edition goes on learning: its weights are read from what the product reads, where they stand in 8 bits."""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from benchmarks.opinion.net import Net
from detectors.opinion.encoder import GRAPH


def resume(net: Net, folder: Path) -> Net:
    """Return the net with the weights of the edition in `folder`, which must have as many layers."""
    graph = onnx.load(str(folder / GRAPH)).graph
    held = {one.name: torch.tensor(numpy_helper.to_array(one).copy()) for one in graph.initializer}
    weights = {name.removeprefix("net."): held[name] for name in held if name.removeprefix("net.") in net.state_dict()}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            module = node.name.removeprefix("/net/").rpartition("/")[0].replace("/", ".")
            weights[f"{module}.weight"] = _full(held, node.input[1].removesuffix("_quantized"))
    net.load_state_dict(weights)
    return net


def _full(held: dict[str, Tensor], name: str) -> Tensor:
    """Return a matrix as torch has it, from its numbers in 8 bits, their scales and their zeros."""
    small, scale, zero = (held[f"{name}_{part}"].float() for part in ("quantized", "scale", "zero_point"))
    return ((small - zero) * scale).T.contiguous()
