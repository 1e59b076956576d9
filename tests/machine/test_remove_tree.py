"""What an answer left in its folder is removed, however it is made."""

import os
from pathlib import Path

from dojo.machine.remove_tree import remove


def test_a_thousand_folders_in_each_other_are_removed(tmp_path: Path) -> None:
    folder = tmp_path / "scratch"
    folder.mkdir()
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("inner", dir_fd=here)
        inner = os.open("inner", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    remove(folder)
    assert list(tmp_path.iterdir()) == []


def test_locked_folders_links_and_files_are_removed_and_what_links_lead_to_stays(
    tmp_path: Path,
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    folder = tmp_path / "scratch"
    (folder / "locked" / "inner").mkdir(parents=True)
    (folder / "locked" / "inner" / "file").touch()
    (folder / "link").symlink_to(kept)
    (folder / "locked").chmod(0)
    remove(folder)
    assert [p.name for p in tmp_path.iterdir()] == ["kept"]
    assert (kept / "file").exists()


def test_a_folder_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    remove(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []
