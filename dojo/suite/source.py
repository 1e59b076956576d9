"""Where an answer's random numbers come from."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import torch

from dojo.failure import Failed
from dojo.suite.proxy import Learner
from dojo.verdict import Finding
from dojo.wire.values import Record

if TYPE_CHECKING:
    from dojo.suite.vocabulary import Gen


def draws_from(
    learner: Learner,
    gen: "Gen",
    call: Callable[[torch.Generator], Any],
    name: str = "the result",
    *,
    calm: Any = None,
    elsewhere: str | None = None,
    another: str | None = None,
    fixed: str | None = None,
    restarts: str | None = None,
    next_call: bool = True,
) -> None:
    """Require that all randomness comes from the generator that is handed over.

    The same state gives the same, another seed and the next call give something else, and
    torch's global generators stay where they are.

    Args:
        learner: the answer.
        gen: makes the generators.
        call: makes one call of the learner with a generator, and returns what should vary; so
            many draws that two calls never agree by chance.
        name: what that is, for the messages.
        calm: what comes back where nothing is drawn: an answer that is like it draws nothing, and
            another check says so.
        elsewhere: mistake of the card: numbers are drawn from a global generator.
        another: the same state gives something else, without that.
        fixed: every generator gives the same.
        restarts: every call with one generator gives the same.
        next_call: whether the stub asks for something else from the next call.

    Raises:
        Failed: one of these.
    """
    first, second = gen.generator(), gen.generator()
    twin = torch.Generator()
    twin.set_state(first.get_state())
    drawn = learner.last.global_draws  # an iterator's items are calls of their own
    value = _copied(call(first))
    if learner.last.global_draws > drawn:
        _tell("Random numbers were drawn from a global generator instead of from `gen`.", elsewhere)
    if not alike(value, _copied(call(twin))):
        _tell(f"Two calls with gen in the same state gave different {name}.", another)
    if calm is not None and alike(value, calm):
        return
    if alike(value, _copied(call(second))):
        _tell(f"Two generators with different seeds gave the same {name}.", fixed)
    if next_call and alike(value, _copied(call(first))):
        _tell(f"Two calls one after the other, with the same gen, gave the same {name}.", restarts)


def alike(a: Any, b: Any) -> bool:
    """Whether two results (tensors, numbers, lists, Records) are the same up to rounding."""
    if isinstance(a, Record) and isinstance(b, Record):
        return alike(list(a.fields.values()), list(b.fields.values()))
    if isinstance(a, torch.Tensor) and isinstance(b, torch.Tensor):
        return a.shape == b.shape and torch.allclose(
            a.detach().double(), b.detach().double(), rtol=1e-6, atol=1e-6, equal_nan=True
        )
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) <= 1e-6 * max(1.0, abs(a))
    return bool(a == b)


def _copied(value: Any) -> Any:
    """A copy: what is returned next may be the same object with other numbers."""
    if isinstance(value, torch.Tensor):
        return value.detach().clone()
    if isinstance(value, Record):
        return Record(value.type_name, {k: _copied(v) for k, v in value.fields.items()})
    if isinstance(value, (list, tuple)):
        return [_copied(v) for v in value]
    return value


def _tell(message: str, mistake: str | None) -> None:
    raise Failed(Finding(message, mistake=mistake))
