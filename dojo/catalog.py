"""Which modules, lessons and katas exist, read from the cards; and what a selector means.

The folders are the catalog: a kata exists when its card lies in ``checks/``. Imports neither
torch nor pytest nor anything else of the engine but its error type, so `kata next` stays quick.
"""

import difflib
import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from dojo.errors import UsageError

MODULE_TITLES = {
    "1": "Linear regression and the loop",
    "2": "Neural networks",
    "3": "Training in earnest",
}
_FOLDER = re.compile(r"lesson_(\d+)_(\d+)_(\w+)")
_FILE = re.compile(r"k(\d+)_(\w+)")


@dataclass(frozen=True)
class Mistake:
    """A known wrong variant of a kata's solution.

    Attributes:
        id: a short name in kebab-case, unique on its card.
        edits: pairs (old, new) applied to the solution's text one after the other.
        says: the explanation that a learner who made it reads.
    """

    id: str
    edits: tuple[tuple[str, str], ...]
    says: str


@dataclass(frozen=True)
class Survivor:
    """Changes of the solution that the suite rightly accepts (see `kata dev mutate`).

    Attributes:
        edits: pairs (old, new) of lines, as `kata dev mutate` shows them.
        why: the reason: the same program, or something that the stub leaves open.
    """

    edits: tuple[tuple[str, str], ...]
    why: str


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
        brief: one to three sentences: what is asked.
        mastered: one sentence said after a pass.
        hints: three, from a nudge to nearly there.
        forbids: names of what the answer must not use (see dojo.learner.traps).
        typing: ``required`` where the strict type check is part of the kata, else ``advice``.
        seconds: wall-clock limit of one call of the answer.
        dtype: ``float64`` where the stub promises that, else empty: any floating dtype.
        repair: id of the mistake that the stub starts with, or None for an empty stub.
        root: the folder that holds katas/, checks/ and solutions/.
    """

    id: str
    slug: str
    folder: str
    stem: str
    title: str
    minutes: int
    brief: str
    mastered: str
    hints: tuple[str, ...]
    forbids: tuple[str, ...]
    typing: Literal["required", "advice"]
    seconds: float
    dtype: Literal["float64", ""]
    repair: str | None
    root: Path

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
        return self.root / "checks" / self.folder / f"{self.stem}.toml"

    @property
    def suite_path(self) -> Path:
        return self.root / "checks" / self.folder / f"test_{self.stem}.py"

    @property
    def probe_path(self) -> Path:
        """Helper code that a suite runs in the learner process; need not exist."""
        return self.root / "checks" / self.folder / f"{self.stem}_probe.py"

    @property
    def solution_path(self) -> Path:
        return self.root / "solutions" / self.folder / f"{self.stem}.py"

    @property
    def alternative_paths(self) -> tuple[Path, ...]:
        """Other right answers: ``k2_name__how.py`` beside the solution."""
        return tuple(sorted(self.solution_path.parent.glob(f"{self.stem}__*.py")))

    @property
    def lesson_text_path(self) -> Path:
        return self.root / "katas" / self.folder / "README.md"

    def mistakes(self) -> tuple[Mistake, ...]:
        """The mistakes of the card, read when asked for: they are most of its text."""
        return _mistakes(self.card_path, self.card_path.stat().st_mtime_ns)

    def survivors(self) -> tuple[Survivor, ...]:
        """The changes that the suite rightly accepts, with their reasons."""
        tables = cast("list[dict[str, Any]]", _read_toml(self.card_path).get("survivor", []))
        return tuple(
            Survivor(tuple((old, new) for old, new in t["edits"]), t["why"]) for t in tables
        )


@functools.lru_cache(maxsize=100)
def _mistakes(card: Path, _stamp: int) -> tuple[Mistake, ...]:
    tables = cast("list[dict[str, Any]]", _read_toml(card).get("mistake", []))
    return tuple(
        Mistake(
            id=t["id"],
            edits=tuple((old, new) for old, new in t["edits"]),
            says=_prose(t["says"]),
        )
        for t in tables
    )


@dataclass(frozen=True)
class Lesson:
    """A lesson and its katas in order."""

    id: str
    title: str
    katas: tuple[Kata, ...]


@dataclass(frozen=True)
class Catalog:
    """All katas below one root, in the order of their ids."""

    root: Path
    katas: tuple[Kata, ...]

    @functools.cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        ids = list(dict.fromkeys(k.lesson_id for k in self.katas))
        return tuple(
            Lesson(i, self._lesson_title(i), tuple(k for k in self.katas if k.lesson_id == i))
            for i in ids
        )

    def lesson(self, lesson_id: str) -> Lesson:
        return next(x for x in self.lessons if x.id == lesson_id)

    def kata(self, kata_id: str) -> Kata:
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
        chosen = {k.id for s in selectors for k in self.select(s)}
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
    package = Path(__file__).resolve().parent
    checkout = package.parent
    return checkout if (checkout / "checks").is_dir() else package / "content"


def load(root: Path | None = None) -> Catalog:
    """Read every card below ``root`` (default: the katas that came with this installation).

    Raises:
        CardError: a card is wrong; the text names the file and what is missing.
    """
    base = root if root is not None else content_root()
    cards = base.glob("checks/lesson_*/k*.toml")
    katas = sorted((_read_card(path, base) for path in cards), key=lambda k: _order(k.id))
    return Catalog(base, tuple(katas))


class CardError(ValueError):
    """A card that can't be read or contradicts its place; for authors."""


def _order(kata_id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in kata_id.split("."))


def _read_card(path: Path, root: Path) -> Kata:
    folder, file = _FOLDER.fullmatch(path.parent.name), _FILE.fullmatch(path.stem)
    if folder is None or file is None:
        raise CardError(f"{path}: expected checks/lesson_M_L_name/kN_name.toml")
    head = _read_head(path)
    expected = f"{folder[1]}.{folder[2]}.{file[1]}"
    if head.get("id") != expected:
        raise CardError(f"{path}: id is {head.get('id')!r}, but the file's place says {expected!r}")
    try:
        return Kata(
            id=expected,
            slug=file[2].replace("_", "-"),
            folder=path.parent.name,
            stem=path.stem,
            title=head["title"],
            minutes=head["minutes"],
            brief=_prose(head["brief"]),
            mastered=_prose(head["mastered"]),
            hints=tuple(_prose(h) for h in head["hints"]),
            forbids=tuple(head.get("forbids", ())),
            typing=head.get("typing", "advice"),
            seconds=float(head.get("seconds", 5.0)),
            dtype=head.get("dtype", ""),
            repair=head.get("repair"),
            root=root,
        )
    except KeyError as missing:
        raise CardError(f"{path}: the card has no {missing}") from None


def _read_head(path: Path) -> dict[str, Any]:
    # Mistakes are most of a card's text and parsing is slow: `kata next` reads only what stands
    # before the first of them.
    head, _, _ = path.read_text(encoding="utf-8").partition("\n[[mistake]]")
    return _parse_toml(head, path)


def _read_toml(path: Path) -> dict[str, Any]:
    return _parse_toml(path.read_text(encoding="utf-8"), path)


def _parse_toml(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CardError(f"{path}: {error}") from None


def _prose(text: str) -> str:
    """Paragraphs on a line each, so that screens can wrap them at their own width.

    Lines that start with a space (formulas, small tables) stay as they are.
    """
    out: list[str] = []
    for line in text.strip("\n").splitlines():
        joins = out and out[-1] and line and not line[0].isspace() and not out[-1][0].isspace()
        if joins:
            out[-1] += " " + line.strip()
        else:
            out.append(line.rstrip())
    return "\n".join(out)
