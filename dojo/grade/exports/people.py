"""What a roster says of a person, as other graders ask for it."""

from dataclasses import dataclass

from dojo.grade.roster import FAMILY, GIVEN, Roster
from dojo.grade.tables import cell

_EMAIL = ("email", "e-mail", "email address", "e-mail address", "mail")
_NUMBER = ("sid", "student id", "id number", "number", "matriculation", "id")


@dataclass(frozen=True)
class Details:
    """A person, in cells that no spreadsheet takes for a formula; what isn't known is empty."""

    given: str
    surname: str
    email: str
    number: str


def details(roster: Roster | None, learner: str) -> Details:
    """What is known of a learner; without a surname, what they are called here stands for it."""
    if roster is None or learner not in roster.people:
        return Details("", cell(learner), "", "")
    given, surname, email, number = (
        cell(roster.about(learner, titles)) for titles in (GIVEN, FAMILY, _EMAIL, _NUMBER)
    )
    return Details(given, surname or ("" if given else cell(learner)), email, number)
