"""The encoder while it learns: the first layers of the pretrained one, a head for tags and two for the message.

Half way one head already says how likely the message concerns anybody: most of what the product reads ends there.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.opinion.examples import LONGEST
from benchmarks.opinion.vocabulary import Pretrained
from detectors.opinion.labels import LABELS

LAYERS, HALF_WAY = 6, 3
"""Of the pretrained encoder's twelve those that learn, and after how many of them the message is glanced at."""
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

    def __init__(self, start: Pretrained) -> None:
        """Begin with the first layers of the pretrained encoder."""
        super().__init__()
        self.positions = nn.Parameter(torch.tensor(start.tensors["positions"][: LONGEST + 2]))
        self.norm = nn.LayerNorm(start.width, EPSILON)
        self.norm.weight.data, self.norm.bias.data = (torch.tensor(start.tensors[f"norm.{k}"]) for k in "wb")
        self.layers = nn.ModuleList(Layer(start, number) for number in range(LAYERS))
        self.tag = nn.Linear(start.width, LABELS)
        self.glance, self.warn = nn.Linear(2 * start.width, 1), nn.Linear(2 * start.width, 1)

    def forward(self, vectors: Tensor, here: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the log odds of each piece's labels, of each message's warning, and of the same at a glance.

        `vectors` (messages, pieces, width) are those of the pieces, `here` (messages, pieces) is 1 where one stands.
        """
        seen, glanced = self.begin(vectors, here)
        return *self.end(seen, here), glanced

    def begin(self, vectors: Tensor, here: Tensor) -> tuple[Tensor, Tensor]:
        """Return what the first half makes of the pieces, and the log odds of each message's warning at a glance."""
        x = self.norm(vectors + self.positions[: vectors.shape[1]])
        x = functional.dropout(x, DROPPED, self.training)
        for layer in self.layers[:HALF_WAY]:
            x = layer(x, _mask(here))
        return x, self.glance(_gathered(x, here))[:, 0]

    def end(self, seen: Tensor, here: Tensor) -> tuple[Tensor, Tensor]:
        """Return the log odds of each piece's labels and of each message's warning, from what the first half made."""
        x = seen
        for layer in self.layers[HALF_WAY:]:
            x = layer(x, _mask(here))
        return self.tag(x), self.warn(_gathered(x, here))[:, 0]


def _mask(here: Tensor) -> Tensor:
    return (1.0 - here)[:, None, None, :] * -1e4


def _gathered(x: Tensor, here: Tensor) -> Tensor:
    """Return what the pieces of a message come to together: their mean and their most."""
    weight = here[:, :, None]
    mean = (x * weight).sum(1) / weight.sum(1)
    return torch.cat([mean, (x + (weight - 1.0) * 1e4).amax(1)], 1)
