"""How many of the mistakes that a repair starts with an answer no longer makes."""

import itertools
from collections.abc import Sequence

from dojo.diagnosis.facets import equal
from dojo.diagnosis.recognise import PROOF_BUDGET
from dojo.diagnosis.replay import Marks, OutOfTime, Replayer, learner_facets
from dojo.judge.run import CheckRun, Run

BUDGET = 4.0  # seconds for all replays


def mended(run: Run, checks: Sequence[CheckRun]) -> int | None:
    """The number of mended mistakes, or None where that can't be told.

    An answer is told to make some of them still if it answers in everything as the solution with
    these mistakes does, and as no other number of them does.

    Args:
        run: of a kata whose stub starts with several mistakes; something failed.
        checks: all that were carried out.
    """
    known = {m.id: m for m in run.kata.mistakes()}
    planted = [known[name] for name in run.kata.repair]
    talks = [c.conversation for c in checks if c.conversation is not None and c.kind != "load"]
    if not talks:
        return None
    single = run.less_precise()
    theirs = [learner_facets(i, talk, single) for i, talk in enumerate(talks)]
    budget = BUDGET if run.memory is None else PROOF_BUDGET
    replayer = Replayer(run.kata, run.starter, run.answerer, talks, budget, run.memory)
    fitting: set[int] = set()
    try:
        for size in range(1, len(planted) + 1):
            for left in itertools.combinations(planted, size):
                variant = replayer.variant(left)
                if variant is not None and _alike(replayer, variant.text, theirs):
                    fitting.add(size)
    except OutOfTime:
        return None
    finally:
        replayer.close()
    return len(planted) - fitting.pop() if len(fitting) == 1 else None


def _alike(replayer: Replayer, text: str, theirs: Sequence[Marks]) -> bool:
    """Whether a variant answers as the learner's file did, everywhere."""
    for number, answers in enumerate(theirs):
        variants = replayer.answers(text, number)
        if variants.keys() != answers.keys():
            return False
        if not all(equal(answers[key], value) for key, value in variants.items()):
            return False
    return True
