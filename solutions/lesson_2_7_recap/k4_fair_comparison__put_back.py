from collections.abc import Mapping
from dataclasses import dataclass

import torch
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


class Keeper:
    """Remembers all that a model holds, and puts it back."""

    def __init__(self, model: nn.Module) -> None:
        self.model = model
        self.state = {k: v.clone() for k, v in model.state_dict().items()}
        self.grads = [p.grad for p in model.parameters()]
        self.modes = [(m, m.training) for m in model.modules()]

    def __enter__(self) -> nn.Module:
        for p in self.model.parameters():
            p.grad = None
        return self.model

    def __exit__(self, *_: object) -> None:
        self.model.load_state_dict(self.state)
        for p, grad in zip(self.model.parameters(), self.grads):
            p.grad = grad
        for m, mode in self.modes:
            m.training = mode


def compare(models: Mapping[str, nn.Module], data: Splits, budget: Budget) -> list[Row]:
    criterion = nn.BCEWithLogitsLoss()
    n, rows = len(data.x_train), {}
    for name, handed_in in models.items():
        with Keeper(handed_in) as model:
            rng = torch.Generator().manual_seed(budget.seed)
            opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], budget.lr)
            model.train(True)
            step, queue, first = 0, [], []
            while step < budget.updates:
                if not queue:
                    queue = list(torch.randperm(n, generator=rng).split(budget.batch_size))
                now = queue.pop(0)
                opt.zero_grad()
                loss = criterion(model(data.x_train[now]), data.y_train[now])
                loss.backward()
                opt.step()
                first.append(loss.detach())
                step += 1
            model.train(False)
            with torch.inference_mode():
                z = model(data.x_val)
                val = criterion(z, data.y_val)
                good = (torch.sigmoid(z).round() == data.y_val).sum()
            count = int(torch.nn.utils.parameters_to_vector(model.parameters()).numel())
        accuracy = good.item() / data.y_val.numel()
        rows[name] = Row(name, count, first[0].item(), val.item(), accuracy)
    return [rows[name] for name in models]
