"""Numbers in sentences: with as many digits as they need, and with the noun in the right form."""

MOST_DIGITS = 17  # tell any two floats apart


def count(number: int, noun: str) -> str:
    """``1 check``, ``3 checks``, ``2 entries``."""
    if number == 1:
        return f"{number} {noun}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{number} {noun[:-1]}ies"
    return f"{number} {noun}s"


def apart(got: float, want: float, digits: int = 6) -> tuple[str, str]:
    """Two numbers in as few digits as tell them apart.

    Args:
        got, want: the numbers; two that are equal stay equal.
        digits: significant ones, at least.

    >>> apart(0.2439291, 0.2439287)
    ('0.2439291', '0.2439287')
    >>> apart(0.5, 0.25)
    ('0.5', '0.25')
    """
    for shown in range(digits, MOST_DIGITS + 1):
        texts = f"{got:.{shown}g}", f"{want:.{shown}g}"
        if texts[0] != texts[1]:
            return texts
    return f"{got:.{digits}g}", f"{want:.{digits}g}"


def plain(value: float) -> str:
    """A number as people write it.

    >>> plain(7.0), plain(0.1)
    ('7', '0.1')
    """
    whole = abs(value - round(value)) < 1e-8 * abs(value)
    return f"{value:.0f}" if whole else f"{value:.5g}"


def rounded(value: float, beside: float, digits: int = 4) -> str:
    """A number that stands beside others of a known size: what is noise there is 0.

    >>> rounded(5.59e-16, beside=1.0)
    '0'
    """
    return f"{0.0 if abs(value) < 1e-9 * abs(beside) else value:.{digits}g}"
