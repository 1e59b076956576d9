"""Packs: what they say of themselves, which one is meant, and what a wheel of one holds."""

import os
import tomllib
import zipfile
from pathlib import Path

import pytest

from dojo import DISTRIBUTION
from dojo.authors import packing, scaffold
from dojo.course import packs
from dojo.course.catalog import load
from dojo.course.derive import stub_text
from dojo.desk import memory
from dojo.desk.memory import Memory
from dojo.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
GOOD = 'name = "first-steps"\ntitle = "First steps"\nversion = "1.0"\nlicence = "MIT"\n'


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with a lesson of one kata."""
    packing.create(tmp_path / "mine", "my-pack", 'My "own" pack')
    return tmp_path / "mine"


def test_the_course_is_a_pack() -> None:
    course = packs.read(ROOT)
    assert course.name == "training-loop"
    assert {k.module_id for k in load(ROOT).katas} <= course.modules.keys()


def test_the_name_and_the_version_are_those_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["name"] == DISTRIBUTION
    assert project["version"] == packs.read(ROOT).version
    assert project["scripts"] == {"kata": "kata:main"}


def test_a_pack_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(GOOD + '[modules]\n1 = "A"\n')
    found = packs.read(tmp_path)
    assert (found.name, found.title, found.version) == ("first-steps", "First steps", "1.0")
    assert (found.licence, found.modules) == ("MIT", {"1": "A"})
    (tmp_path / "pack.toml").write_text(GOOD + 'recaps = ["1.6"]\n')
    assert packs.read(tmp_path).recaps == ("1.6",)
    (tmp_path / "pack.toml").write_text(GOOD.replace("licence", "license"))
    assert packs.read(tmp_path).licence == "MIT"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = ", "is no TOML"),
        (GOOD.replace("title", "titel"), "'titel' is no key of a pack; the nearest is 'title'"),
        (GOOD.replace('name = "first-steps"\n', ""), "'name' is missing"),
        (GOOD.replace("first-steps", "../evil"), "kebab-case"),
        (GOOD.replace('"1.0"', "1.0"), "'version' is a text, in quotes"),
        (GOOD.replace('"1.0"', '"one"'), "the version is a number"),
        (GOOD + 'modules = "A"\n', "modules have a title each"),
        (GOOD + 'recaps = "1.6"\n', "recaps are ids of lessons"),
        (GOOD + 'recaps = ["1"]\n', "recaps are ids of lessons"),
    ],
)
def test_a_wrong_pack_is_told_with_its_file(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "pack.toml").write_text(text)
    with pytest.raises(UsageError, match=words) as told:
        packs.read(tmp_path)
    assert str(tmp_path / "pack.toml") in str(told.value)


def test_a_pack_is_named_by_its_folder_its_file_or_its_name(pack: Path) -> None:
    for text in ("mine", "./mine", str(pack), "mine/pack.toml"):
        assert packs.named(text, pack.parent, ROOT) == pack
    assert packs.named("training-loop", pack.parent, ROOT) == ROOT
    for text in ("my-pack", "./nowhere", str(pack / "katas"), ""):
        with pytest.raises(UsageError, match="pack"):
            packs.named(text, pack.parent, ROOT)


def test_the_nearest_folder_upwards_decides(pack: Path, tmp_path: Path) -> None:
    assert memory.root_for(pack / "katas", ROOT) == pack
    assert memory.root_for(tmp_path, ROOT) == ROOT
    (pack / "work/.kata").mkdir(parents=True)  # a workspace of the course, without a memory
    assert memory.root_for(pack / "work", ROOT) == ROOT
    memory.remember(tmp_path / ".kata", Memory("my-pack", str(pack)))
    assert memory.root_for(tmp_path, ROOT) == pack


def test_a_workspace_whose_pack_is_gone_says_so(tmp_path: Path) -> None:
    memory.remember(tmp_path / ".kata", Memory("my-pack", str(tmp_path / "gone")))
    with pytest.raises(UsageError, match=r"isn't in .*gone any more.*--pack DIR"):
        memory.root_for(tmp_path, ROOT)
    memory.remember(tmp_path / ".kata", Memory("my-pack"))
    with pytest.raises(UsageError, match=r"isn't installed here.*--pack DIR"):
        memory.root_for(tmp_path, ROOT)


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="needs another user")
def test_a_pack_of_another_user_is_not_taken_up_unasked(pack: Path) -> None:
    os.chown(pack / "pack.toml", 12345, -1)
    with pytest.raises(UsageError, match="belongs to another user"):
        memory.root_for(pack, ROOT)
    assert packs.named(str(pack), pack, ROOT) == pack


def test_what_is_remembered_is_recalled(tmp_path: Path) -> None:
    for known in (Memory("a"), Memory("a", "/p/'ö'\\x\U0001f600"), Memory("a", None, ("x", "y"))):
        memory.remember(tmp_path / ".kata", known)
        assert memory.recall(tmp_path / ".kata") == known


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as file:
        return {n for n in file.namelist() if ".dist-info/" not in n}


def test_a_wheel_holds_the_pack_and_nothing_of_its_author(pack: Path, tmp_path: Path) -> None:
    (kata,) = load(pack).katas
    (pack / "katas" / kata.stub_name).write_text("# my own answer\n")
    (pack / ".kata/backups").mkdir(parents=True)
    (pack / "checks" / kata.folder / "__pycache__").mkdir()
    (pack / "checks" / kata.folder / "__pycache__/x.pyc").write_text("x")
    (pack / "solutions" / kata.folder / ".notes").write_text("x")
    wheel = packing.build(pack, tmp_path / "out", solutions=True)
    assert wheel.name.startswith("kata_pack_my_pack-0.1.0-")
    found = names(wheel)
    assert f"kata_pack_my_pack/solutions/{kata.folder}/{kata.stem}.py" in found
    assert not [n for n in found if "/." in n or ".pyc" in n]
    with zipfile.ZipFile(wheel) as file:
        stub = file.read(f"kata_pack_my_pack/katas/{kata.stub_name}").decode()
        (about,) = (n for n in file.namelist() if n.endswith("METADATA"))
        assert f"Requires-Dist: {DISTRIBUTION}" in file.read(about).decode()
    assert stub == stub_text(kata)


def test_a_wheel_without_solutions_holds_no_answer(pack: Path, tmp_path: Path) -> None:
    (card,) = pack.glob("checks/*/k*.toml")
    says = '[says]\n"factor n" = "A mean has its 1/n."\n\n[[mistake]]'
    card.write_text(card.read_text().replace("[[mistake]]", says, 1))
    wheel = packing.build(pack, tmp_path / "out", solutions=False)
    with zipfile.ZipFile(wheel) as file:
        file.extractall(tmp_path / "site")
    root = tmp_path / "site/kata_pack_my_pack"
    text = "".join(p.read_text() for p in root.rglob("*.*"))
    for answer in ("square()", ".mean(dim=0)", "sum(dim=0)", "einsum", "1/n"):
        assert answer not in text
    assert "the mean of the squares" in text
    (kata,) = load(root).katas
    assert (kata.slug, len(kata.hints)) == ("mean-of-squares", 3)
    assert "raise NotImplementedError" in stub_text(kata)


def test_no_wheel_of_katas_that_share_a_name(pack: Path, tmp_path: Path) -> None:
    scaffold.create(pack, "1.2.1", "other-mean", "second")
    for path in list(pack.rglob("*other_mean*")):
        path.rename(path.with_name(path.name.replace("other_mean", "mean_of_squares")))
    with pytest.raises(UsageError, match=r"k1_mean_of_squares\.toml: 1\.1\.1 is called"):
        packing.build(pack, tmp_path / "out", solutions=True)


def test_a_new_pack_overwrites_nothing(pack: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        packing.create(pack, None, None)
    for name in ("training-loop", "No Name!"):
        with pytest.raises(UsageError, match="--name"):
            packing.create(tmp_path / "other", name, None)
    assert not (tmp_path / "other").exists()
