"""The files of a new kata (`kata dev new`): small, complete and honest from the first minute.

An author changes one thing at a time and runs `kata dev check` after each, instead of filling in
blanks that prove nothing until all are filled.
"""

import re
from pathlib import Path

from dojo.authors.signature import Draft, draft
from dojo.course.derive import derive_stub
from dojo.errors import UsageError

_ID = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def create(
    root: Path,
    kata_id: str,
    slug: str,
    lesson: str | None = None,
    signature: str | None = None,
) -> tuple[Path, ...]:
    """Write the files of a new kata below ``root``; returns them.

    Args:
        root: the folder with katas/, checks/ and solutions/.
        kata_id: such as ``1.2.7``.
        slug: the name in kebab-case, such as ``mean-of-squares``.
        lesson: name of the lesson's folder, such as ``linear_regression``, for a new lesson.
        signature: of the kata's function; default: that of a small example.

    Raises:
        UsageError: the id, slug or signature is no such thing, or is taken.
    """
    number = _ID.fullmatch(kata_id)
    if number is None:
        raise UsageError(f"'{kata_id}' is no id of a kata; it has three numbers, such as 1.2.7.")
    if not _SLUG.fullmatch(slug):
        raise UsageError(f"'{slug}' is no slug; write it in kebab-case, such as mean-of-squares.")
    folder = _folder(root, number[1], number[2], lesson)
    _refuse_taken(root, folder, kata_id, slug)
    stem = f"k{number[3]}_{slug.replace('-', '_')}"
    title = slug.replace("-", " ").capitalize()
    made = _EXAMPLE if signature is None else draft(signature)
    files = {
        f"solutions/{folder}/{stem}.py": made.solution,
        f"checks/{folder}/{stem}.toml": _card(kata_id, title, made),
        f"checks/{folder}/test_{stem}.py": _SUITE_HEAD.format(id=kata_id) + made.suite,
        f"katas/{folder}/{stem}.py": derive_stub(made.solution),
    }
    for how, text in made.alternatives.items():
        files[f"solutions/{folder}/{stem}__{how}.py"] = text
    readme = root / "katas" / folder / "README.md"
    if not readme.exists():
        name = folder.split("_", 3)[3].replace("_", " ").capitalize()
        files[f"katas/{folder}/README.md"] = f"# {number[1]}.{number[2]} {name}\n"
    taken = [name for name in files if (root / name).exists()]
    if taken:
        raise UsageError(f"{taken[0]} is there already; nothing was written.")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(root / name for name in files)


def _folder(root: Path, module: str, lesson: str, name: str | None) -> str:
    start = f"lesson_{module}_{lesson}_"
    found = sorted(p.name for p in (root / "checks").glob(f"{start}*"))
    if found:
        if name is not None and found[0] != start + name:
            raise UsageError(
                f"Lesson {module}.{lesson} is there already, in {found[0]}: leave --lesson away."
            )
        return found[0]
    if name is None:
        raise UsageError(
            f"There is no lesson {module}.{lesson} yet. --lesson names the folder of a new one: "
            f"--lesson training_loop makes {start}training_loop."
        )
    if not re.fullmatch(r"[a-z]\w*", name, re.ASCII):
        raise UsageError(f"'{name}' is no folder's name; write it as in training_loop.")
    return start + name


def _refuse_taken(root: Path, folder: str, kata_id: str, slug: str) -> None:
    number = kata_id.rpartition(".")[2]
    taken = sorted((root / "checks" / folder).glob(f"k{number}_*.toml"))
    if taken:
        raise UsageError(f"{kata_id} is taken by {taken[0].name}.")
    for card in sorted(root.glob(f"checks/lesson_*/k*_{slug.replace('-', '_')}.toml")):
        if re.fullmatch(rf"k\d+_{slug.replace('-', '_')}", card.stem):
            raise UsageError(
                f"The slug {slug} is taken by {card.parent.name}/{card.name}; it is a kata's "
                "lasting name, so choose another."
            )


def _card(kata_id: str, title: str, made: Draft) -> str:
    head = _CARD.format(
        id=kata_id, title=title, brief=made.brief, mastered=made.mastered, hints=made.hints
    )
    return head + made.mistakes if made.mistakes else head + _NO_MISTAKES


_SOLUTION = '''\
"""The mean of the squares of each column.

Replace this by the task, as the stub's reader should see it.
"""

from jaxtyping import Float
from torch import Tensor


def mean_of_squares(x: Float[Tensor, "n d"]) -> Float[Tensor, "d"]:
    """Return the mean of the squares of each column of x.

    - x stays as it was.
    """
    # --- yours
    return x.square().mean(dim=0)
    # --- end
'''

_LOOP = """\
import torch
from jaxtyping import Float
from torch import Tensor


def mean_of_squares(x: Float[Tensor, "n d"]) -> Float[Tensor, "d"]:
    total = torch.zeros(x.shape[1], dtype=x.dtype)
    for row in x:
        total = total + row * row
    return total / len(x)
"""

_EINSUM = """\
import torch
from jaxtyping import Float
from torch import Tensor


def mean_of_squares(x: Float[Tensor, "n d"]) -> Float[Tensor, "d"]:
    return torch.einsum("nd,nd->d", x, x) / x.shape[0]
"""

_CARD = '''\
id = "{id}"
title = "{title}"
minutes = 5
brief = """
{brief}
"""
mastered = "{mastered}"
hints = [
    "{hints[0]}",
    "{hints[1]}",
    "{hints[2]}",
]
'''

_NO_MISTAKES = """
# At least four, as people really make them:
#
# [[mistake]]
# id = "sum-for-mean"
# edits = [[".mean()", ".sum()"]]
# says = "What it means, and where to look."
"""

_MISTAKES = """
[[mistake]]
id = "sum-for-mean"
edits = [[".mean(dim=0)", ".sum(dim=0)"]]
says = "A mean is divided by the number of rows. Where is that division?"

[[mistake]]
id = "square-forgotten"
edits = [["x.square()", "x"]]
says = "This is the mean of the numbers themselves. What should happen to each of them first?"

[[mistake]]
id = "square-of-the-mean"
edits = [["x.square().mean(dim=0)", "x.mean(dim=0).square()"]]
says = "The square of a mean is not the mean of the squares. Which comes first?"

[[mistake]]
id = "root-taken"
edits = [[".mean(dim=0)", ".mean(dim=0).sqrt()"]]
says = "This is the root of the mean of the squares. The task stops one step before."
"""

_SUITE_HEAD = '''\
"""{id}: the result on several sizes, never square; a batch of one and one of 70 among them."""

'''

_SUITE = '''\
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, shapes, untouched, values


def _table(gen: Gen, n: int, d: int) -> Tensor:
    return gen.randn(n, d) * gen.uniform(0.5, 2, d) + gen.uniform(0.5, 1.5, d)


@shapes
def test_one_number_a_column(learner: Learner, gen: Gen) -> None:
    """one number for each column"""
    for n, d in ((7, 3), (1, 4), (5, 1)):
        learner.mean_of_squares(_table(gen, n, d))


@values
def test_mean_of_squares(learner: Learner, gen: Gen) -> None:
    """the mean of the squares"""
    for n, d in ((7, 3), (1, 4), (12, 2)):
        x = _table(gen, n, d)
        close(learner.mean_of_squares(x), (x * x).sum(dim=0) / n, "the result")
        untouched(learner)
'''

_EXAMPLE = Draft(
    solution=_SOLUTION,
    alternatives={"loop": _LOOP, "einsum": _EINSUM},
    mistakes=_MISTAKES,
    suite=_SUITE,
    brief="Return the mean of the squares of each column of a table.",
    mastered="You can now reduce a table along one of its axes.",
    hints=(
        "Two things happen here, one after the other. Which of them changes the shape?",
        "Square every number first; then take the mean down each column.",
        "A mean along the first axis leaves one number for each column.",
    ),
)
