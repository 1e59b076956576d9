"""From piles to a plan: whose file answers which kata, and what is left out, with the reason."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from dojo.course.catalog import Catalog, Kata
from dojo.desk import workspace as workspaces
from dojo.errors import UsageError
from dojo.grade import layouts
from dojo.grade.layouts import Owner
from dojo.grade.pile import Left, Pile
from dojo.grade.placing import Placed, Placing
from dojo.grade.roster import Roster
from dojo.grade.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Submission:
    """One file that one learner hands in for one kata.

    Attributes:
        learner: who.
        slug: of the kata.
        place: where it lies in its pile.
        digest: SHA-256 of its bytes.
        modified: seconds since 1970, by the word of whoever packed it.
        how: by what its kata is known.
        untouched: whether it is the stub as it was given.
        refused: the sentence that says why it can't be judged; empty where it can.
        account: the course system and what it numbers the learner by, such as ``moodle 12345``;
            empty where the pile doesn't say.
    """

    learner: str
    slug: str
    place: str
    digest: str
    modified: float
    how: str
    untouched: bool = False
    refused: str = ""
    account: str = ""


@dataclass(frozen=True)
class Found:
    """One pile, as it was recognised.

    Attributes:
        name: of the pile.
        layout: what it is, for people.
        files: Python files in it.
    """

    name: str
    layout: str
    files: int


@dataclass(frozen=True)
class Plan:
    """What there is to be graded.

    Attributes:
        katas: those that have a column, in course order.
        learners: those that have a row: the roster in its order, then who else handed in.
        strangers: those of them that aren't on the roster.
        submissions: by learner, kata and age.
        left: what is judged by nobody, with the reasons.
        untold: how much more of that there is.
        elsewhere: files for katas that weren't asked for.
        piles: how each pile was recognised.
        roster: who is in the course, if it was said.
    """

    katas: tuple[Kata, ...]
    learners: tuple[str, ...]
    strangers: tuple[str, ...]
    submissions: tuple[Submission, ...]
    left: tuple[Left, ...]
    untold: int
    elsewhere: int
    piles: tuple[Found, ...]
    roster: Roster | None = None

    def kata(self, slug: str) -> Kata:
        """The kata that is called so; it has a column."""
        return next(k for k in self.katas if k.slug == slug)


@dataclass(frozen=True)
class Wanted:
    """What a person asked for.

    Attributes:
        piles: folders and archives.
        katas: to which grading is limited; none for all.
        layout: how the piles are arranged, if it was said.
        roster: who is in the course, if it was said.
    """

    piles: tuple[Path, ...]
    katas: tuple[Kata, ...] = ()
    layout: str | None = None
    roster: Roster | None = None


def take_in(catalog: Catalog, wanted: Wanted, shelf: Shelf) -> Plan:
    """Read the piles and say what there is to be graded.

    Args:
        catalog: the katas.
        wanted: what was asked for.
        shelf: takes the bytes of each Python file.

    Raises:
        UsageError: a pile can't be read, or there is no Python file in any.
    """
    reader = _Reader(catalog, wanted, shelf)
    for path in wanted.piles:
        reader.read(path, f"{path.resolve().name}/" if len(wanted.piles) > 1 else "")
    if not any(f.files for f in reader.found):
        named = ", ".join(f"'{p}'" for p in wanted.piles)
        raise UsageError(f"There is no Python file in {named}, so there is nothing to grade.")
    return reader.plan()


@dataclass(frozen=True)
class _File:
    """One Python file, before it is known whose it is."""

    parts: tuple[str, ...]
    place: str
    modified: float
    digest: str


class _Reader:
    """Takes one pile after the other, and then says what there is."""

    def __init__(self, catalog: Catalog, wanted: Wanted, shelf: Shelf) -> None:
        only = wanted.katas[0] if len(wanted.katas) == 1 else None
        self._catalog = catalog
        self._wanted = wanted
        self._shelf = shelf
        self._placing = Placing(catalog.katas, only)
        self._slugs = {k.slug for k in wanted.katas or catalog.katas}
        self._submissions: list[Submission] = []
        self._left: list[Left] = []
        self._untold = self._elsewhere = 0
        self._by_functions: dict[str, Placed | str] = {}
        self._states: dict[tuple[str, str], tuple[bool, str]] = {}
        self.found: list[Found] = []

    def read(self, path: Path, prefix: str) -> None:
        """Take one pile; ``prefix`` stands before its places."""
        pile = Pile(path)
        files = [
            _File(e.parts, e.place, e.modified, self._shelf.put(e.content)) for e in pile.entries()
        ]
        paths = [f.parts for f in files]
        layout = layouts.recognise(
            paths, pile.name, self._placing, pile.clones, self._wanted.layout
        )
        owners = [layout.owner(path) for path in paths]
        twins = _twins(owners)
        for file, owner in zip(files, owners, strict=True):
            placed = "whose it is can't be told from its path"
            placed = self._place(owner, file.digest) if owner is not None else placed
            if owner is None or isinstance(placed, str):
                pile.leave(tuple(file.place.split("/")), str(placed))
            elif placed.kata.slug not in self._slugs:
                self._elsewhere += 1
            else:
                learner = _called(owner, twins, self._wanted.roster)
                account = f"{layout.name} {owner.number}" if owner.number else ""
                found = self._submission(learner, file, placed, prefix)
                self._submissions.append(replace(found, account=account))
        self.found.append(Found(pile.path.resolve().name, layout.sentence, len(files)))
        self._left += [Left(prefix + x.place, x.reason) for x in pile.left]
        self._untold += pile.untold

    def plan(self) -> Plan:
        """All of it, in order."""
        submissions = sorted(self._submissions, key=lambda s: (s.learner, s.slug, *_age(s)))
        katas = self._wanted.katas or tuple(
            k for k in self._catalog.katas if any(s.slug == k.slug for s in submissions)
        )
        roster = self._wanted.roster
        people = roster.people if roster is not None else ()
        others = tuple(sorted({s.learner for s in submissions} - {*people}))
        return Plan(
            katas=katas,
            learners=(*people, *others),
            strangers=others if roster is not None else (),
            submissions=tuple(submissions),
            left=tuple(sorted(self._left, key=lambda x: (x.place, x.reason))),
            untold=self._untold,
            elsewhere=self._elsewhere,
            piles=tuple(self.found),
            roster=roster,
        )

    def _place(self, owner: Owner, digest: str) -> Placed | str:
        placed = self._placing.by_path(owner.rest)
        if placed is None:
            if digest not in self._by_functions:
                content = self._shelf.get(digest)
                self._by_functions[digest] = self._placing.by_functions(content)
            placed = self._by_functions[digest]
        return placed

    def _submission(self, learner: str, file: _File, placed: Placed, prefix: str) -> Submission:
        kata = placed.kata
        key = file.digest, kata.slug
        if key not in self._states:
            self._states[key] = _state(kata, self._shelf.get(file.digest))
        untouched, refused = self._states[key]
        return Submission(
            learner=learner,
            slug=kata.slug,
            place=prefix + file.place,
            digest=file.digest,
            modified=file.modified,
            how=placed.how,
            untouched=untouched,
            refused=refused,
        )


def _called(owner: Owner, twins: Collection[str], roster: Roster | None) -> str:
    """What a learner is called: as on the roster, or as in the pile.

    Args:
        owner: whose file it is.
        twins: names that two people of this pile share; only their numbers tell them apart.
        roster: who is in the course.
    """
    person = roster.find(owner.name, owner.number) if roster is not None else None
    if person is not None:
        return person
    return f"{owner.name} ({owner.number})" if owner.name in twins else owner.name


def _twins(owners: Iterable[Owner | None]) -> set[str]:
    numbers: dict[str, set[str]] = {}
    for owner in owners:
        if owner is not None:
            numbers.setdefault(owner.name, set()).add(owner.number)
    return {name for name, known in numbers.items() if len(known) > 1}


def _age(submission: Submission) -> tuple[float, str]:
    return submission.modified, submission.place


def _state(kata: Kata, content: bytes) -> tuple[bool, str]:
    """Whether a file is the stub as it was given, and why it can't be judged, if so."""
    try:
        workspaces.require_source(content, f"{kata.stem}.py")
    except UsageError as error:
        return False, str(error)
    return workspaces.is_untouched(content, kata), ""
