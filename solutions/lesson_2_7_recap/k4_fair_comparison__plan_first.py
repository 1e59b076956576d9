from collections.abc import Mapping
from dataclasses import dataclass
from copy import deepcopy

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn


@dataclass(frozen=True)
class Splits:
    x_train: Float[Tensor, "n d"]
    y_train: Float[Tensor, "n 1"]
    x_val: Float[Tensor, "m d"]
    y_val: Float[Tensor, "m 1"]


@dataclass(frozen=True)
class Budget:
    updates: int
    batch_size: int
    lr: float
    seed: int


@dataclass(frozen=True)
class Row:
    name: str
    n_params: int
    first_loss: float
    val_loss: float
    val_accuracy: float


def plan(n: int, budget: Budget) -> list[list[int]]:
    """All mini-batches of the whole training, before anything is trained."""
    g = torch.Generator()
    g.manual_seed(budget.seed)
    batches: list[list[int]] = []
    while len(batches) < budget.updates:
        order = torch.randperm(n, generator=g).tolist()
        for start in range(0, n, budget.batch_size):
            batches.append(order[start : start + budget.batch_size])
    return batches[: budget.updates]


def compare(models: Mapping[str, nn.Module], data: Splits, budget: Budget) -> list[Row]:
    batches = plan(data.x_train.shape[0], budget)
    result = []
    for name in models:
        net = deepcopy(models[name])
        net.zero_grad()
        net.train()
        first = None
        for batch in batches:
            x, y = data.x_train[batch], data.y_train[batch]
            loss = F.binary_cross_entropy_with_logits(net(x), y)
            if first is None:
                first = float(loss)
            loss.backward()
            for p in net.parameters():
                if p.grad is not None:
                    p.data = p.data - budget.lr * p.grad
                    p.grad = None
        net.eval()
        hits, total = 0, 0.0
        for i in range(len(data.x_val)):
            z = net(data.x_val[i : i + 1]).detach()
            total += F.softplus(-z if data.y_val[i] == 1 else z).item()
            hits += int((z.item() > 0) == bool(data.y_val[i]))
        m = len(data.x_val)
        size = sum(len(p.detach().flatten()) for p in net.parameters())
        result.append(Row(name, size, first, total / m, hits / m))
    return result
