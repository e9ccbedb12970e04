"""Teaches the encoder: examples in batches of like length, some rounds, the average of the last steps' weights."""

import random
import time
from collections.abc import Callable, Iterable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.opinion.examples import Example
from benchmarks.opinion.net import Net
from benchmarks.opinion.vocabulary import Pretrained
from detectors.opinion.labels import LABELS, TYPES, begins, goes_on

PIECES_A_BATCH, MOST_A_BATCH = 3000, 48
NOT_ASKED = -100
BODY, HEADS = 1.5e-4, 1e-3
"""How fast the layers and the heads learn."""
HEADED = ("tag", "warn", "glance")
WARMING, SLOWEST = 100, 0.02
DOUBT = 0.03
"""How often a message's label may be wrong: who is never quite sure can be weighed against the rules."""
KEPT = 0.98
"""How much of the average a step leaves: the last hundred steps or so count."""
_NAMES = (begins(TYPES.index("PERSON")), goes_on(TYPES.index("PERSON")))

AT_A_GLANCE = 0.5
"""How much it counts what the first half alone says of a message."""
HALF = torch.cpu._is_avx512_bf16_supported()  # noqa: SLF001 - torch says it nowhere else
"""Whether this processor multiplies numbers of 16 bits: then learning takes half the time."""

Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
Said = tuple[Tensor, Tensor, Tensor]
"""Log odds of each piece's labels, of each message's warning, and of the same at a glance."""


def batches(examples: Iterable[Example], start: Pretrained, dice: random.Random) -> list[Batch]:
    """Return the examples as tensors: ids, labels, warn, weight, whether natural; those of like length together."""
    told = sorted(examples, key=lambda example: len(example.ids) + dice.random() * 4)
    groups: list[list[Example]] = [[]]
    for example in told:
        if (len(example.ids) + 2) * (len(groups[-1]) + 1) > PIECES_A_BATCH or len(groups[-1]) >= MOST_A_BATCH:
            groups.append([])
        groups[-1].append(example)
    dice.shuffle(groups)
    return [tensors(group, start) for group in groups if group]


def tensors(group: Sequence[Example], start: Pretrained) -> Batch:
    """Return one batch, padded to its longest."""
    long = max(len(example.ids) for example in group) + 2
    ids = torch.full((len(group), long), start.pad)
    tags = torch.full((len(group), long), NOT_ASKED)
    for row, example in enumerate(group):
        ids[row, : len(example.ids) + 2] = torch.tensor([start.begin, *example.ids, start.end])
        tags[row, 1 : len(example.ids) + 1] = torch.tensor(example.tags, dtype=torch.long)
    warn, weight = (torch.tensor([getattr(one, name) for one in group]) for name in ("warn", "weight"))
    return ids, tags, warn, weight, torch.tensor([one.natural for one in group])


def loss_of(said: Said, batch: Batch) -> Tensor:
    """Return how wrong the net is; names that nobody marked in ordinary chat are right either way."""
    _, tags, warn, weight, natural = batch
    tagged, warned, glanced = said
    logs, wanted = tagged.log_softmax(-1), warn * (1 - 2 * DOUBT) + DOUBT
    free = torch.logaddexp(logs[..., 0], torch.logaddexp(logs[..., _NAMES[0]], logs[..., _NAMES[1]]))
    logs = torch.cat([torch.where(natural[:, None], free, logs[..., 0])[..., None], logs[..., 1:]], -1)
    of_tags = functional.nll_loss(logs.reshape(-1, LABELS), tags.reshape(-1), ignore_index=NOT_ASKED)
    return 2 * of_tags + _warn_loss(warned, wanted, weight) + AT_A_GLANCE * _warn_loss(glanced, wanted, weight)


def _warn_loss(warned: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    return (functional.binary_cross_entropy_with_logits(warned, wanted, reduction="none") * weight).mean()


def _says(net: Net, vectors: nn.Embedding, ids: Tensor, pad: int) -> Said:
    with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
        tags, warn, glanced = net(vectors(ids), (ids != pad).float())
    return tags.float(), warn.float(), glanced.float()


def learn(
    net: Net,
    vectors: nn.Embedding,
    start: Pretrained,
    rounds: int,
    examples: Callable[[], Iterable[Example]],
    dice: random.Random,
) -> Net:
    """Return the average of the weights of the last steps."""
    heads = [value for name, value in net.named_parameters() if name.startswith(HEADED)]
    body = [value for name, value in net.named_parameters() if not name.startswith(HEADED)]
    steps = torch.optim.AdamW(
        [{"params": body, "lr": BODY}, {"params": heads, "lr": HEADS}], weight_decay=0.01, fused=True
    )
    first = batches(examples(), start, dice)
    whole = len(first) * rounds
    pace = torch.optim.lr_scheduler.LambdaLR(
        steps, lambda step: min(1.0, (step + 1) / WARMING) * max(SLOWEST, 1 - step / whole)
    )
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(KEPT))
    began = time.monotonic()
    for number in range(rounds):
        net.train()
        for step, batch in enumerate(first if number == 0 else batches(examples(), start, dice)):
            loss = loss_of(_says(net, vectors, batch[0], start.pad), batch)
            steps.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            steps.step()
            pace.step()
            average.update_parameters(net)
            if step % 50 == 0:
                print(f"round {number + 1} of {rounds}, step {step} of about {len(first)}, "
                      f"loss {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)  # fmt: skip
    trained: Net = average.module.eval()
    return trained
