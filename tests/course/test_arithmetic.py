"""Numbers as they are worked out: nothing but arithmetic is read."""

import math

import pytest

from dojo.course.arithmetic import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("193", 193.0),
        ("2*16 + 16 + 16*8 + 8 + 8*1 + 1", 193.0),
        ("-(3 - 5) / 4", 0.5),
        ("1e-3", 0.001),
        ("2**-2", 0.25),
        ("sqrt(2) * sqrt(2)", 2.0),
        (" log(exp(1)) ", 1.0),
        ("tanh(0)", 0.0),
    ],
)
def test_arithmetic_is_worked_out(text: str, value: float) -> None:
    assert math.isclose(number(text), value, abs_tol=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "1 +", "True", "'a'", "1j", "[1]", "1 if 1 else 2", "__import__('os')",
        "exp(1, 2)", "(1).real", "1/0", "10**400", "log(0)", "9" * 500,
        "(" * 150 + "1" + ")" * 150, "1\x00", "exp(1000)", "lambda: 1", "nan",
        "1e999", "1e999 - 1e999",
    ],
)  # fmt: skip
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        number(text)
