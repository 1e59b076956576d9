"""What the project says of itself: its commands are the same everywhere, its links lead somewhere.

What must hold is said in .ci/run; the hooks of pre-commit and the workflow run its commands.
"""

import re
import textwrap
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WORKFLOW = (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("dojo/*.md")])


def sections() -> dict[str, list[str]]:
    """The commands of .ci/run by the title that it prints above them."""
    _, *parts = re.split(
        r'^echo "== (.*)"$', (ROOT / ".ci/run").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    return {
        title: [line for line in body.splitlines() if line and not line.startswith("#")]
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def steps(job: str) -> dict[str, list[str]]:
    """The commands of a job of the workflow by the name of their step."""
    _, _, rest = WORKFLOW.partition(f"\n  {job}:\n")
    body = re.split(r"^  \w", rest, maxsplit=1, flags=re.MULTILINE)[0]
    found = re.findall(
        r"^      - name: (.*)\n(?:        if: .*\n)?        run: \|\n((?: {10}.*\n)+)",
        body,
        flags=re.MULTILINE,
    )
    return {name: textwrap.dedent(block).splitlines() for name, block in found}


def test_hooks_are_the_lint_and_types_of_ci() -> None:
    hooks = HOOKS.split("- id: ")[1:]
    entries = [
        entry.group(1)
        for hook in hooks
        if "language: system" in hook and (entry := re.search(r"entry: (.*)", hook))
    ]
    assert entries == sections()["lint and types"]


def test_the_workflow_runs_ci_itself_where_it_can() -> None:
    assert steps("whole")["everything"] == ["bash .ci/run"]


def test_the_workflow_has_the_steps_of_ci_elsewhere() -> None:
    ours, theirs = sections(), steps("each")
    installed = [line for line in ours.pop("install") if line.startswith("pip ")]
    assert installed
    assert theirs["install"] == installed
    shown = ours.pop("what kata next shows")
    assert [line.strip("()").split(" && ")[-1] for line in shown] == ["kata next"]
    assert theirs["what kata next shows"][-1].endswith("&& kata next")
    assert {"lint and types", "tests"} <= set(ours)
    for title, commands in ours.items():
        assert theirs[title] == commands, title


def test_the_workflow_begins_with_the_oldest_python_that_is_promised() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pythons = re.search(r"python: \[(.*)\]", WORKFLOW)
    assert pythons is not None
    oldest = pythons.group(1).split(", ")[0].strip('"')
    assert project["requires-python"] == f">={oldest}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    ours = [link for link in links if not link.startswith("https://")]
    assert [link for link in ours if not (path.parent / link).exists()] == []
