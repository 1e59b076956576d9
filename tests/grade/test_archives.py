"""Hostile archives: what is refused, why, that the rest goes on, and that it takes no time."""

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.errors import UsageError
from dojo.grade import pile as piles
from dojo.grade.pile import Pile

GOOD = "anna/k1_mean_of_squares.py"
LINK, DEVICE, PIPE = 0o120777, 0o020666, 0o010666
SECONDS = 30.0  # of processor time; what is measured is a few


@pytest.fixture(autouse=True)
def quickly() -> Iterator[None]:
    """Whatever an archive is, it may not keep us."""
    before = time.process_time()
    yield
    assert time.process_time() - before < SECONDS


def entry(name: str, content: bytes = b"x", mode: int = 0o100644) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo("placeholder")
    info.filename = name  # else backslashes and NULs are mended for us
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info, content


def zipped(*entries: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for info, content in entries:
            archive.writestr(info, content)
    return out.getvalue()


def tarred(*infos: tuple[tarfile.TarInfo, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for info, content in infos:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info, b""


def read(tmp_path: Path, name: str, content: bytes) -> tuple[list[str], dict[str, str]]:
    """The places of what was read, and what was left with the reasons."""
    path = tmp_path / name
    path.write_bytes(content)
    pile = Pile(path)
    before = set(tmp_path.rglob("*"))
    places = [e.place for e in pile.entries()]
    assert set(tmp_path.rglob("*")) == before
    return places, {x.place: x.reason for x in pile.left}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("/etc/k1.py", "absolute"),
        ("C:\\k1.py", "absolute"),
        ("\\\\server\\k1.py", "absolute"),
        ("../k1.py", "climbs out"),
        ("anna/../../k1.py", "climbs out"),
        ("anna\\..\\..\\k1.py", "climbs out"),
        ("anna/" + "k" * 4096 + ".py", "characters"),
        ("anna/" + "k" * 300 + ".py", "a part of its name is too long"),
        ("a/" * 60 + "k1.py", "folders deep"),
        ("anna/\x1b[31mk1.py", "can't be seen"),
        ("anna/\u202eyp.1k.py", "can't be seen"),
        ("anna/k1.py\x00.txt", "can't be seen"),
        ("ANNA/K1_Mean_of_squares.py", "another file of this name"),
    ],
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_strange_name_is_refused_and_the_rest_goes_on(
    name: str, words: str, kind: str, tmp_path: Path
) -> None:
    if kind == "zip":
        content = zipped(entry(GOOD), entry(name), entry("ben/k1.py"))
    else:
        if "\0" in name:
            pytest.skip("a name ends there in a tar archive")
        infos = [(tarfile.TarInfo(n), b"x") for n in (GOOD, name, "ben/k1.py")]
        content = tarred(*infos)
    places, left = read(tmp_path, f"a.{kind}", content)
    assert places == [GOOD, "ben/k1.py"]
    assert len(left) == 1
    assert words in next(iter(left.values()))


@pytest.mark.parametrize(
    ("mode", "words"), [(LINK, "a link"), (DEVICE, "a device"), (PIPE, "a named pipe")]
)
def test_what_is_no_file_in_a_zip_is_refused(mode: int, words: str, tmp_path: Path) -> None:
    content = zipped(entry("ben/k1.py", b"/etc/passwd", mode), entry(GOOD))
    places, left = read(tmp_path, "a.zip", content)
    assert places == [GOOD]
    assert left == {"ben/k1.py": f"it is {words}"}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (tarfile.SYMTYPE, "a link"),
        (tarfile.LNKTYPE, "a link"),
        (tarfile.CHRTYPE, "a device"),
        (tarfile.BLKTYPE, "a device"),
        (tarfile.FIFOTYPE, "a named pipe"),
    ],
)
def test_what_is_no_file_in_a_tar_is_refused(kind: bytes, words: str, tmp_path: Path) -> None:
    good = (tarfile.TarInfo(GOOD), b"x")
    content = tarred(special("ben/k1.py", kind, "/etc/passwd"), good)
    places, left = read(tmp_path, "a.tar", content)
    assert places == [GOOD]
    assert left == {"ben/k1.py": f"it is {words}"}


def test_an_entry_that_unpacks_to_a_thousand_times_its_size_is_refused(tmp_path: Path) -> None:
    bomb = entry("ben/k1.py", bytes(50_000_000))
    places, left = read(tmp_path, "a.zip", zipped(bomb, entry(GOOD)))
    assert places == [GOOD]
    assert "times its size" in left["ben/k1.py"]


def test_what_an_entry_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    content = zipped(entry("ben/k1.py", bytes(50_000_000)), entry(GOOD))
    lying = content.replace(struct.pack("<L", 50_000_000), struct.pack("<L", 100_000))
    assert lying != content
    places, left = read(tmp_path, "a.zip", lying)
    assert places[-1] == GOOD
    assert len(places) + len(left) == 2


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_tar_of_gigabytes_of_zeros_ends_early(
    pack: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piles, "MOST_ARCHIVE", 20_000_000)
    bomb = pack(
        tarred((tarfile.TarInfo(GOOD), b"x"), (tarfile.TarInfo("z.bin"), bytes(60_000_000)))
    )
    inner = zipped(entry("ben.tar.gz", bomb), entry("cem/k1.py"))
    places, left = read(tmp_path, "a.zip", inner)
    assert places == [f"ben.tar.gz/{GOOD}", "cem/k1.py"]
    assert left["ben.tar.gz"] == "it unpacks to more than 20 MB"


def test_an_archive_ten_deep_is_refused(tmp_path: Path) -> None:
    content = zipped(entry("k1.py"))
    for i in range(10):
        content = zipped(entry(f"in{i}.zip", content))
    places, left = read(tmp_path, "a.zip", zipped(entry("deep.zip", content), entry(GOOD)))
    assert places == [GOOD]
    (reason,) = left.values()
    assert "an archive in an archive" in reason


def test_more_entries_than_a_person_has_are_left(tmp_path: Path) -> None:
    many = zipped(*(entry(f"k{i}.txt", b"") for i in range(100_000)))
    places, left = read(tmp_path, "a.zip", zipped(entry("ben.zip", many), entry(GOOD)))
    assert places == [GOOD]
    assert left["ben.zip"] == "it has more than 10,000 entries"


def test_a_list_of_a_million_entries_is_not_read(tmp_path: Path) -> None:
    one = zipped(entry("k"))
    start = one.index(b"PK\x01\x02")
    end = bytearray(one[one.index(b"PK\x05\x06") :])
    row = one[start : one.index(b"PK\x05\x06")]
    end[8:12] = struct.pack("<HH", 0xFFFF, 0xFFFF)
    end[12:16] = struct.pack("<L", len(row) * 10**6)
    many = one[:start] + row * 10**6 + bytes(end)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:  # stored: packed, its ratio would give it away
        archive.writestr("ben.zip", many)
        archive.writestr(GOOD, b"x")
    before = time.process_time()
    places, left = read(tmp_path, "a.zip", out.getvalue())
    assert time.process_time() - before < 3
    assert places == [GOOD]
    assert "list of entries" in left["ben.zip"]


@pytest.mark.parametrize("kind", ["zip", "folder"])
def test_one_archive_uses_up_nobody_elses_share(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piles, "MOST_NESTED", 50)
    monkeypatch.setattr(piles, "MOST_ENTRIES", 60)
    monkeypatch.setattr(piles, "MOST_ARCHIVE", 3_000_000)
    monkeypatch.setattr(piles, "MOST_UNPACKED", 20_000_000)
    zeros = tarred((tarfile.TarInfo("z.bin"), bytes(2_000_000)), mode="w:gz")
    hostile = {
        "many.zip": zipped(*(entry(f"{i}.zip", zipped(*[entry("k.py")])) for i in range(100))),
        "large.zip": zipped(*(entry(f"{i}.tar.gz", zeros) for i in range(40))),
        "files.zip": zipped(*(entry(f"{i}.py", os.urandom(500_000)) for i in range(20))),
    }
    honest = [f"h{i}/k1.py" for i in range(20)]
    files = {**hostile, **dict.fromkeys(honest, b"x")}
    if kind == "zip":
        places, left = read(tmp_path, "a.zip", zipped(*(entry(*f) for f in files.items())))
    else:
        for name, content in files.items():
            (tmp_path / "pile" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "pile" / name).write_bytes(content)
        pile = Pile(tmp_path / "pile")
        places = [e.place for e in pile.entries()]
        left = {x.place: x.reason for x in pile.left}
    assert sorted(p for p in places if p.startswith("h")) == sorted(honest)
    assert left["many.zip"] == "it has more than 50 entries"
    assert left["large.zip"] == left["files.zip"] == "it unpacks to more than 3 MB"


def test_entries_that_share_their_bytes_are_bounded(tmp_path: Path) -> None:
    body = zipped(entry("k0.py", b"y" * 150_000))
    start, last = body.index(b"PK\x01\x02"), body.index(b"PK\x05\x06")
    row = body[start:last]
    rows = [row.replace(b"k0.py", b"k%04d" % i) for i in range(9000)]
    end = bytearray(body[last:])
    end[8:12] = struct.pack("<HH", 9000, 9000)
    end[12:16] = struct.pack("<L", sum(map(len, rows)))
    overlapping = body[:start] + b"".join(rows) + bytes(end)
    places, left = read(tmp_path, "a.zip", zipped(entry("ben.zip", overlapping), entry(GOOD)))
    assert places[-1] == GOOD
    assert len(places) == 1
    assert left


def test_a_pile_of_too_many_entries_is_read_so_far(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piles, "MOST_ENTRIES", 2)
    content = zipped(entry(GOOD), entry("ben/k1.py"), entry("cem/k1.py"), entry("dan/k1.py"))
    places, left = read(tmp_path, "a.zip", content)
    assert places == [GOOD, "ben/k1.py"]
    assert ["more than 2 entries" in x for x in left.values()] == [True]


def test_a_header_of_a_hundred_megabytes_is_not_read(tmp_path: Path) -> None:
    info = tarfile.TarInfo("pax")
    info.type = tarfile.XHDTYPE
    info.size = 100_000_000
    content = info.tobuf(tarfile.USTAR_FORMAT) + bytes(1024)
    inner = zipped(entry("ben.tar", content), entry(GOOD))
    places, left = read(tmp_path, "a.zip", inner)
    assert places == [GOOD]
    assert "damaged" in left["ben.tar"]
    assert "a header of 100000000 bytes" in left["ben.tar"]


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_a_damaged_archive_is_told_wherever_it_breaks(kind: str, tmp_path: Path) -> None:
    whole = (
        zipped(*(entry(f"anna/k{i}.py", os.urandom(200)) for i in range(20)))
        if kind == "zip"
        else tarred(
            *((tarfile.TarInfo(f"anna/k{i}.py"), os.urandom(200)) for i in range(20)), mode="w:gz"
        )
    )
    for place in range(0, len(whole), 97):
        for broken in (whole[:place], whole[:place] + b"\xff\xff\xff\xff" + whole[place + 4 :]):
            inner = zipped(entry(f"ben.{kind}", broken), entry(GOOD))
            places, left = read(tmp_path, "a.zip", inner)
            assert places[-1] == GOOD
            assert len(places) == 21 or left


def test_encrypted_entries_are_told(tmp_path: Path) -> None:
    content = bytearray(zipped(entry("ben/k1.py")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    _, left = read(tmp_path, "a.zip", bytes(content))
    assert left == {"ben/k1.py": "it is encrypted"}


def test_names_are_read_as_their_programs_meant_them(tmp_path: Path) -> None:
    info, content = entry("Öz/k1.py")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, content)
    marked = out.getvalue()
    unmarked = marked.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    assert unmarked != marked
    assert read(tmp_path, "a.zip", marked)[0] == ["Öz/k1.py"]
    assert read(tmp_path, "b.zip", unmarked)[0] == ["Öz/k1.py"]


def test_links_and_pipes_in_a_folder_are_left(tmp_path: Path) -> None:
    folder = tmp_path / "pile"
    (folder / "anna").mkdir(parents=True)
    (folder / "anna" / "k1.py").symlink_to("/etc/passwd")
    (folder / "ben").symlink_to("/etc")
    os.mkfifo(folder / "anna" / "k2.py")
    pile = Pile(folder)
    assert list(pile.entries()) == []
    assert {x.place: x.reason for x in pile.left} == {
        "anna/k1.py": "it is a link",
        "ben": "it is a link",
        "anna/k2.py": "it is a named pipe",
    }


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.zip", b"no archive", "it is no zip and no tar archive"),
        ("a.zip", b"PK\x03\x04", "damaged"),
        ("a.tar.gz", b"\x1f\x8b", "damaged"),
        ("a.py", b"x = 1\n", "neither a folder nor an archive"),
    ],
)
def test_what_can_not_be_read_at_all_is_a_sentence(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=words):
        read(tmp_path, name, content)


def test_other_kinds_of_archives_are_told(tmp_path: Path) -> None:
    _, left = read(tmp_path, "a.zip", zipped(entry("ben.rar"), entry("notes.ipynb"), entry(GOOD)))
    assert "zip and tar are" in left["ben.rar"]
    assert left["notes.ipynb"] == "it is no Python file"
