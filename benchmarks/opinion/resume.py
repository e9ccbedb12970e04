"""An edition goes on learning: its weights are read from what the product reads, where they stand in 8 bits."""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from benchmarks.opinion.net import Net
from detectors.opinion.encoder import FIRST, SECOND


def resume(net: Net, folder: Path) -> Net:
    """Return the net with the weights of the edition in `folder`."""
    net.load_state_dict({**_weights(net, folder / FIRST), **_weights(net, folder / SECOND)})
    return net


def _weights(net: Net, path: Path) -> dict[str, Tensor]:
    """Return the weights that half of the graph holds, by their names in the net."""
    graph = onnx.load(str(path)).graph
    held = {one.name: torch.tensor(numpy_helper.to_array(one).copy()) for one in graph.initializer}
    weights = {name.removeprefix("net."): held[name] for name in held if name.removeprefix("net.") in net.state_dict()}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            module = node.name.removeprefix("/").rpartition("/")[0].replace("/", ".")
            weights[f"{module}.weight"] = _full(held, node.input[1].removesuffix("_quantized"))
    return weights


def _full(held: dict[str, Tensor], name: str) -> Tensor:
    """Return a matrix as torch has it, from its numbers in 8 bits, their scales and their zeros."""
    small, scale, zero = (held[f"{name}_{part}"].float() for part in ("quantized", "scale", "zero_point"))
    return ((small - zero) * scale).T.contiguous()
