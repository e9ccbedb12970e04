"""The encoder while it learns: the first layers of the pretrained one, a head for tags and a head for the message."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.opinion.examples import LONGEST
from benchmarks.opinion.vocabulary import Pretrained
from detectors.opinion.labels import LABELS

DROPPED = 0.1
EPSILON = 1e-12


class Layer(nn.Module):
    """One layer of a BERT: everybody looks at everybody, then each thinks alone."""

    def __init__(self, start: Pretrained, number: int) -> None:
        """Begin with a layer of the pretrained encoder."""
        super().__init__()
        width = start.width
        self.width, self.heads = width, start.heads
        self.asks = nn.Linear(width, 3 * width)
        self.mixes = nn.Linear(width, width)
        self.widens = nn.Linear(width, start.inner)
        self.narrows = nn.Linear(start.inner, width)
        self.first, self.second = nn.LayerNorm(width, EPSILON), nn.LayerNorm(width, EPSILON)

        def given(name: str) -> Tensor:
            return torch.tensor(start.tensors[f"{number}.{name}"])

        self.asks.weight.data = torch.cat([given(f"{part}.w") for part in "qkv"])
        self.asks.bias.data = torch.cat([given(f"{part}.b") for part in "qkv"])
        named = {"ao": self.mixes, "fi": self.widens, "fo": self.narrows, "aln": self.first, "oln": self.second}
        for name, module in named.items():
            module.weight.data, module.bias.data = given(f"{name}.w"), given(f"{name}.b")

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return what the layer makes of `x` (messages, pieces, width)."""
        many, long, width = x.shape
        q, k, v = self.asks(x).view(many, long, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = self.mixes(seen.transpose(1, 2).reshape(many, long, width))
        x = self.first(x + functional.dropout(mixed, DROPPED, self.training))
        inner = self.narrows(functional.gelu(self.widens(x)))
        out: Tensor = self.second(x + functional.dropout(inner, DROPPED, self.training))
        return out


class Net(nn.Module):
    """Layers and heads. What comes in are the vectors of the pieces, which never change."""

    def __init__(self, start: Pretrained, layers: int) -> None:
        """Begin with the first `layers` layers of the pretrained encoder."""
        super().__init__()
        self.positions = nn.Parameter(torch.tensor(start.tensors["positions"][: LONGEST + 2]))
        self.norm = nn.LayerNorm(start.width, EPSILON)
        self.norm.weight.data, self.norm.bias.data = (torch.tensor(start.tensors[f"norm.{k}"]) for k in "wb")
        self.layers = nn.ModuleList(Layer(start, number) for number in range(layers))
        self.tag = nn.Linear(start.width, LABELS)
        self.warn = nn.Linear(2 * start.width, 1)

    def forward(self, vectors: Tensor, here: Tensor) -> tuple[Tensor, Tensor]:
        """Return the log odds of each piece's labels, and of each message's warning.

        `vectors` (messages, pieces, width) are those of the pieces, `here` (messages, pieces) is 1 where one stands.
        """
        x = self.norm(vectors + self.positions[: vectors.shape[1]])
        x = functional.dropout(x, DROPPED, self.training)
        mask = (1.0 - here)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, mask)
        weight = here[:, :, None]
        mean = (x * weight).sum(1) / weight.sum(1)
        most = (x + (weight - 1.0) * 1e4).amax(1)
        return self.tag(x), self.warn(torch.cat([mean, most], 1))[:, 0]
