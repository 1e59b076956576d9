"""Which modules, lessons and katas exist, read from the cards; and what a selector means.

The folders are the catalog: a kata exists when its card lies in ``checks/``. Imports neither
torch nor pytest, so `kata next` stays quick.
"""

import difflib
import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from dojo.course import card, packs, schema
from dojo.course.card import CardError, Words, prose
from dojo.course.mistakes import Mistake, Survivor, mistake_of, survivor_of
from dojo.course.packs import Pack
from dojo.errors import UsageError


@dataclass(frozen=True)
class Kata:
    """One exercise, as its card and its place in the folders describe it.

    Attributes:
        id: ``module.lesson.number``, such as ``1.2.2``.
        slug: the name in kebab-case, such as ``mse-grads-by-hand``.
        folder: the lesson's folder name, the same under katas/, checks/ and solutions/.
        stem: file name without suffix, such as ``k2_mse_grads_by_hand``.
        title: a few words.
        minutes: an honest estimate for a beginner.
        pictures: whether its suite draws what the answer did (`kata plot`).
        brief: one to three sentences: what is asked.
        mastered: one sentence said after a pass.
        hints: three, from a nudge to nearly there.
        forbids: names of what the answer must not use (see dojo.bans).
        typing: ``required`` where the strict type check is part of the kata, else ``advice``.
        seconds: wall-clock limit of one call of the answer.
        dtype: ``float64`` where the stub promises that, else empty: any floating dtype.
        repair: ids of the mistakes that the stub starts with; none for an empty stub.
        pack: name of its pack.
        root: the folder that holds katas/, checks/ and solutions/.
        points: what a pass counts in `kata grade`.
    """

    id: str
    slug: str
    folder: str
    stem: str
    title: str
    minutes: int
    pictures: bool
    brief: str
    mastered: str
    hints: tuple[str, ...]
    forbids: tuple[str, ...]
    typing: Literal["required", "advice"]
    seconds: float
    dtype: Literal["float64", ""]
    repair: tuple[str, ...]
    pack: str
    root: Path
    points: int = 1

    @property
    def foreign_pack(self) -> str:
        """Name of its pack, where that isn't the course that came with this program; else empty.

        It goes by the folder: what calls itself the course is not the course.
        """
        return "" if self.root == content_root() else self.pack

    @property
    def lesson_id(self) -> str:
        """Such as ``1.2``."""
        return self.id.rpartition(".")[0]

    @property
    def module_id(self) -> str:
        """Such as ``1``."""
        return self.id.partition(".")[0]

    @property
    def stub_name(self) -> str:
        """Path of the stub below a workspace's katas/ folder."""
        return f"{self.folder}/{self.stem}.py"

    @property
    def card_path(self) -> Path:
        """The card: title, brief, hints, limits, mistakes."""
        return self.root / "checks" / self.folder / f"{self.stem}.toml"

    @property
    def suite_path(self) -> Path:
        """The suite: a pytest file of plain functions."""
        return self.root / "checks" / self.folder / f"test_{self.stem}.py"

    @property
    def probe_path(self) -> Path:
        """Helper code that a suite runs in the learner process; need not exist."""
        return self.root / "checks" / self.folder / f"{self.stem}_probe.py"

    @property
    def solution_path(self) -> Path:
        """The reference answer, from which the stub is derived."""
        return self.root / "solutions" / self.folder / f"{self.stem}.py"

    @property
    def alternative_paths(self) -> tuple[Path, ...]:
        """Other right answers: ``k2_name__how.py`` beside the solution."""
        return tuple(sorted(self.solution_path.parent.glob(f"{self.stem}__*.py")))

    def base_path(self, name: str) -> Path:
        """The text that a mistake is made in: an alternative by name, or the solution (empty)."""
        solution = self.solution_path
        return solution.with_name(f"{self.stem}__{name}.py") if name else solution

    @property
    def survivors_path(self) -> Path:
        """Changes of the solution that the suite rightly accepts; need not exist."""
        return self.solution_path.with_name(f"{self.stem}_survivors.toml")

    @property
    def lesson_text_path(self) -> Path:
        """The text of its lesson."""
        return self.root / "katas" / self.folder / "README.md"

    def mistakes(self) -> tuple[Mistake, ...]:
        """The mistakes of the card, read when asked for: they are most of its text.

        Raises:
            CardError: something on the card is wrong.
        """
        tables = card.read_card(self.card_path, self.root).get("mistake", ())
        return tuple(map(mistake_of, tables))

    def words(self) -> Words:
        """What the card calls results, and what it says of relations.

        Raises:
            CardError: something on the card is wrong.
        """
        return card.read_words(self.card_path, self.root)

    def survivors(self) -> tuple[Survivor, ...]:
        """The changes that the suite rightly accepts, with their reasons.

        Raises:
            CardError: something of their file is wrong.
        """
        path = self.survivors_path
        return tuple(map(survivor_of, card.read_survivors(path, self.root)))


@dataclass(frozen=True)
class Lesson:
    """A lesson and its katas in order."""

    id: str
    title: str
    katas: tuple[Kata, ...]


@dataclass(frozen=True)
class Catalog:
    """The katas of one pack, in the order of their ids.

    Attributes:
        root: the folder with katas/, checks/ and solutions/.
        katas: all of them, or those to which a workspace is limited.
        pack: what the pack says of itself.
        partial: whether a workspace leaves some of the pack's katas out.
    """

    root: Path
    katas: tuple[Kata, ...]
    pack: Pack
    partial: bool = False

    @property
    def called(self) -> str:
        """What all of it is, for people: the course, a pack, or the workspace's part of one."""
        if self.partial:
            return "workspace"
        return "course" if self.root == content_root() else "pack"

    def limited(self, slugs: Sequence[str]) -> "Catalog":
        """The same pack with these katas alone."""
        katas = tuple(k for k in self.katas if k.slug in slugs)
        return replace(self, katas=katas, partial=len(katas) < len(self.katas))

    @functools.cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons that have a kata here, in the order of their ids."""
        ids = list(dict.fromkeys(k.lesson_id for k in self.katas))
        return tuple(
            Lesson(i, self._lesson_title(i), tuple(k for k in self.katas if k.lesson_id == i))
            for i in ids
        )

    def lesson(self, lesson_id: str) -> Lesson:
        """The lesson with this id.

        Raises:
            StopIteration: there is none; for what a person typed, see `select`.
        """
        return next(x for x in self.lessons if x.id == lesson_id)

    def kata(self, kata_id: str) -> Kata:
        """The kata with this id.

        Raises:
            StopIteration: there is none; for what a person typed, see `select`.
        """
        return next(k for k in self.katas if k.id == kata_id)

    def select(self, selector: str) -> tuple[Kata, ...]:
        """The katas that a person means by an id, a slug, or a path of a stub file.

        Raises:
            UsageError: nothing fits; the text names the nearest selector that exists.
        """
        text = selector.strip()
        found = tuple(
            k
            for k in self.katas
            if text in (k.id, k.lesson_id, k.module_id, k.slug, k.stem, k.folder)
        )
        if found:
            return found
        path = Path(text)
        if path.suffix == ".py" or len(path.parts) > 1:
            found = tuple(
                k for k in self.katas if (path.parent.name, path.stem) == (k.folder, k.stem)
            ) or tuple(k for k in self.katas if path.name in (f"{k.stem}.py", k.folder))
            if found:
                return found
        near = difflib.get_close_matches(text, self.selectors(), n=1, cutoff=0.4)
        hint = f" The nearest is '{near[0]}'." if near else ""
        raise UsageError(
            f"There is no kata '{selector}'.{hint} "
            "A selector is a number such as 2, 2.3 or 2.3.1, a name, or a stub's path; "
            "`kata list` shows all."
        )

    def select_all(self, selectors: Sequence[str]) -> tuple[Kata, ...]:
        """The katas of several selectors, each once, in course order."""
        return self.joined(map(self.select, selectors))

    def joined(self, choices: Iterable[Sequence[Kata]]) -> tuple[Kata, ...]:
        """The katas of several choices, each once, in course order."""
        chosen = {k.id for katas in choices for k in katas}
        return tuple(k for k in self.katas if k.id in chosen)

    def selectors(self) -> list[str]:
        """Everything that `select` accepts but paths; for completion and nearest names."""
        ids = [x for k in self.katas for x in (k.module_id, k.lesson_id, k.id, k.slug)]
        return list(dict.fromkeys(ids))

    def _lesson_title(self, lesson_id: str) -> str:
        path = next(k for k in self.katas if k.lesson_id == lesson_id).lesson_text_path
        try:
            with path.open(encoding="utf-8") as lines:
                heading = lines.readline().lstrip("# ").strip()
        except OSError:
            heading = ""
        return heading.removeprefix(f"{lesson_id}").strip(" .") or lesson_id


def content_root() -> Path:
    """The folder with katas/, checks/ and solutions/: the checkout's, or the installed copy."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent
    return checkout if (checkout / "checks").is_dir() else package / "content"


def load(
    root: Path | None = None,
    whole: bool = False,
    on_flaw: Callable[[CardError], None] | None = None,
) -> Catalog:
    """Read every card below ``root`` (default: the katas that came with this installation).

    Args:
        root: the folder with katas/, checks/ and solutions/.
        whole: mistakes too, which are most of a card; else they are read when asked for.
        on_flaw: told of each card that is wrong, whose kata is then left out.

    Raises:
        CardError: cards are wrong and nobody is to be told; says file, line and what is wrong.
    """
    base = root if root is not None else content_root()
    katas: list[Kata] = []
    flaws: list[str] = []
    pack = packs.read(base)
    for path in sorted(base.glob("checks/lesson_*/k*.toml")):
        try:
            kata = _read_kata(path, base, pack.name)
            _refuse_twin(kata, katas)
            katas.append(kata)
            if whole:
                card.read_card(path, base)
        except CardError as error:
            flaws += error.flaws
            if on_flaw is not None:
                on_flaw(error)
    if flaws and on_flaw is None:
        raise CardError(*flaws)
    return Catalog(base, tuple(sorted(katas, key=lambda k: _order(k.id))), pack)


def pass_over(_error: CardError) -> None:
    """For `load`: leave a kata out silently, where another process has said so."""


def _refuse_twin(kata: Kata, others: Sequence[Kata]) -> None:
    """Nothing, unless another kata of the pack has the same slug: they would share their passes.

    Raises:
        CardError: one has.
    """
    twin = next((k for k in others if k.slug == kata.slug), None)
    if twin is not None:
        raise CardError(
            f"{card.shown(kata.card_path, kata.root)}: {twin.id} is called '{kata.slug}' as well. "
            "Progress goes by that name, so each kata of a pack needs its own"
        )


def _order(kata_id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in kata_id.split("."))


def _read_kata(path: Path, root: Path, pack: str) -> Kata:
    place = card.place_of(path, root)
    head = card.read_head(path, root)
    return Kata(
        id=place.id,
        slug=place.slug,
        folder=path.parent.name,
        stem=path.stem,
        title=head["title"],
        minutes=head["minutes"],
        pictures=head.get("pictures", False),
        brief=prose(head["brief"]),
        mastered=prose(head["mastered"]),
        hints=tuple(prose(h) for h in head["hints"]),
        forbids=tuple(head.get("forbids", ())),
        typing=head.get("typing", "advice"),
        seconds=float(head.get("seconds", 5.0)),
        dtype=head.get("dtype", ""),
        repair=schema.repairs(head),
        pack=pack,
        root=root,
        points=head.get("points", 1),
    )
