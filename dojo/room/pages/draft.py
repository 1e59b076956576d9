"""A draft of a new mistake for a card's author, from failures that no mistake of the card explains.

Goes into files that others read: no learner's name is in it, and their lines are comments.
"""

import json
import re

from dojo.room.pages.words import code, people, text
from dojo.room.views import Column, Held


def draft_of(held: Held, column: Column) -> str:
    """The draft as TOML; what only the author can know is left empty."""
    seen = held.key.partition("/")[2]
    says = f"What it means, and where to look: {text(held.sentence)}"
    lines = [
        f"# For the card of {column.id} {text(column.title)}: {people(held.ever)} in a room "
        "came to this, and no mistake",
        f"# of the card explains it. Seen: {text(seen)}",
    ]
    if held.lines:
        lines.append("# What some of them wrote:")
        shared = (line for _, some in held.lines for line in code(some).split("\n"))
        lines += [f"#   {text(line) if not line.strip() else line}" for line in shared]
    return "\n".join(
        [
            *lines,
            "",
            "[[mistake]]",
            f"id = {json.dumps(_id(seen))}",
            'edits = [["what the solution says", "what they wrote instead"]]',
            f"says = {json.dumps(says, ensure_ascii=False)}",
            "",
        ]
    )


def _id(seen: str) -> str:
    """An id like those of the cards: small letters, digits and hyphens."""
    words = re.findall(r"[a-z0-9]+", seen.lower())
    return "-".join(words[:5])[:40] or "new-mistake"
