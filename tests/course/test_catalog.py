"""Cards and folders make the catalog; selectors choose from it."""

from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.course.catalog import CardError, Catalog, load
from dojo.errors import UsageError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for kata_id, slug, lesson in (
        ("2.10.1", "last-one", "tenth"),
        ("1.2.10", "tenth-kata", "linear_regression"),
        ("1.2.2", "second-kata", None),
        ("1.3.1", "batches", "batch_and_stochastic"),
        ("2.9.1", "nearly-last", "ninth"),
    ):
        scaffold.create(tmp_path, kata_id, slug, lesson)
    return tmp_path


@pytest.fixture
def catalog(root: Path) -> Catalog:
    return load(root)


def card(root: Path) -> Path:
    return root / "checks/lesson_1_2_linear_regression/k2_second_kata.toml"


def ids(catalog: Catalog, selector: str) -> list[str]:
    return [k.id for k in catalog.select(selector)]


def test_katas_are_in_the_order_of_their_numbers(catalog: Catalog) -> None:
    assert [k.id for k in catalog.katas] == ["1.2.2", "1.2.10", "1.3.1", "2.9.1", "2.10.1"]
    assert [x.id for x in catalog.lessons] == ["1.2", "1.3", "2.9", "2.10"]


def test_a_lesson_is_titled_by_its_text(catalog: Catalog, root: Path) -> None:
    assert catalog.lesson("1.2").title == "Linear regression"
    (root / "katas/lesson_1_2_linear_regression/README.md").unlink()
    assert load(root).lesson("1.2").title == "1.2"


@pytest.mark.parametrize(
    ("selector", "chosen"),
    [
        ("1.2.2", ["1.2.2"]),
        ("1.2", ["1.2.2", "1.2.10"]),
        ("1", ["1.2.2", "1.2.10", "1.3.1"]),
        (" 1.3 ", ["1.3.1"]),
        ("batches", ["1.3.1"]),
        ("k1_batches", ["1.3.1"]),
        ("katas/lesson_1_3_batch_and_stochastic/k1_batches.py", ["1.3.1"]),
        ("anywhere/k1_batches.py", ["1.3.1"]),
        ("katas/lesson_1_2_linear_regression", ["1.2.2", "1.2.10"]),
    ],
)
def test_selectors(catalog: Catalog, selector: str, chosen: list[str]) -> None:
    assert ids(catalog, selector) == chosen


@pytest.mark.parametrize("selector", ["", ".", "1.", "12", "1.2.2.1", "k", "lesson", "other.py"])
def test_a_selector_means_the_whole_of_a_name(catalog: Catalog, selector: str) -> None:
    with pytest.raises(UsageError, match="There is no kata"):
        catalog.select(selector)


def test_an_unknown_selector_names_the_nearest(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="nearest is 'second-kata'"):
        catalog.select("secnd-kata")


def test_several_selectors_give_each_kata_once_in_order(catalog: Catalog) -> None:
    chosen = catalog.select_all(["2.9", "1.2.10", "1.2"])
    assert [k.id for k in chosen] == ["1.2.2", "1.2.10", "2.9.1"]


def test_a_card_is_read_whole(catalog: Catalog) -> None:
    kata = catalog.kata("1.2.2")
    assert (kata.slug, kata.lesson_id, kata.module_id) == ("second-kata", "1.2", "1")
    assert kata.brief == "Return the mean of the squares of each column of a table."
    assert len(kata.hints) == 3
    assert [m.id for m in kata.mistakes()][:2] == ["sum-for-mean", "square-forgotten"]
    assert kata.mistakes()[0].edits == ((".mean(dim=0)", ".sum(dim=0)"),)
    assert kata.suite_path.is_file()
    assert kata.solution_path.is_file()


def test_lines_of_prose_are_joined_and_formulas_are_kept(root: Path) -> None:
    text = card(root).read_text()
    brief = "One\ntwo.\n\n  y = 3 x\n  z = 4\n\nThree."
    start, _, rest = text.partition('brief = """\n')
    card(root).write_text(f'{start}brief = """\n{brief}{rest[rest.index(chr(10)) :]}')
    assert load(root).kata("1.2.2").brief == "One two.\n\n  y = 3 x\n  z = 4\n\nThree."


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "1.2.2"', 'id = "1.2.3"', "the file's place says '1.2.2'"),
        ("title = ", "titel = ", "'titel' is no key of the card; the nearest is 'title'"),
        ("minutes = 5", "minutes = ", "k2_second_kata.toml"),
    ],
)
def test_a_wrong_card_is_told_with_its_file(root: Path, old: str, new: str, words: str) -> None:
    card(root).write_text(card(root).read_text().replace(old, new))
    with pytest.raises(CardError, match=words):
        load(root)


def test_katas_that_would_share_their_passes_are_refused(root: Path) -> None:
    twin = card(root).with_name("k3_batches.toml")
    twin.write_text(card(root).read_text().replace('id = "1.2.2"', 'id = "1.2.3"'))
    with pytest.raises(CardError, match=r"'batches' as well\. Progress goes by that name"):
        load(root)
    told: list[CardError] = []
    assert len(load(root, on_flaw=told.append).katas) == 5
    assert len(told) == 1


def test_a_card_out_of_place_is_told(root: Path) -> None:
    card(root).rename(card(root).with_name("kata_two.toml"))
    card(root).with_name("kata_two.toml").rename(card(root).parent / "k_2.toml")
    with pytest.raises(CardError, match="expected checks/lesson_M_L_name"):
        load(root)
