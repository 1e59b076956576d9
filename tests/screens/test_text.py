"""Hostile text does nothing to a terminal, and every encoding gets something readable."""

import io

import pytest

from dojo.screens.text import clean, count, duration, make_printable, signs


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("plain ✓ 猫 é", "plain ✓ 猫 é"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[H\x1b[?25lgone", "gone"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;never closed", ""),
        ("\x1bP+q544e\x1b\\x", "x"),
        ("\x1bcreset", "reset"),
        ("\x9b31mred", "red"),
        ("bell\x07 back\x08 null\x00 delete\x7f", "bell� back� null� delete�"),
        ("a\rb", "b"),
        ("epoch 1\repoch 2\r", "epoch 2"),
        ("a\r\nb", "a\nb"),
        ("a\tb", "a   b"),
        ("right\u202eleft", "right�left"),
        ("lone \ud800", "lone �"),
        ("[red]markup[/red] :smile:", "[red]markup[/red] :smile:"),
        ("private \ue000 use", "private � use"),
    ],
)
def test_clean(hostile: str, shown: str) -> None:
    assert clean(hostile) == shown


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8", "cp437", "nonsense"])
def test_signs_can_be_encoded(encoding: str) -> None:
    chosen = "".join(vars(signs(encoding)).values())
    chosen.encode("ascii" if encoding == "nonsense" else encoding)
    assert all(len(sign) == 1 for sign in vars(signs(encoding)).values())


def test_poor_streams_get_replacements_instead_of_errors() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    make_printable(stream, None, io.StringIO())
    stream.write("Σ(ŷ − y)² ≤ 3 → é 猫 \ud800")
    stream.flush()
    assert raw.getvalue() == b"sum(y^ - y)^2 <= 3 -> e ? ?"


def test_utf_8_streams_survive_lone_surrogates() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8")
    make_printable(stream)
    stream.write("² \ud800")
    stream.flush()
    assert raw.getvalue().decode() == "² ?"


def test_numbers_in_words() -> None:
    assert [count(n, "check") for n in (0, 1, 2)] == ["0 checks", "1 check", "2 checks"]
    assert [duration(s) for s in (0.111, 14.4, 125)] == ["0.11 s", "14 s", "2 min 5 s"]
