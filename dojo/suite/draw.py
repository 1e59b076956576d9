"""Pictures of a check: the suite's word `draw`, and what is drawn of gradients by itself.

A picture is looked at, never judged by: recording one can't fail a check, and what has to be
computed for it is computed when the check has ended.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import torch

from dojo.failure import Failed
from dojo.pictures import Boundary, GradientBars, Picture
from dojo.suite.compare import Comparison
from dojo.suite.proxy import Learner
from dojo.wall.conversation import Conversation

MOST = 4  # pictures of one check
SECONDS = 1.0  # limit of a call that only a picture needs
SIDE = 40  # rows and columns of a grid that a model is asked on


def draw(learner: Learner, picture: Picture | Callable[[], Picture]) -> None:
    """Record a picture of this check; of several of one kind and title, the last counts.

    Args:
        learner: the answer.
        picture: the picture, or a function that makes it. The function is called after the check
            has ended, however it ended, so it may ask the learner's code for what only the
            picture needs (the outputs on a grid); if that fails there is no picture.
    """
    learner._conversation.pictures.append(picture)


def boundary_of(
    model: Callable[[torch.Tensor], torch.Tensor],
    xlim: tuple[float, float],
    ylim: tuple[float, float],
    points: torch.Tensor,
    labels: torch.Tensor,
    level: float = 0.5,
    title: str = "the decision boundary",
) -> Callable[[], Boundary]:
    """Make the picture, for `draw`, of what a model says of the plane when the check has ended.

    Args:
        model: gives one output for each row (x, y).
        xlim, ylim: where its grid begins and ends.
        points, labels: of the data, drawn into it.
        level: outputs above it mean label 1.
        title: what it shows, in a few words.
    """

    def made() -> Boundary:
        rows, columns = torch.linspace(*ylim, SIDE), torch.linspace(*xlim, SIDE)
        grid = model(torch.cartesian_prod(rows, columns).flip(1)).detach().reshape(SIDE, SIDE)
        return Boundary.of(grid, xlim, ylim, points, labels, level, title)

    return made


def pictures_of(
    check: str, talk: Conversation, comparisons: Sequence[Comparison], usable: bool
) -> tuple[tuple[Picture, ...], bool]:
    """The pictures of a check that has ended, bound to its name.

    Args:
        check: its name.
        talk: its conversation.
        comparisons: what `close` compared in it.
        usable: whether the learner process can still be asked.

    Returns:
        The pictures, and whether the learner process can still be asked.
    """
    made = _gradients(comparisons)
    answerer, exchanges, last = talk.answerer, len(talk.exchanges), talk.last
    float32 = talk.saw_float32
    talk.answerer = replace(answerer, seconds=min(answerer.seconds, SECONDS))
    for wanted in talk.pictures:
        if not callable(wanted):
            made.append(wanted)
        elif usable:
            try:
                made.append(wanted())
            except Failed as failed:
                usable = failed.cause not in ("gone", "hang")
            except Exception:
                pass  # only a picture is missing; what is wrong was told by the check
    # Diagnosis must find the conversation as the check left it.
    del talk.exchanges[exchanges:]
    talk.answerer, talk.last, talk.saw_float32 = answerer, last, float32
    named = {(type(p), p.title): replace(p, check=check) for p in made}
    return tuple(named.values())[-MOST:], usable


def _gradients(comparisons: Sequence[Comparison]) -> list[Picture]:
    """The gradients that were compared last, each parameter once."""
    found: dict[str, tuple[Any, Any]] = {}
    for bar, got, want in comparisons:
        if bar is None:
            continue
        if bar in found:  # the next example
            found = {}
        found[bar] = got, want
    return [GradientBars.of(found)] if found else []
