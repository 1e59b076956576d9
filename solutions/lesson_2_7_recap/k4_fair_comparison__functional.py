from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch.func import functional_call
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


def compare(models: Mapping[str, nn.Module], data: Splits, budget: Budget) -> list[Row]:
    return [one_row(name, model, data, budget) for name, model in models.items()]


def cross_entropy(z: Tensor, y: Tensor) -> Tensor:
    return (z.clamp(min=0) - z * y + torch.log1p(torch.exp(-z.abs()))).mean()


def one_row(name: str, model: nn.Module, data: Splits, budget: Budget) -> Row:
    modes = {m: m.training for m in model.modules()}
    fixed = {k: b.clone() for k, b in model.named_buffers()}
    learnt = {}
    for k, p in model.named_parameters():
        (learnt if p.requires_grad else fixed)[k] = p.detach().clone()
    gen = torch.Generator().manual_seed(budget.seed)
    order = torch.randperm(len(data.x_train), generator=gen)
    at, first_loss = 0, 0.0
    model.train()
    for update in range(budget.updates):
        if at >= len(order):
            order, at = torch.randperm(len(order), generator=gen), 0
        batch, at = order[at : at + budget.batch_size], at + budget.batch_size
        leaves = {k: v.requires_grad_() for k, v in learnt.items()}
        z = functional_call(model, {**leaves, **fixed}, (data.x_train[batch],))
        loss = cross_entropy(z, data.y_train[batch])
        if update == 0:
            first_loss = loss.item()
        grads = torch.autograd.grad(loss, list(leaves.values()))
        learnt = {k: (v - budget.lr * g).detach() for (k, v), g in zip(leaves.items(), grads)}
    model.eval()
    with torch.no_grad():
        z = functional_call(model, {**learnt, **fixed}, (data.x_val,))
    for module, mode in modes.items():
        module.training = mode
    accuracy = 1 - ((z > 0).double() - data.y_val.double()).abs().mean().item()
    size = sum(p.numel() for p in model.parameters())
    return Row(name, size, first_loss, cross_entropy(z, data.y_val).item(), accuracy)
