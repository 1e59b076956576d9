"""The learner's files: where they are, reading them, giving a stub back, keeping backups.

A workspace is a folder with ``katas/`` (the stubs) and ``.kata/`` (progress). Nothing here
overwrites a learner's file without a backup, and every text of an error is the sentence that
the learner reads.
"""

import contextlib
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from dojo.course import catalog as catalogs
from dojo.course import packs
from dojo.course.catalog import Catalog, Kata
from dojo.course.derive import stub_text
from dojo.desk import memory
from dojo.errors import UsageError
from dojo.machine import files

MAX_BYTES = 1_000_000
SUMMARY = "summary.json"  # of the log, in `.kata/`
MEMBERSHIP, NEWS = "room.json", "room-news.json"  # of a live room that was joined, in `.kata/`
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True)
class Workspace:
    """A folder with a learner's stubs and progress."""

    root: Path

    @property
    def katas(self) -> Path:
        """The folder with a folder of stubs for each lesson."""
        return self.root / "katas"

    @property
    def state(self) -> Path:
        """The folder with log, versions and backups; need not exist yet."""
        return self.root / ".kata"

    @property
    def has_joined(self) -> bool:
        """Whether it takes part in a live room: else nothing of `joined` is loaded."""
        return os.path.lexists(self.state / MEMBERSHIP)

    def stub(self, kata: Kata) -> Path:
        """The file that the learner edits for this kata.

        Where the kata has moved to another number since, the file is where it was given: its name
        ends in the same way.
        """
        path = self.katas / kata.stub_name
        if not os.path.lexists(path):
            name = kata.stem.partition("_")[2]
            former = sorted(self.katas.glob(f"lesson_*/k[0-9]*_{name}.py"))
            former = [p for p in former if p.stem.partition("_")[2] == name]
            return former[0] if former else path
        return path


@dataclass(frozen=True)
class Restored:
    """What became of a file that was written anew.

    Attributes:
        path: the file.
        backup: where the former content is, or None when there was none.
        changed: False when the file held this content already.
    """

    path: Path
    backup: Path | None
    changed: bool


@dataclass(frozen=True)
class Created:
    """What `create` did: the files it wrote, and those it found and left alone."""

    workspace: Workspace
    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def find(content: Path, cwd: Path, environ: Mapping[str, str]) -> Workspace:
    """The workspace for a command started in ``cwd``.

    ``KATA_WORKSPACE`` decides; else the nearest folder upwards that is one; else the checkout
    that ``content`` (the root of the catalog) is.

    Raises:
        UsageError: there is none.
    """
    named = environ.get("KATA_WORKSPACE")
    if named:
        folder = Path(named).expanduser()
        if not is_workspace(folder):
            raise UsageError(
                f"KATA_WORKSPACE is '{named}', which holds no katas. "
                f"`kata init {named}` makes it a workspace."
            )
        return Workspace(folder.resolve())
    for folder in (cwd, *cwd.parents):
        if is_workspace(folder):
            return Workspace(folder)
    if is_checkout(content):
        return Workspace(content)
    raise UsageError(
        "There is no workspace here. `kata init my-katas` makes one in the folder my-katas; "
        "then `cd my-katas`."
    )


def refuse_strange_state(workspace: Workspace) -> None:
    """Nothing, unless progress would be written through a link, or read from what never ends.

    Raises:
        UsageError: a part of ``.kata/`` is a link, a pipe, a device or a socket.
    """
    for name in ("", "log.jsonl", "versions", "backups", "workspace.toml"):
        path = workspace.state / name
        with contextlib.suppress(OSError):
            mode = path.lstat().st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                raise UsageError(
                    f"{path} is {files.kind_of(mode)}. Progress is kept in plain files and folders "
                    "inside the workspace: move it away, then try again."
                )


def is_workspace(folder: Path) -> bool:
    """True for a folder that holds stubs or progress."""
    if os.path.isdir(folder / ".kata"):
        return True
    try:
        return any(p.name.startswith("lesson_") for p in (folder / "katas").iterdir())
    except OSError:
        return False


def is_checkout(content: Path) -> bool:
    """True when the catalog's root is a working copy of its pack, not an installed one."""
    return packs.is_checkout(content)


def create(catalog: Catalog, folder: Path, only: Sequence[str] = ()) -> Created:
    """Write all stubs and lesson texts below ``folder``; never overwrite a file.

    Args:
        catalog: what to write: the katas of a pack, or some of them.
        folder: where.
        only: slugs to which the workspace is limited from now on; none for no limit.

    Raises:
        UsageError: the folder is a file, belongs to something else, or can't be written.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"'{folder}' is a file; a workspace needs a folder of its own.")
    try:
        if folder.is_dir() and any(folder.iterdir()) and not is_workspace(folder):
            raise UsageError(
                f"'{folder}' has other files in it. Choose a new folder, such as "
                f"`kata init {folder / 'my-katas'}`."
            )
        workspace = Workspace(folder.resolve())
        written: list[Path] = []
        kept: list[Path] = []
        refuse_strange_state(workspace)
        for path, text in _initial_files(catalog, workspace):
            real = files.leads_out(path.parent, workspace.root)
            if real is not None:
                raise UsageError(
                    f"'{path.parent}' is a link that leads out of the workspace, to {real}. "
                    "Move it away, then try again."
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                files.write_new(path, text.encode())
            except (FileExistsError, files.NotPlainError):
                kept.append(path)
            else:
                written.append(path)
        known = memory.of(catalog.pack, tuple(only), catalogs.content_root())
        if memory.recall(workspace.state) != known:
            memory.remember(workspace.state, known)
    except OSError as error:
        raise UsageError(f"'{folder}' can't be written: {why(error)}.") from None
    return Created(workspace, tuple(written), tuple(kept))


def read_stub(workspace: Workspace, kata: Kata, shown: str) -> bytes:
    """The bytes of the learner's file for one kata; ``shown`` is its path as people read it.

    Raises:
        UsageError: it is gone, or no file that could be judged.
    """
    back = f"`kata reset {kata.id}` brings the stub back."
    path = workspace.stub(kata)
    if not os.path.lexists(path):
        raise UsageError(f"{shown} is missing. {back}")
    _refuse_outside(workspace, kata, shown)
    return read_subject(path, shown, empty=f"{shown} is empty. {back}")


def read_subject(path: Path, shown: str, empty: str | None = None) -> bytes:
    """The bytes of a file that is to be judged.

    Raises:
        UsageError: it is missing, a folder, unreadable, empty, too large, or no text of Python.
    """
    size = 0
    try:
        source = files.read_plain(path, MAX_BYTES + 1, follow=True)
        if len(source) > MAX_BYTES:
            size = path.stat().st_size
    except FileNotFoundError:
        raise UsageError(f"There is no file {shown}.") from None
    except files.NotPlainError as error:
        what = error.kind
        if what != "a folder":
            what += ", not a regular file"
        raise UsageError(f"{shown} is {what}; an answer is one Python file.") from None
    except OSError as error:
        raise UsageError(f"{shown} can't be read: {why(error)}.") from None
    require_source(source, shown, empty, size)
    return source


def require_source(source: bytes, shown: str, empty: str | None = None, size: int = 0) -> None:
    """Nothing, unless these bytes can't be an answer.

    Args:
        source: the bytes; of a file that is too large its beginning will do.
        shown: the file's path as people read it.
        empty: the sentence for a file with nothing in it.
        size: of the file, where it is known to be larger.

    Raises:
        UsageError: they are too many, none at all, or no text of Python.
    """
    if len(source) > MAX_BYTES:
        large = f"{max(size, len(source)) / 1e6:.1f} MB"
        raise UsageError(f"{shown} is {large} large; an answer is at most 1 MB.")
    _refuse_no_text(source, shown)
    if not source.strip():
        raise UsageError(empty or f"{shown} is empty.")


def sweep(workspace: Workspace, catalog: Catalog) -> None:
    """Remove what commands that were killed left half written; raises nothing."""
    names = {f"{kata.stem}.py" for kata in catalog.katas}
    for folder in {kata.folder for kata in catalog.katas}:
        files.sweep_parts(workspace.katas / folder, names)
    files.sweep_parts(workspace.state, (memory.FILE, SUMMARY, MEMBERSHIP, NEWS))


def is_untouched(source: bytes, kata: Kata) -> bool:
    """True when these bytes are the stub as it was given, whatever the line ends."""
    return source.replace(b"\r\n", b"\n").strip() == stub_text(kata).encode().strip()


def reset(workspace: Workspace, kata: Kata) -> Restored:
    """Give the kata's stub back, after a backup of what stands there.

    Raises:
        UsageError: something can't be written; then nothing was changed.
    """
    return put_back(workspace, kata, stub_text(kata).encode())


def put_back(workspace: Workspace, kata: Kata, content: bytes) -> Restored:
    """Write ``content`` as the kata's file, after a backup of what stands there.

    Raises:
        UsageError: something can't be written; then nothing was changed.
    """
    path = workspace.stub(kata)
    _refuse_outside(workspace, kata, str(path))
    try:
        former = files.open_plain(path, follow=True)
    except files.NotPlainError as error:
        raise UsageError(f"{path} is {error.kind}. Move it away, then try again.") from None
    except FileNotFoundError:
        former = None  # or a link that leads nowhere
    except OSError as error:
        raise UsageError(f"{path} can't be read: {why(error)}. Nothing was changed.") from None
    try:
        backup: Path | None = None
        if former is not None:
            with os.fdopen(former, "rb") as file:
                if file.read(len(content) + 1) == content:
                    return Restored(path, None, changed=False)
                file.seek(0)
                backup = _back_up(workspace, kata, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise UsageError(
            f"{path} can't be written: {why(error)}. Your file was left as it is."
        ) from None
    return Restored(path, backup, changed=True)


def shown(path: Path, cwd: Path) -> str:
    """A path as people read and click it: relative where that is short."""
    try:
        relative = os.path.relpath(path, cwd)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.startswith(os.path.join("..", "..", "..")) else relative


def why(error: OSError) -> str:
    """The reason of an error in lower case, such as ``permission denied``."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


def _initial_files(catalog: Catalog, workspace: Workspace) -> list[tuple[Path, str]]:
    files: list[tuple[Path, str]] = []
    for lesson in catalog.lessons:
        text = lesson.katas[0].lesson_text_path
        if text.is_file():
            readme = workspace.katas / text.parent.name / text.name
            files.append((readme, text.read_text(encoding="utf-8")))
        files.extend((workspace.stub(k), stub_text(k)) for k in lesson.katas)
    return files


def _refuse_no_text(source: bytes, shown: str) -> None:
    utf_16 = _BOMS.get(source[:2])
    if utf_16 is not None:
        raise UsageError(f"{shown} is saved as {utf_16}. Save it as UTF-8 in your editor.")
    if b"\0" in source:
        raise UsageError(f"{shown} is not a text file: an answer is Python source.")
    import io
    import tokenize

    encoding = "utf-8"
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    except SyntaxError as error:
        if "unknown encoding" in str(error.msg):
            raise UsageError(f"{shown} is no Python source: {error.msg}.") from None
    try:
        source.decode(encoding)
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{shown} is not {error.encoding.upper()} text: line {line} holds bytes that can't "
            "be read. Save it as UTF-8 in your editor."
        ) from None


def _refuse_outside(workspace: Workspace, kata: Kata, shown: str) -> None:
    """Nothing, unless the kata's file is not the workspace's own."""
    path = workspace.stub(kata)
    real = files.leads_out(path, workspace.root)
    if real is None and files.leads_out(path, workspace.state) is not None:
        return
    real = real or Path(os.path.realpath(path))
    raise UsageError(
        f"{shown} is a link to {real}, which is none of this workspace's files. Put the file "
        f"itself there; `kata check {kata.id} --file PATH` judges one that lies elsewhere."
    )


def _back_up(workspace: Workspace, kata: Kata, content: BinaryIO) -> Path:
    import shutil  # slow to import, and most commands copy nothing

    folder = files.make_folder(workspace.state, "backups", kata.slug)
    stamp = datetime.now().strftime("%Y-%m-%d_%H.%M.%S")
    number = 1
    while True:
        name = stamp + (f"_{number}" if number > 1 else "")
        path = folder / f"{name}.py"
        try:
            with path.open("xb") as file:
                shutil.copyfileobj(content, file)
        except FileExistsError:
            number += 1
        else:
            return path


def _replace(path: Path, content: bytes) -> None:
    target = path.resolve()  # a linked stub stays a link
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        files.write_new(part, content)
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
