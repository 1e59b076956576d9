"""Which of the mistakes that a repair starts with an answer still makes."""

import itertools
from collections.abc import Sequence

from dojo.course.mistakes import Mistake
from dojo.diagnosis.asking import Asker, OutOfTime
from dojo.diagnosis.facets import equal
from dojo.diagnosis.recognise import PROOF_BUDGET
from dojo.diagnosis.replay import Marks, Replayer, learner_facets
from dojo.suite.attempt import CheckRun
from dojo.suite.judgement import Run

BUDGET = 4.0  # seconds of processor time for all replays


def still_made(run: Run, checks: Sequence[CheckRun]) -> tuple[Mistake, ...]:
    """The planted mistakes that are left, or none where that can't be told.

    They are left if the answers are in everything those of the solution with just these mistakes,
    and of no other choice of them.

    Args:
        run: something failed.
        checks: all that were carried out.
    """
    if len(run.kata.repair) < 2:
        return ()
    known = {m.id: m for m in run.kata.mistakes()}
    planted = [known[name] for name in run.kata.repair]
    talks = [c.conversation for c in checks if c.conversation is not None and c.kind != "load"]
    if not talks:
        return ()
    single = run.less_precise()
    theirs = [learner_facets(i, talk, single) for i, talk in enumerate(talks)]
    budget = BUDGET if run.memory is None else PROOF_BUDGET
    asker = Asker(run.kata.id, run.starter, run.answerer, talks, budget)
    replayer = Replayer(run.kata, asker, run.memory)
    fitting: list[tuple[Mistake, ...]] = []
    try:
        for size in range(1, len(planted) + 1):
            for left in itertools.combinations(planted, size):
                variant = replayer.variant(left)
                if variant is not None and _alike(replayer, variant.text, theirs):
                    fitting.append(left)
    except OutOfTime:
        return ()
    finally:
        asker.close()
    return fitting[0] if len(fitting) == 1 else ()


def _alike(replayer: Replayer, text: str, theirs: Sequence[Marks]) -> bool:
    """Whether a variant answers as the learner's file did, everywhere."""
    for number, answers in enumerate(theirs):
        variants = replayer.answers(text, number)
        if variants.keys() != answers.keys():
            return False
        if not all(equal(answers[key], value) for key, value in variants.items()):
            return False
    return True
