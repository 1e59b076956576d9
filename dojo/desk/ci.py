"""A workflow that judges a workspace at every push, for GitHub Actions.

docs.github.com, "Workflow syntax for GitHub Actions". Whoever may write in a repository may change
its workflow, so what this one says is a report.
"""

import importlib.metadata
import os
from pathlib import Path

from dojo import DISTRIBUTION
from dojo.course.catalog import Catalog
from dojo.desk.workspace import why
from dojo.errors import UsageError
from dojo.machine import files

PLACE = Path(".github") / "workflows" / "kata.yml"
_TEXT = """\
# Judges the katas in this repository at every push, and says so at their lines.
# Its green tick is a report and no grade: whoever can write here can change this file.
name: kata

on:
  push:
  pull_request:
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: ${{{{ github.workflow }}}}-${{{{ github.ref }}}}
  cancel-in-progress: true

env:
  # Where kata comes from: a version as pip takes it, the path of a wheel, or git+https://...
  KATA: "{kata}"
  # The build of torch for the processor alone is the small one.
  PIP_EXTRA_INDEX_URL: https://download.pytorch.org/whl/cpu

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - name: library of the system call filter
        run: |
          sudo apt-get update -qq
          sudo apt-get install -y -qq libseccomp2
      - name: install
        run: |
          pip install --quiet "$KATA"
      - name: check
        run: |
          {command}
"""


def write_workflow(root: Path, catalog: Catalog) -> bool:
    """Write the workflow of a workspace; returns False where there is one, which stays as it is.

    Args:
        root: of the workspace, and of the repository.
        catalog: the katas that belong to it.

    Raises:
        UsageError: it can't be written.
    """
    path = root / PLACE
    real = files.leads_out(path.parent, root)
    if real is not None:
        raise UsageError(
            f"'{path.parent}' is a link that leads out of the workspace, to {real}. Move it away, "
            "then try again."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(path):
            return False
        files.write_new(path, workflow(catalog).encode())
    except OSError as error:
        raise UsageError(f"'{path}' can't be written: {why(error)}.") from None
    return True


def workflow(catalog: Catalog) -> str:
    """The text of the workflow for these katas."""
    which = " ".join(k.id for k in catalog.katas) if catalog.partial else "--all"
    pack = f" --pack {catalog.pack.name}" if catalog.called == "pack" else ""
    return _TEXT.format(kata=_installed(), command=f"kata check {which}{pack} --format github")


def _installed() -> str:
    try:
        return f"{DISTRIBUTION}=={importlib.metadata.version(DISTRIBUTION)}"
    except importlib.metadata.PackageNotFoundError:
        return DISTRIBUTION
