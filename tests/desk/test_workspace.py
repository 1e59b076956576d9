"""Where a learner's files are found, and that none of them is ever overwritten without a backup."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.course.catalog import Catalog, load
from dojo.course.derive import stub_text
from dojo.desk import workspace
from dojo.desk.workspace import Workspace
from dojo.errors import UsageError


@pytest.fixture
def course(tmp_path: Path) -> Catalog:
    root = tmp_path / "course"
    scaffold.create(root, "1.2.1", "mean-of-squares", "linear_regression")
    return load(root)


@pytest.fixture
def mine(course: Catalog, tmp_path: Path) -> Workspace:
    return workspace.create(course, tmp_path / "mine").workspace


def test_found_from_any_folder_below(course: Catalog, mine: Workspace) -> None:
    lesson = mine.katas / "lesson_1_2_linear_regression"
    for folder in (mine.root, mine.katas, lesson, mine.state):
        assert workspace.find(course.root, folder, {}) == mine


def test_found_by_stubs_alone_and_by_progress_alone(course: Catalog, tmp_path: Path) -> None:
    (tmp_path / "a/katas/lesson_1_2_linear_regression").mkdir(parents=True)
    (tmp_path / "b/.kata").mkdir(parents=True)
    for name in "ab":
        assert workspace.find(course.root, tmp_path / name, {}).root == tmp_path / name


def test_the_environment_decides(course: Catalog, mine: Workspace, tmp_path: Path) -> None:
    found = workspace.find(course.root, course.root, {"KATA_WORKSPACE": str(mine.root)})
    assert found == mine
    with pytest.raises(UsageError, match="holds no katas"):
        workspace.find(course.root, mine.root, {"KATA_WORKSPACE": str(tmp_path / "nowhere")})


def test_a_checkout_is_the_last_resort(course: Catalog, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with pytest.raises(UsageError, match="kata init"):
        workspace.find(course.root, elsewhere, {})
    (course.root / "pyproject.toml").touch()
    assert workspace.find(course.root, elsewhere, {}).root == course.root


def test_a_folder_called_katas_alone_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "katas/judo").mkdir(parents=True)
    assert not workspace.is_workspace(tmp_path)


def test_backups_of_one_moment_have_names_of_their_own(course: Catalog, mine: Workspace) -> None:
    kata = course.kata("1.2.1")
    backups: set[Path] = set()
    for number in range(5):
        mine.stub(kata).write_text(f"# {number}\n")
        done = workspace.reset(mine, kata)
        assert done.backup is not None
        assert done.backup.read_text() == f"# {number}\n"
        backups.add(done.backup)
    assert len(backups) == 5


needs_links = pytest.mark.skipif(os.name != "posix", reason="needs links")


@needs_links
def test_a_stub_linked_inside_the_workspace_stays_a_link(course: Catalog, mine: Workspace) -> None:
    kata = course.kata("1.2.1")
    real = mine.root / "elsewhere.py"
    real.write_text("# mine\n")
    mine.stub(kata).unlink()
    mine.stub(kata).symlink_to(real)
    assert workspace.reset(mine, kata).backup is not None
    assert mine.stub(kata).is_symlink()
    assert real.read_text() == stub_text(kata)


@needs_links
@pytest.mark.parametrize("link", ["stub", "lesson", "katas", "into .kata", "dangling"])
def test_no_link_leads_a_command_out_of_the_workspace(
    course: Catalog, mine: Workspace, tmp_path: Path, link: str
) -> None:
    kata = course.kata("1.2.1")
    outside = mine.state if link == "into .kata" else tmp_path / "outside"
    outside.mkdir(exist_ok=True)
    from_here = {"lesson": mine.stub(kata).parent, "katas": mine.katas}.get(link, mine.stub(kata))
    secret = outside / mine.stub(kata).relative_to(from_here) / "."
    if from_here == mine.stub(kata):
        secret = outside / "secret.py"
        from_here.unlink()
    else:
        shutil.rmtree(from_here)
        secret.parent.mkdir(parents=True, exist_ok=True)
    if link != "dangling":
        secret.write_text("# a secret\n")
    from_here.symlink_to(secret if from_here.suffix else outside)
    for refused in (
        lambda: workspace.read_stub(mine, kata, "stub"),
        lambda: workspace.reset(mine, kata),
    ):
        with pytest.raises(UsageError, match=r"is a link to .*none of this workspace's"):
            refused()
    assert [p.read_text() for p in outside.rglob("*.py")] == ["# a secret\n"] * secret.exists()


@needs_links
def test_init_writes_nothing_through_links(
    course: Catalog, mine: Workspace, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for place in (mine.state, mine.katas):
        shutil.rmtree(place)
        place.symlink_to(outside)
        with pytest.raises(UsageError, match="away, then try again"):
            workspace.create(course, mine.root)
        place.unlink()
        place.mkdir()
    assert list(outside.iterdir()) == []


@needs_links
@pytest.mark.parametrize("name", ["", "log.jsonl", "versions", "backups"])
def test_a_link_below_the_state_is_refused(mine: Workspace, tmp_path: Path, name: str) -> None:
    workspace.refuse_strange_state(mine)
    place = mine.state / name
    if place.exists():
        shutil.rmtree(place)
    place.symlink_to(tmp_path)
    with pytest.raises(UsageError, match=r"is a link\. Progress is kept in plain files"):
        workspace.refuse_strange_state(mine)


def test_a_large_file_is_backed_up_whole(course: Catalog, mine: Workspace) -> None:
    kata = course.kata("1.2.1")
    large = b"x" * (3 * workspace.MAX_BYTES)
    mine.stub(kata).write_bytes(large)
    backup = workspace.reset(mine, kata).backup
    assert backup is not None
    assert backup.read_bytes() == large


def test_a_kata_that_moved_keeps_its_file(tmp_path: Path) -> None:
    root = tmp_path / "course"
    scaffold.create(root, "1.2.1", "mean-of-squares", "linear_regression")
    mine = workspace.create(load(root), tmp_path / "mine").workspace
    (before,) = mine.katas.glob("*/*.py")
    before.write_text("# mine\n")
    shutil.rmtree(root)
    scaffold.create(root, "1.2.1", "squares", "linear_regression")
    scaffold.create(root, "1.3.2", "mean-of-squares", "later")
    course = load(root)
    assert mine.stub(course.kata("1.3.2")) == before
    assert not mine.stub(course.kata("1.2.1")).exists()
    again = workspace.create(course, mine.root)
    assert before in again.kept
    assert [p.name for p in again.written if p.suffix == ".py"] == ["k1_squares.py"]
    assert workspace.reset(mine, course.kata("1.3.2")).path == before


def test_nothing_changes_when_no_backup_can_be_made(course: Catalog, mine: Workspace) -> None:
    kata = course.kata("1.2.1")
    mine.stub(kata).write_text("# mine\n")
    (mine.state / "backups").write_text("a file where the folder belongs")
    with pytest.raises(UsageError, match="left as it is"):
        workspace.reset(mine, kata)
    assert mine.stub(kata).read_text() == "# mine\n"


def test_the_untouched_stub_is_known(course: Catalog) -> None:
    kata = course.kata("1.2.1")
    stub = stub_text(kata).encode()
    for same in (stub, stub.replace(b"\n", b"\r\n"), stub.strip()):
        assert workspace.is_untouched(same, kata)
        assert not workspace.is_untouched(same + b"\nx = 1\n", kata)


def test_paths_are_shown_short_where_they_are_near(tmp_path: Path) -> None:
    near, far = tmp_path / "katas" / "a.py", Path("/usr/share/a.py")
    assert workspace.shown(near, tmp_path) == os.path.join("katas", "a.py")
    assert workspace.shown(near, tmp_path / "katas" / "deep") == os.path.join("..", "a.py")
    assert workspace.shown(far, tmp_path / "a" / "b") == str(far)


def test_what_a_killed_command_left_half_written_is_swept(course: Catalog, mine: Workspace) -> None:
    stub = mine.stub(course.kata("1.2.1"))
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    left = stub.with_name(f".{stub.name}.{process.pid}.part")
    also = mine.state / f"summary.json.{process.pid}.part"
    living = stub.with_name(f".{stub.name}.{os.getpid()}.part")
    others = [stub.with_name(f"film.{process.pid}.part"), stub.with_name(".k1.py.new.part")]
    for path in (left, also, living, *others):
        path.touch()
    workspace.sweep(mine, course)
    assert not left.exists()
    assert not also.exists()
    assert all(path.exists() for path in (stub, living, *others))
