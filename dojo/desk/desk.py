"""The learner's desk: the course, the learner's files, how far the learner is, and selectors."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dojo.course import packs
from dojo.course.catalog import Catalog, Kata
from dojo.desk import memory
from dojo.desk import workspace as workspaces
from dojo.desk.log import ProgressLog
from dojo.desk.progress import Progress
from dojo.desk.workspace import Workspace
from dojo.errors import UsageError

# Does what writes progress, and says where that can't be done.
Save = Callable[[Callable[[], None]], object]


@dataclass(frozen=True)
class Desk:
    """The course, the learner's files, and how far the learner is.

    Attributes:
        catalog: the katas of this workspace.
        workspace: the learner's files.
        log: where progress is written.
        progress: how far the learner is.
        cwd: where the person is.
        whole: all katas of the pack, where the workspace is limited to some of them.
    """

    catalog: Catalog
    workspace: Workspace
    log: ProgressLog
    progress: Progress
    cwd: Path
    whole: Catalog | None = None

    def select(self, selectors: Sequence[str]) -> tuple[Kata, ...]:
        """The katas that the selectors mean, each once, in course order.

        Raises:
            UsageError: one of them means nothing here.
        """
        return self.catalog.joined(map(self._select, selectors))

    def select_one(self, selector: str | None) -> Kata:
        """The one kata that the selector means, or the next kata where there is none.

        Raises:
            UsageError: it means nothing, or several katas.
        """
        if selector is None:
            kata = self.progress.next_kata(self.catalog)
            if kata is None:
                raise UsageError(
                    "All katas are done. Name the one you mean, such as 2.3.1; "
                    "`kata check --all` judges all of them once more."
                )
            return kata
        katas = self.select([selector])
        if len(katas) > 1:
            raise UsageError(
                f"'{selector}' means {len(katas)} katas. Name one of them, such as {katas[0].id}."
            )
        return katas[0]

    def shown(self, path: Path) -> str:
        """A path as people read and click it."""
        return workspaces.shown(path, self.cwd)

    def shown_stub(self, kata: Kata) -> str:
        """The path of a kata's stub as people read and click it."""
        return self.shown(self.workspace.stub(kata))

    def _select(self, selector: str) -> tuple[Kata, ...]:
        text = selector.strip()
        path = self.cwd / Path(text).expanduser()
        looks_like_path = text in (".", "..") or "/" in text or os.sep in text or ".py" in text
        if not text or not looks_like_path or not os.path.lexists(path):
            try:
                return self.catalog.select(selector)
            except UsageError:
                self._refuse_left_out(selector)
                if not text or not path.is_dir():
                    raise
        place = self._below_katas(path)
        if place is not None:
            place = place[:1] if place[1:] == ("README.md",) else place
            found = tuple(
                k for k in self.catalog.katas if (k.folder, f"{k.stem}.py")[: len(place)] == place
            )
            return found or self._moved(path) or self.catalog.select(selector)
        if path.is_dir():
            raise UsageError(f"There are no katas in '{selector}'; yours are in {self._katas}.")
        try:
            guess = self.catalog.select(path.name)[0].id
        except UsageError:
            guess = self.catalog.katas[0].id if self.catalog.katas else "2.3.1"
        raise UsageError(
            f"'{selector}' is not a stub of this workspace ({self._katas}). "
            f"`kata check {guess} --file {selector}` judges it as an answer to kata {guess}."
        )

    def _moved(self, path: Path) -> tuple[Kata, ...]:
        """The kata whose file this is, although its number is another one by now."""
        return tuple(k for k in self.catalog.katas if self.workspace.stub(k) == path)

    def _refuse_left_out(self, selector: str) -> None:
        """Nothing, unless the selector means katas that this workspace is not for.

        Raises:
            UsageError: it does.
        """
        if self.whole is None:
            return
        try:
            left_out = self.whole.select(selector)[0]
        except UsageError:
            return
        lessons = ", ".join(lesson.id for lesson in self.catalog.lessons)
        raise UsageError(
            f"{left_out.id} ({left_out.slug}) is left out here: this workspace is limited to katas "
            f"of {lessons}. `kata init {self.shown(self.workspace.root)}` lifts the limit."
        )

    @property
    def _katas(self) -> str:
        return self.shown(self.workspace.katas)

    def _below_katas(self, path: Path) -> tuple[str, ...] | None:
        """The parts of the path below katas/, or None for a path outside."""
        for form in (Path(os.path.abspath(path)), path.resolve()):
            for katas in (self.workspace.katas, self.workspace.katas.resolve()):
                if form.is_relative_to(katas):
                    return form.relative_to(katas).parts
        if path.resolve() == self.workspace.root.resolve():
            return ()
        return None


def current_folder() -> Path:
    """Where the person is.

    Raises:
        UsageError: that folder was deleted meanwhile.
    """
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError("The folder that you are in was deleted. `cd` to another one.") from None


def find_workspace(catalog: Catalog, cwd: Path) -> Workspace:
    """The workspace where katas of this pack are worked on.

    Raises:
        UsageError: there is none, or it is for another pack.
    """
    workspace = workspaces.find(catalog.root, cwd, os.environ)
    workspaces.refuse_strange_state(workspace)
    known = memory.recall(workspace.state)
    name = known.pack if known is not None else packs.read(workspace.root).name
    if name == catalog.pack.name:
        return workspace
    if packs.is_checkout(catalog.root) and "KATA_WORKSPACE" not in os.environ:
        return Workspace(catalog.root)
    raise UsageError(
        f"This workspace ({workspace.root}) is for the pack '{name}'. "
        f"`kata init DIR --pack {catalog.pack.name}` makes one for '{catalog.pack.name}'."
    )


def limit(catalog: Catalog, workspace: Workspace) -> Catalog:
    """The katas that a workspace is for.

    Raises:
        UsageError: the pack has none of them any more.
    """
    known = memory.recall(workspace.state)
    if known is None or not known.only:
        return catalog
    limited = catalog.limited(known.only)
    if not limited.katas:
        raise UsageError(
            f"This workspace ({workspace.root}) is limited to katas that the pack "
            f"'{catalog.pack.name}' doesn't have. `kata init {workspace.root}` lifts the limit."
        )
    return limited
