"""Which of a verdict's pictures are shown."""

from dojo.pictures import GradientBars, Picture
from dojo.verdict import Verdict


def worth_drawing(verdict: Verdict) -> list[Picture]:
    """The pictures of a verdict, one of a kind: where something failed, else the last."""
    failed = {c.name for c in verdict.checks if c.outcome == "failed"}
    chosen: dict[tuple[object, ...], Picture] = {}
    for picture in verdict.pictures:
        of = picture.names if isinstance(picture, GradientBars) else ()
        key = type(picture), picture.title, of
        if key not in chosen or chosen[key].check not in failed:
            chosen[key] = picture
    return list(chosen.values())
