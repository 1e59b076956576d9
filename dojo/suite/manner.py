"""How an answer is judged: as a learner's, or as one of many variants in a proof."""

from dataclasses import dataclass

from dojo.suite.memory import Memory


@dataclass(frozen=True)
class Manner:
    """How an answer is judged; as it stands here, as a learner's is.

    Attributes:
        alone: each check gets a fresh learner process.
        shared: judgements with the same one share their learner process; no failure is repeated in
            a fresh one, and no picture is made.
        owner: judgements with the same one share their learner process, and nothing else changes:
            they are of one file.
        again: the same file was judged with another seed: what no numbers decide is left out.
        brief: nothing is carried out after the first failure.
        memory: what variants answered in earlier judgements; types are then checked only where
            nothing failed.
    """

    alone: bool = False
    shared: object | None = None
    owner: object | None = None
    again: bool = False
    brief: bool = False
    memory: Memory | None = None
