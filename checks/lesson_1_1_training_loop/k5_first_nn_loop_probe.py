"""Runs beside the answer: a model, a loss and an optimizer that remember what was done to them."""

from collections.abc import Callable
from types import ModuleType

import torch
from torch import Tensor, nn


class Kit:
    """What a training needs: a network with one hidden layer, a loss, and SGD.

    Attributes:
        model, loss_fn, opt: for the answer.
    """

    def __init__(self, start: list[Tensor], lr: float, momentum: float) -> None:
        h, i = start[0].shape
        last = nn.Linear(h, len(start[3]))
        self.model = nn.Sequential(nn.Linear(i, h), nn.Tanh(), last)
        with torch.no_grad():
            for parameter, value in zip(self.model.parameters(), start, strict=True):
                parameter.copy_(value)
        self.loss_fn: Callable[[Tensor, Tensor], Tensor] = uneven
        self.opt = torch.optim.SGD(self.model.parameters(), lr=lr, momentum=momentum)
        self._seen: list[str] = []
        self.model.register_forward_hook(lambda *_: self._seen.append("call"))
        last.bias.register_hook(self._note_gradient)
        self.opt.register_step_post_hook(lambda *_: self._seen.append("step"))

    def _note_gradient(self, _: Tensor) -> None:
        self._seen.append("gradient")

    def report(self) -> tuple[list[Tensor], list[int], list[bool]]:
        """What became of them.

        Returns:
            The parameters. How often the model was called, its gradient worked out and a step
            taken. Whether gradients came though the model was never called; whether a step came
            before the first gradient; whether the buffers are empty.
        """
        parameters = [p.detach().clone() for p in self.model.parameters()]
        counts = [self._seen.count(what) for what in ("call", "gradient", "step")]
        passed_by = "gradient" in self._seen and "call" not in self._seen
        early = [what for what in self._seen if what != "call"][:1] == ["step"]
        empty = all(p.grad is None or not bool(p.grad.any()) for p in self.model.parameters())
        return parameters, counts, [passed_by, early, empty]


def kit(
    subject: ModuleType, start: list[Tensor], lr: float, momentum: float
) -> tuple[Kit, nn.Module, Callable[[Tensor, Tensor], Tensor], torch.optim.Optimizer]:
    """The parts of one training, new: the kit, and its model, loss and optimizer."""
    parts = Kit(start, lr, momentum)
    return parts, parts.model, parts.loss_fn, parts.opt


def uneven(pred: Tensor, target: Tensor) -> Tensor:
    """A loss that changes when its arguments are swapped or reshaped: too high costs more, and the
    later columns and rows do."""
    error = torch.atleast_1d(pred - target)  # without dimensions where everything was squeezed
    rows = torch.linspace(1, 2, len(error)).reshape(-1, *[1] * (error.dim() - 1))
    weights = rows * torch.arange(1.0, error.shape[-1] + 1)
    return (error.square() * (1.5 + torch.tanh(error)) * weights).mean()
