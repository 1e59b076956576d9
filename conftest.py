"""Makes `pytest checks/` work by hand: every suite judges the file that it belongs to.

pytest checks/ [--subject katas|solutions|FOLDER] [--judge-seed N]
"""

from pathlib import Path

import pytest

from dojo.course.catalog import load


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("kata")
    group.addoption(
        "--subject",
        default="katas",
        help="the folder whose files are judged: katas (default), solutions, or a path",
    )
    group.addoption("--judge-seed", type=int, default=0, help="seed of the suites' inputs")


def pytest_configure(config: pytest.Config) -> None:
    root = Path(str(config.rootpath))
    if any(_is_suite(root, Path(a.partition("::")[0]).resolve()) for a in config.args):
        from dojo.authors.by_hand import ByHand

        folder = root / str(config.getoption("--subject"))
        seed = int(str(config.getoption("--judge-seed")))
        config.pluginmanager.register(ByHand(load(root), folder, seed), "kata-by-hand")


def _is_suite(root: Path, path: Path) -> bool:
    return path.is_relative_to(root / "checks")
