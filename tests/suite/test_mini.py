"""The engine's own katas are proved as every kata is."""

import pytest

from dojo.authors.proof import prove
from dojo.course.catalog import Catalog
from dojo.judge.judge import Judge


@pytest.mark.parametrize("kata", ["9.1.3", "9.1.4"])
def test_katas_with_results_of_every_kind_are_honest(
    judge: Judge, mini: Catalog, kata: str
) -> None:
    assert prove(mini.kata(kata), judge, range(2)).problems == ()
