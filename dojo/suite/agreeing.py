"""The word `agree`: the learner's code and the solution's, side by side with the same arguments."""

import copy
import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from types import ModuleType
from typing import Any

import torch

from dojo.contract.check import capital, describe
from dojo.failure import Failed
from dojo.suite.compare import close, entries, same
from dojo.suite.proxy import Learner
from dojo.verdict import Finding
from dojo.wire.values import Record

_PROBE = "probe."


def agree(
    learner: Learner,
    reference: ModuleType,
    function: str,
    *args: Any,
    name: str | None = None,
    steps: int = 1,
    then: Sequence[tuple[Any, ...]] = (),
) -> Any:
    """Call a function of the learner and of the solution, and require the same of both.

    Both get arguments of their own; what they return and what they make of their arguments is
    compared (tensors and floats up to rounding, all else exactly).

    Args:
        learner: the answer.
        reference: the solution, as the fixture of that name gives it.
        function: the name of the function; of a class, to make an object of it; or of a function
            of the kata's probe: ``probe.steps``.
        args: its arguments.
        name: what the result is, for messages.
        steps: as for `close`.
        then: of a class: what is called on the object, in order: the method's name and arguments.
            What each returns is compared.

    Returns:
        What the learner's function returned.

    Raises:
        Failed: they differ.
    """
    mine = _theirs(learner, function)
    right = _reference(learner, reference, function)
    got, want = _both(mine, right, reference, function, args, steps)
    if isinstance(right, type) and not dataclasses.is_dataclass(right):
        for method, *given in then:
            what = f"`{method}` of `{function}`"
            calls = getattr(got, method), getattr(want, method)
            returned = _both(*calls, reference, method, given, steps)
            _alike(*returned, f"the result of {what}", steps)
        return got
    _alike(got, want, name or f"the result of `{function.removeprefix(_PROBE)}`", steps)
    return got


def _theirs(learner: Learner, function: str) -> Callable[..., Any]:
    if function.startswith(_PROBE):
        return getattr(learner.probe, function.removeprefix(_PROBE))
    return getattr(learner, function)


def _reference(learner: Learner, reference: ModuleType, function: str) -> Callable[..., Any]:
    if not function.startswith(_PROBE):
        return getattr(reference, function)
    return partial(getattr(learner.probe.module, function.removeprefix(_PROBE)), reference)


def _both(
    mine: Callable[..., Any],
    right: Callable[..., Any],
    reference: ModuleType,
    function: str,
    args: Sequence[Any],
    steps: int,
) -> tuple[Any, Any]:
    """What both return; what they make of their arguments is compared."""
    # One copy of all arguments together: two that are one tensor stay one.
    theirs = copy.deepcopy(tuple(args))
    want = right(*[_ours(a, reference) for a in theirs])
    got = mine(*args)
    for i, (arg, other) in enumerate(zip(args, theirs, strict=True), start=1):
        if not callable(arg) and not isinstance(arg, torch.Generator):
            _alike(arg, other, f"argument {i} after the call of `{function}`", steps)
    return got, want


def _ours(value: Any, reference: ModuleType) -> Any:
    """An argument as the solution takes it: records become the dataclasses that it defines."""
    if isinstance(value, Record):
        fields = {k: _ours(v, reference) for k, v in value.fields.items()}
        return getattr(reference, value.type_name)(**fields)
    if isinstance(value, (list, tuple)):
        return type(value)(_ours(v, reference) for v in value)
    return value


def _alike(got: Any, want: Any, name: str, steps: int) -> None:
    if isinstance(want, Record):
        for key, value in want.fields.items():
            _alike(getattr(got, key, None), value, f"`{key}` of {name}", steps)
    elif dataclasses.is_dataclass(want):
        for field in dataclasses.fields(want):
            mine = getattr(want, field.name)
            _alike(getattr(got, field.name, None), mine, f"`{field.name}` of {name}", steps)
    elif (isinstance(want, torch.Tensor) and want.is_floating_point()) or isinstance(want, float):
        close(got, want, name, steps)
    elif isinstance(want, dict):
        if not isinstance(got, dict):
            raise Failed(Finding(f"{capital(name)} should be a dict, but it is {describe(got)}."))
        same(sorted(got, key=repr), sorted(want, key=repr), f"the list of keys of {name}")
        for key, value in want.items():
            _alike(got[key], value, f"{name}[{key!r}]", steps)
    elif isinstance(want, (list, tuple)) and not all(isinstance(v, (int, str)) for v in want):
        for i, (a, b) in enumerate(zip(entries(got, len(want), name), want, strict=True)):
            _alike(a, b, f"item {i} of {name}", steps)
    else:
        same(got, want, name)
