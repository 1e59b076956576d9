"""Verdicts as text that can be kept and read again, whoever wrote it: plain data, never pickle."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args

from dojo.pictures import Picture
from dojo.verdict import CheckResult, Finding, Verdict

_KINDS = {kind.__name__: kind for kind in (Verdict, CheckResult, Finding, *get_args(Picture))}
_KIND = "~"  # the key that says which class an object is of


def to_text(verdict: Verdict) -> str:
    """A verdict as one line of JSON."""
    return json.dumps(_plain(verdict), separators=(",", ":"))


def from_text(text: str) -> Verdict:
    """The verdict that a line of `to_text` holds.

    Raises:
        ValueError: it is none.
    """
    try:
        verdict = _object(json.loads(text))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"no verdict: {error}") from None
    if not isinstance(verdict, Verdict):
        raise ValueError("no verdict")
    return verdict


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        items = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {_KIND: type(value).__name__, **items}
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    return value


def _object(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_object(v) for v in value)
    if not isinstance(value, dict):
        return value
    items = {k: _object(v) for k, v in value.items() if k != _KIND}
    return _KINDS[value[_KIND]](**items) if _KIND in value else items
