"""An autograder for Gradescope: what is in its zip, and what it says of one submission.

gradescope-autograders.readthedocs.io, "Autograder Specifications": ``setup.sh`` and
``run_autograder`` stand at the top of the zip, which is unpacked to /autograder/source;
/autograder/submission holds what a student handed in; the fields of
/autograder/results/results.json are those of "Output format".
"""

import importlib.metadata
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dojo.course import packs
from dojo.grade.feedback import standing
from dojo.grade.unit import versions
from dojo.screens.text import clean
from dojo.screens.written import terminal_text

if TYPE_CHECKING:
    from dojo.course.catalog import Catalog, Kata
    from dojo.grade.marks import Book, Cell

ENGINE = Path(__file__).resolve().parents[3]
HOME = "kata"  # the folder in the zip that holds engine and katas, arranged as a checkout
SETTINGS = "autograder.json"
NEEDED = (
    *("click", "jaxtyping", "numpy", "pyrefly", "pyseccomp", "pytest", "rich", "sandlock"),
    "torch",
)
"""The packages that judging takes."""

_EPOCH = (1980, 1, 1, 0, 0, 0)  # so that the same content is the same zip
_ROOT = '"${KATA_AUTOGRADER_ROOT:-/autograder}"'
_SETUP = f"""\
#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image of the autograder.
# KATA_PYTHON names an interpreter that has everything already; then nothing is installed.
set -euo pipefail
root={_ROOT}
python="${{KATA_PYTHON:-}}"
if [ -z "$python" ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq libseccomp2
  for version in 3.13 3.12 3.11; do
    if apt-get install -y -qq "python$version" "python$version-venv"; then
      "python$version" -m venv "$root/environment"
      break
    fi
  done
  python="$root/environment/bin/python"
  "$python" -m pip install --quiet --extra-index-url https://download.pytorch.org/whl/cpu \\
    -r "$root/source/{HOME}/requirements.txt"
fi
printf '%s\\n' "$python" > "$root/source/python"
"$python" "$root/source/{HOME}/kata.py" doctor || true
"""
_RUN = f"""\
#!/usr/bin/env bash
# Gradescope runs this for each submission. Where it ends without results.json, nothing was judged,
# and what it printed says why.
set -euo pipefail
root={_ROOT}
exec "$(cat "$root/source/python")" "$root/source/{HOME}/kata.py" export judge "$root"
"""


@dataclass(frozen=True)
class Settings:
    """What an autograder is for.

    Attributes:
        katas: slugs.
        partial: whether a share of the checks is worth a share of the points.
        weak: whether it judges where answers can't be shut in.
    """

    katas: tuple[str, ...]
    partial: bool = False
    weak: bool = False


def write(path: Path, catalog: "Catalog", settings: Settings) -> None:
    """Write the zip; the katas of other lessons stay out of it.

    Raises:
        OSError: it can't be written.
    """
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "setup.sh", _SETUP.encode(), 0o755)
        _add(archive, "run_autograder", _RUN.encode(), 0o755)
        _add(archive, f"{HOME}/requirements.txt", _requirements().encode())
        _add(archive, f"{HOME}/{SETTINGS}", json.dumps(asdict(settings)).encode())
        for file, name in _sources(catalog, settings.katas):
            _add(archive, f"{HOME}/{name}", file.read_bytes())


def read_settings() -> Settings:
    """The settings of the autograder that this is run from.

    Raises:
        FileNotFoundError: it is none.
    """
    data = json.loads((ENGINE / SETTINGS).read_text(encoding="utf-8"))
    return Settings(tuple(data["katas"]), data["partial"], data["weak"])


def results(book: "Book", katas: "Sequence[Kata]", seconds: float) -> dict[str, Any]:
    """What results.json says of one person's submission: a test for each kata.

    Args:
        book: with that person alone.
        katas: those that were asked for.
        seconds: that judging took.
    """
    learner = book.plan.learners[0] if book.plan.learners else ""
    left = [f"{clean(x.place)}: {clean(x.reason)}" for x in book.plan.left]
    data: dict[str, Any] = {
        "execution_time": round(seconds),
        "stdout_visibility": "hidden",
        "tests": [_test(book, k, book.cells.get((learner, k.slug))) for k in katas],
        "extra_data": {"versions": versions()},
    }
    if left:
        data["output"] = "\n".join(("Files that answer no kata of this assignment:", *left))
    return data


def _test(book: "Book", kata: "Kata", cell: "Cell | None") -> dict[str, Any]:
    title = f"{kata.id} {clean(kata.title)}"
    test: dict[str, Any] = {
        "name": title,
        "score": 0,
        "max_score": book.worth(kata),
        "status": "failed",
        "output": f"Nothing was handed in: the file is called {kata.stem}.py.",
        "output_format": "text",
    }
    if cell is None:
        return test
    graded = cell.graded
    test["name"] = f"{title}: {standing(cell)}"
    test["output"] = clean(graded.reason)
    if graded.grading is not None:
        test["score"] = cell.points or 0
        test["status"] = "passed" if graded.standing == "pass" else "failed"
        test["output"] = terminal_text(kata, graded.grading.verdict)
        test["extra_data"] = {
            "digest": graded.unit.digest,
            "seeds": list(graded.grading.seeds),
            "isolation": graded.grading.verdict.isolation,
        }
    return test


def _sources(catalog: "Catalog", slugs: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """Each file of the engine and of the lessons, with its name in a checkout."""
    yield ENGINE / "kata.py", "kata.py"
    for file in sorted((ENGINE / "dojo").rglob("*.py")):
        name = file.relative_to(ENGINE).as_posix()
        if not name.startswith("dojo/content/"):
            yield file, name
    if (catalog.root / packs.FILE).is_file():
        yield catalog.root / packs.FILE, packs.FILE
    folders = {k.folder for k in catalog.katas if k.slug in slugs}
    for part in ("katas", "checks", "solutions"):
        for folder in sorted(folders):
            for file in sorted((catalog.root / part / folder).rglob("*")):
                if file.is_file() and not file.name.startswith(".") and file.suffix != ".pyc":
                    yield file, file.relative_to(catalog.root).as_posix()


def _requirements() -> str:
    """The versions that are installed here, those of Linux alone left to pip where they aren't."""
    lines = []
    for name in NEEDED:
        try:
            lines.append(f"{name}=={importlib.metadata.version(name).partition('+')[0]}")
        except importlib.metadata.PackageNotFoundError:
            lines.append(name)
    return "\n".join(lines) + "\n"


def _add(archive: zipfile.ZipFile, name: str, content: bytes, mode: int = 0o644) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.external_attr = (0o100000 | mode) << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)
