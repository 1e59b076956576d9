"""What the answer's class is, and what the fields of a result really hold."""

import dataclasses
import typing
from types import ModuleType

from torch import Tensor


def shown(annotation: object) -> str:
    """An annotation as text, the same for every way to write it."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is not None:
        name = getattr(origin, "__name__", str(origin))
        return f"{name}[{', '.join(shown(a) for a in inner)}]"
    return getattr(annotation, "__name__", str(annotation))


def class_facts(subject: ModuleType) -> dict[str, str]:
    """What TrainResult is: ``missing``, ``plain``, ``loose`` or ``frozen``; and its fields."""
    found = getattr(subject, "TrainResult", None)
    if found is None:
        return {"is": "missing"}
    if not (isinstance(found, type) and dataclasses.is_dataclass(found)):
        return {"is": "plain"}
    frozen = vars(found)["__dataclass_params__"].frozen
    hints = typing.get_type_hints(found)
    fields = {f.name: shown(hints[f.name]) for f in dataclasses.fields(found)}
    return {"is": "frozen" if frozen else "loose", **{f"field {k}": v for k, v in fields.items()}}


def kinds(
    subject: ModuleType, x: Tensor, y: Tensor, lr: float, epochs: int, goal: float
) -> dict[str, str]:
    """The kind of what a result's fields hold, and whether it is a TrainResult."""
    result = subject.train(x, y, lr, epochs, goal)
    out = {"result": type(result).__name__}
    for field in ("losses", "epochs_run", "stopped_early"):
        out[field] = type(getattr(result, field)).__name__
    out["entries"] = ", ".join(sorted({type(v).__name__ for v in result.losses}))
    return out


def keeps(subject: ModuleType, x: Tensor, y: Tensor, lr: float) -> list[int]:
    """How many losses two results hold, after both have been made."""
    results = [subject.train(x, y, lr, epochs, 0.0) for epochs in (2, 3)]
    return [len(r.losses) for r in results]
