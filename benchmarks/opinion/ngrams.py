"""The gate before the encoder: short runs of characters, each with a weight, that tell talk about people.

A logistic regression over all runs of one to four characters; the strongest are kept, and learned again alone.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import torch
from torch import Tensor, nn
from torch.nn import functional

from detectors.opinion.gate import LONGEST_RUN, runs

SEEN = 5
"""Messages that a run must stand in to be considered."""
STEPS, PACE = 400, 0.05
SPARSE = 2e-3
"""How much a weight costs in the first learning, so that few are large."""

Told = Sequence[tuple[str, bool, float]]
"""Texts in lower case, whether the encoder must see them, and how much each counts."""


def learned(told: Told, many: int, dice: random.Random) -> tuple[dict[str, float], float]:
    """Return the weights of the `many` strongest runs, and what is added to their sum."""
    seen = Counter(chain.from_iterable(set(_runs(text)) for text, _, _ in told))
    known = {run: number for number, run in enumerate(sorted(run for run, count in seen.items() if count >= SEEN))}
    weights, _ = _regression(told, known, SPARSE, dice)
    best = sorted(known, key=lambda run: -abs(float(weights[known[run]])))[:many]
    chosen = {run: number for number, run in enumerate(sorted(best))}
    weights, bias = _regression(told, chosen, 1e-4, dice)
    return {run: float(weights[number]) for run, number in chosen.items()}, bias


def _runs(text: str) -> Iterator[str]:
    return runs(text, range(1, LONGEST_RUN + 1))


def _regression(told: Told, known: dict[str, int], cost: float, dice: random.Random) -> tuple[Tensor, float]:
    torch.manual_seed(dice.randrange(1 << 30))
    bags = [sorted({known[run] for run in _runs(text) if run in known}) for text, _, _ in told]
    flat = torch.tensor(list(chain.from_iterable(bags)))
    starts = torch.tensor([0, *_sums(map(len, bags))][:-1])
    wanted = torch.tensor([float(must) for _, must, _ in told])
    counts = torch.tensor([weight for _, _, weight in told])
    weights = nn.EmbeddingBag(len(known), 1, mode="sum")
    nn.init.zeros_(weights.weight)
    bias = nn.Parameter(torch.zeros(()))
    steps = torch.optim.Adam([weights.weight, bias], lr=PACE)
    for step in range(STEPS):
        for group in steps.param_groups:
            group["lr"] = PACE * (1 - step / STEPS)
        said = weights(flat, starts)[:, 0] + bias
        loss = functional.binary_cross_entropy_with_logits(said, wanted, counts)
        loss = loss + cost * weights.weight.abs().sum() / 10 + cost * weights.weight.square().sum() / 10
        steps.zero_grad()
        loss.backward()
        steps.step()
    return weights.weight.detach()[:, 0], float(bias.detach())


def _sums(lengths: Iterable[int]) -> Iterator[int]:
    whole = 0
    for length in lengths:
        whole += length
        yield whole
