"""The folders in which a pile was judged share by share, put together again."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dojo.course.catalog import Catalog
from dojo.errors import UsageError
from dojo.grade.intake import Found, Plan, Submission
from dojo.grade.pile import STORE, Left
from dojo.grade.roster import Roster
from dojo.grade.store import FILE, Store
from dojo.grade.unit import unit_of


def to_text(plan: Plan) -> str:
    """A plan as JSON: what of it every part knows."""
    katas = [k.slug for k in plan.katas]
    return json.dumps({**_plain(plan), "katas": katas}, sort_keys=True)


def merge(parts: Sequence[Path], store: Store, catalog: Catalog) -> Plan:
    """Take over what was judged in each part; returns the plan that they have in common.

    Raises:
        UsageError: one is no part, or they are parts of different things.
    """
    texts: dict[str, Path] = {}
    for part in parts:
        folder = part / STORE
        if not (folder / FILE).is_file():
            raise UsageError(
                f"'{part}' is no part: `kata grade PILE --shard 1/4 --out DIR` is one."
            )
        with Store(folder) as other:
            text = other.plan()
            if text is None:
                raise UsageError(f"'{part}' was not judged with `--shard`, so it is no part.")
            texts.setdefault(text, part)
            if len(texts) > 1:
                first, second = texts.values()
                raise UsageError(
                    f"'{first}' and '{second}' are parts of different piles, or were asked for "
                    "differently: the same pile, roster and options belong to each."
                )
            store.adopt(other)
    return _from_text(next(iter(texts)), catalog)


def require_whole(plan: Plan, judged: Sequence[Submission], store: Store, weak: bool) -> None:
    """Nothing, unless a part is missing.

    Raises:
        UsageError: so it is.
    """
    keys = {s: unit_of(plan.kata(s.slug), s.digest).key for s in judged}
    known = store.judged(keys.values())
    missing = sum(
        key not in known or not (known[key].holds(weak) or known[key].is_unjudged)
        for key in keys.values()
    )
    if missing:
        raise UsageError(
            f"{missing} of {len(judged)} submissions are in none of the parts: one is missing or "
            "not ready, or was judged with other versions, options or less isolation than here."
        )


def _plain(plan: Plan) -> dict[str, Any]:
    return {
        "learners": plan.learners,
        "strangers": plan.strangers,
        "submissions": [asdict(s) for s in plan.submissions],
        "left": [asdict(x) for x in plan.left],
        "untold": plan.untold,
        "elsewhere": plan.elsewhere,
        "piles": [asdict(p) for p in plan.piles],
        "roster": None if plan.roster is None else asdict(plan.roster),
    }


def _from_text(text: str, catalog: Catalog) -> Plan:
    """The plan that a text of `to_text` holds.

    Raises:
        UsageError: it is of a pack whose katas aren't here.
    """
    data: dict[str, Any] = json.loads(text)
    known = {k.slug: k for k in catalog.katas}
    strange = next((slug for slug in data["katas"] if slug not in known), None)
    if strange is not None:
        raise UsageError(
            f"The parts are about a kata '{strange}', which the pack '{catalog.pack.name}' doesn't "
            "have. `--pack` names another."
        )
    roster = data["roster"]
    return Plan(
        katas=tuple(known[slug] for slug in data["katas"]),
        learners=tuple(data["learners"]),
        strangers=tuple(data["strangers"]),
        submissions=tuple(Submission(**s) for s in data["submissions"]),
        left=tuple(Left(**x) for x in data["left"]),
        untold=data["untold"],
        elsewhere=data["elsewhere"],
        piles=tuple(Found(**p) for p in data["piles"]),
        roster=roster and Roster(tuple(roster["heading"]), tuple(map(tuple, roster["rows"]))),
    )
