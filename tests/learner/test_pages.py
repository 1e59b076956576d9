"""What only importing needed is given back, and nothing that was written is lost or changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

CODE = """
import ctypes, mmap, re, sys, tempfile
import torch
from dojo.learner.pages import join_pages, unmap_code

def held():
    text = open("/proc/self/smaps").read()
    found = re.findall(r"r-xp .*libtorch_cpu.*\\n(?:[A-Z].*\\n)*?Rss:\\s+(\\d+)", text)
    return sum(map(int, found))

with tempfile.TemporaryFile() as file:
    file.write(b"old" + bytes(4093))
    file.flush()
    page = mmap.mmap(file.fileno(), 4096, flags=mmap.MAP_PRIVATE)
page[:3] = b"new"
address = ctypes.addressof(ctypes.c_char.from_buffer(page))
mprotect = ctypes.CDLL(None).mprotect
assert mprotect(ctypes.c_void_p(address), 4096, mmap.PROT_READ | mmap.PROT_EXEC) == 0
before = held()
unmap_code()
assert ctypes.string_at(address, 3) == b"new"
print(before, held(), float((torch.ones(3, requires_grad=True) * 2).sum()))
"""


def test_code_that_ran_once_is_let_go_and_runs_again() -> None:
    words = [sys.executable, "-c", CODE]
    shown = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    before, after, result = map(float, shown)
    assert result == 6.0
    assert before > 20_000  # kB
    assert after < before / 4


JOIN = """
import hashlib, re, torch
from dojo.learner.pages import join_pages

def digest():
    return hashlib.sha256(repr(sorted(vars(torch))).encode()).hexdigest()

def large():
    text = open("/proc/self/smaps").read()
    return sum(map(int, re.findall(r"AnonHugePages: +(\\d+) kB", text)))

before, kept = large(), digest()
join_pages()
assert digest() == kept
print(before, large(), float((torch.ones(3, requires_grad=True) * 2).sum()))
"""


def _collapses() -> bool:
    """Whether this kernel knows how: since Linux 6.1, unless large pages were left out."""
    version = tuple(int(n) for n in os.uname().release.split(".")[:2])
    return version >= (6, 1) and Path("/sys/kernel/mm/transparent_hugepage/enabled").exists()


@pytest.mark.skipif(sys.platform != "linux" or not _collapses(), reason="needs large pages")
def test_what_was_imported_lies_in_large_pages_and_is_the_same() -> None:
    words = [sys.executable, "-c", JOIN]
    shown = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    before, after, result = map(float, shown)
    assert result == 6.0
    assert after > before + 20_000  # kB
