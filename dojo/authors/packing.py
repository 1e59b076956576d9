"""Making a pack and a wheel of it. What others get holds what is derived, never an author's own
answers or notes: stubs come from the solutions, and hidden files, caches and backups stay behind.
"""

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from dojo import DISTRIBUTION
from dojo.authors import scaffold
from dojo.course import catalog as catalogs
from dojo.course import packs
from dojo.course.card import head_of
from dojo.course.catalog import Catalog
from dojo.course.derive import stub_text
from dojo.course.packs import Pack
from dojo.desk.workspace import why
from dojo.errors import UsageError
from dojo.machine.surroundings import of_the_person

_LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "*.pyc", "*.part")


def create(folder: Path, name: str | None, title: str | None) -> tuple[Path, ...]:
    """Write the files of a new pack; returns them.

    Raises:
        UsageError: the folder has something in it, or the name is none.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"'{folder}' is there already. A new pack needs a folder of its own.")
    name = name or re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-")
    title = title or name.replace("-", " ").capitalize()
    text = f'name = "{name}"\ntitle = "{_escaped(title)}"\nversion = "0.1.0"\nlicence = ""\n'
    text += '\n[modules]\n1 = "First steps"\n'
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise UsageError(f"'{name}' is no pack's name; write it as in first-steps (--name).")
    if name == packs.read(catalogs.content_root()).name:
        raise UsageError(f"'{name}' is the course's own name; choose another one (--name).")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / packs.FILE).write_text(text, encoding="utf-8", newline="\n")
        (folder / ".gitignore").write_text("/.kata/\n/dist/\n__pycache__/\n", newline="\n")
        made = scaffold.create(folder, "1.1.1", "mean-of-squares", "first_lesson")
    except OSError as error:
        raise UsageError(f"'{folder}' can't be written: {why(error)}.") from None
    return folder / packs.FILE, *made


def build(root: Path, out: Path, solutions: bool) -> Path:
    """Build a wheel of a pack; returns its path.

    Args:
        root: the pack's folder.
        out: the folder for the wheel.
        solutions: False leaves out solutions, mistakes and suites, which hold the answers.

    Raises:
        CardError: a card is wrong, or two katas share a name.
        UsageError: it can't be built here, the pack has no kata, or it can't be written.
    """
    catalog = catalogs.load(root, whole=True)
    if not catalog.katas:
        raise UsageError(f"The pack '{catalog.pack.name}' ({root}) holds no katas.")
    try:
        with tempfile.TemporaryDirectory(prefix="kata-pack-") as folder:
            project = Path(folder)
            content = project / _module(catalog.pack)
            _copy(catalog, content, solutions)
            (project / "pyproject.toml").write_text(_project(catalog.pack), encoding="utf-8")
            out.mkdir(parents=True, exist_ok=True)
            return _wheel(project, out)
    except OSError as error:
        raise UsageError(f"The wheel can't be built: {why(error)}.") from None


def _wheel(project: Path, out: Path) -> Path:
    """Built by hatchling where it is installed, else by what pip fetches for the occasion."""
    try:
        builder: Any = importlib.import_module("hatchling.builders.wheel").WheelBuilder
    except ModuleNotFoundError:
        return _wheel_by_pip(project, out)
    (wheel,) = builder(str(project)).build(directory=str(out))
    return Path(wheel)


def _wheel_by_pip(project: Path, out: Path) -> Path:
    fresh = project / "fresh"
    words = ["wheel", "--quiet", "--no-deps", "--wheel-dir", str(fresh), str(project)]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pip", *words],
        cwd=project,
        env=of_the_person(),  # it may need a proxy, or an index of packages
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    built = list(fresh.glob("*.whl"))
    if done.returncode or not built:
        last = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise UsageError(
            f"pip can't build the wheel ({last}). `pip install hatchling`, then try again."
        )
    return Path(shutil.copy(built[0], out))


def _copy(catalog: Catalog, content: Path, solutions: bool) -> None:
    root = catalog.root
    content.mkdir()
    (content / "__init__.py").write_text(f'"""{catalog.pack.name}, a pack of katas."""\n')
    for file in (packs.FILE, "README.md", "LICENSE"):
        if (root / file).is_file():
            shutil.copy(root / file, content / file)
    for folder in dict.fromkeys(k.folder for k in catalog.katas):
        for part in ("katas", "checks", "solutions") if solutions else ("katas",):
            shutil.copytree(root / part / folder, content / part / folder, ignore=_LEFT_BEHIND)
        for stub in (content / "katas" / folder).glob("*.py"):
            stub.unlink()
    for kata in catalog.katas:
        stub = content / "katas" / kata.stub_name
        stub.write_text(stub_text(kata), encoding="utf-8", newline="\n")
        if not solutions:
            _copy_outline(kata.card_path, content / kata.card_path.relative_to(root))
            _copy_outline(kata.suite_path, content / kata.suite_path.relative_to(root))


def _copy_outline(source: Path, target: Path) -> None:
    """What a card or a suite says to learners: without mistakes, and without a check's code."""
    target.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".toml":
        text = re.sub(r"^repair\b.*$", "", head_of(text), flags=re.MULTILINE)
    else:
        tree = ast.parse(text)
        checks = [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]
        for check in checks:
            title = ast.get_docstring(check) or check.name
            check.body = [ast.Expr(ast.Constant(title.splitlines()[0]))]
        text = ast.unparse(ast.Module(list(checks), [])) + "\n"
    target.write_text(text, encoding="utf-8", newline="\n")


def _module(pack: Pack) -> str:
    return f"kata_pack_{pack.name.replace('-', '_')}"


def _project(pack: Pack) -> str:
    module = _module(pack)
    licence = f'license = {{ text = "{_escaped(pack.licence)}" }}\n' if pack.licence else ""
    return f"""\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "kata-pack-{pack.name}"
version = "{pack.version}"
description = "{_escaped(pack.title)}"
{licence}dependencies = ["{DISTRIBUTION}"]

[project.entry-points."{packs.GROUP}"]
{pack.name} = "{module}"

[tool.hatch.build]
ignore-vcs = true

[tool.hatch.build.targets.wheel]
packages = ["{module}"]
"""


def _escaped(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).replace("\\", "\\\\").replace('"', '\\"')
