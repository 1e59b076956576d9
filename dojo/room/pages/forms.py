"""A form of the board as an act, and what is said when it was done. Knows no request, no room."""

import time
from collections.abc import Callable, Mapping

from dojo.room import acts
from dojo.room.acts import Act

Form = Mapping[str, list[str]]
SNOOZE = 5  # minutes
MOST_MINUTES = 1440


class NoAct(ValueError):
    """A form that asks for nothing that can be done; the text is a sentence."""


def act_of(form: Form, now: Callable[[], float] = time.time) -> tuple[Act, str]:
    """The act that a form asks for, and the sentence for when it is done.

    Raises:
        NoAct: it asks for none.
    """
    verb, _, rest = _one(form, "do").partition(" ")
    if verb in _ABOUT_SOMEBODY:
        return _ABOUT_SOMEBODY[verb](_learner(rest), _one(form, "by").strip()[: acts.MOST_BY])
    if verb in _PLAIN:
        return _PLAIN[verb]
    if verb == "say":
        line = " ".join(_one(form, "line").split())
        if not line:
            raise NoAct("Write a line first.")
        if len(line) > acts.MOST_LINE:
            raise NoAct(f"A line has at most {acts.MOST_LINE} characters.")
        return acts.Say(line), "Said: it stands under everybody's next check."
    if verb == "timer":
        minutes = _minutes(form, least=1)
        return acts.Timer(minutes), f"The timer runs: {minutes} min."
    if verb == "solutions":
        minutes = _minutes(form, least=0)
        when = f"in {minutes} min" if minutes else "from now on"
        return acts.SolutionsFrom(now() + 60 * minutes), f"Solutions may be shown {when}."
    if verb == "open":
        slugs = tuple(dict.fromkeys(form.get("slug", ())))
        return acts.OpenKatas(slugs), "These katas are open." if slugs else "All katas are open."
    raise NoAct("The board doesn't know this act.")


_ABOUT_SOMEBODY: dict[str, Callable[[int, str], tuple[Act, str]]] = {
    "helped": lambda n, by: (acts.Helped(n, by), "Noted: helped."),
    "snooze": lambda n, _: (acts.Snooze(n, SNOOZE), f"Not shown for {SNOOZE} min."),
    "claim": lambda n, by: (acts.Claim(n, by or "Somebody"), "Others see that you are going."),
    "unclaim": lambda n, _: (acts.Claim(n, ""), "Others see that nobody is going."),
    "lower": lambda n, _: (acts.LowerHand(n), "The hand is down."),
}
_PLAIN: dict[str, tuple[Act, str]] = {
    "unsay": (acts.Say(""), "The line is taken back."),
    "untimer": (acts.Timer(None), "There is no timer."),
    "pause": (acts.PauseHands(True), "Hands are paused."),
    "resume": (acts.PauseHands(False), "Hands can be raised again."),
    "nosolutions": (acts.SolutionsFrom(None), "Solutions are not shown."),
    "close": (acts.Close(), "The room is closed."),
}


def _one(form: Form, name: str) -> str:
    return (form.get(name) or [""])[0]


def _learner(words: str) -> int:
    if not (words.isascii() and words.isdecimal() and len(words) < 10):
        raise NoAct("Nobody in the room has this number.")
    return int(words)


def _minutes(form: Form, least: int) -> int:
    words = _one(form, "minutes").strip()
    if not (words.isascii() and words.isdecimal() and len(words) < 6):
        raise NoAct("Say how many minutes, as a whole number.")
    if not least <= int(words) <= MOST_MINUTES:
        raise NoAct(f"Between {least} and {MOST_MINUTES} minutes.")
    return int(words)
