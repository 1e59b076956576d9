"""What variants of one solution answered in earlier judgements, kept through a proof."""

from dataclasses import dataclass, field
from typing import Any

# A variant's text and a digest of what it was asked up to an exchange.
Key = tuple[str, str]
# What an answer consists of, by the name of the part.
Facets = dict[str, Any]


@dataclass
class Memory:
    """What variants answered in each exchange, and which facets of that differ from the solution's.

    Kept through a proof, in which many variants are asked the same with the same seeds.
    """

    answers: dict[Key, Facets] = field(default_factory=dict)
    marks: dict[Key, Facets] = field(default_factory=dict)
