"""Honest answers in odd dress, each a small file in tests/oddities/: right answers to kata 1.2.2.

All of them pass. What a formatter would tidy up, or what isn't UTF-8, is made here as bytes.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.course import catalog
from dojo.judge.judge import Judge
from dojo.request import Request

ODDITIES = Path(__file__).parent / "oddities"
PLAIN = (ODDITIES / "prints.py").read_bytes()
ODD_BYTES: dict[str, bytes] = {
    "windows_newlines": PLAIN.replace(b"\n", b"\r\n"),
    "old_mac_newlines": PLAIN.replace(b"\n", b"\r"),
    "mixed_newlines": PLAIN.replace(b"\n", b"\r\n", 5),
    "byte_order_mark": b"\xef\xbb\xbf" + PLAIN,
    "byte_order_mark_and_windows_newlines": b"\xef\xbb\xbf" + PLAIN.replace(b"\n", b"\r\n"),
    "latin_1": b"# -*- coding: latin-1 -*-\n# gr\xf6\xdfe\n" + PLAIN,
    "named_utf_8": b"#!/usr/bin/env python3\n# vim: set fileencoding=utf-8 :\n" + PLAIN,
    "tabs": PLAIN.replace(b"    ", b"\t"),
    "no_final_newline": PLAIN.rstrip(b"\n"),
    "blank_lines_around": b"\n\n\n" + PLAIN + b"\n\n   \n\n",
    "form_feeds": PLAIN.replace(b"\n\n\n", b"\n\n\x0c\n"),
    "trailing_spaces": PLAIN.replace(b"\n", b"   \n"),
    "broken_lines": PLAIN.replace(b"residual = x * w", b"residual = x \\\n        * w"),
    "semicolons": PLAIN.replace(
        b"residual = x * w + b - y\n", b"residual = x * w + b - y; pass;\n"
    ),
    "quoted_annotations": PLAIN.replace(
        b'x: Float[Tensor, "n 1"]', b"x: 'Float[Tensor, \"n 1\"]'"
    ).replace(b'w: Float[Tensor, "1"]', b"w: \"Float[Tensor, '1']\""),
    "very_long_file": PLAIN + b"".join(b"\n\nV%d = %d\n" % (n, n) for n in range(3000)),
    "very_long_line": PLAIN + b"\n\nV = [" + b"1, " * 20_000 + b"]\n",
}


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    """A warm judge for the real katas."""
    with Judge(catalog.load()) as judge:
        yield judge


@pytest.mark.parametrize("path", sorted(ODDITIES.glob("*.py")), ids=lambda p: p.stem)
def test_an_honest_oddity_passes(judge: Judge, path: Path) -> None:
    _accept(judge, path.read_bytes())


@pytest.mark.parametrize("name", ODD_BYTES)
def test_an_oddly_written_file_passes(judge: Judge, name: str) -> None:
    assert ODD_BYTES[name] != PLAIN
    _accept(judge, ODD_BYTES[name])


def _accept(judge: Judge, source: bytes) -> None:
    kata, seed = judge.catalog.kata("1.2.2"), zlib.crc32(source)  # the same at every run
    verdict = judge.check(Request(kata, source, "k2_mse_grads_by_hand.py", seed))
    assert verdict.passed, [f.message for f in verdict.findings] or verdict.reason
