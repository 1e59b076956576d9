"""Broken cards and suites, each with the sentence that an author reads: file, line, what to do."""

# ruff: noqa: E501  (a row each)

import shutil
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.authors.sound import flaws
from dojo.course.catalog import CardError, load
from dojo.course.places import line_of

LESSON = "lesson_1_2_lines"
CARD = f"checks/{LESSON}/k1_mean_of_squares.toml"
SUITE = f"checks/{LESSON}/test_k1_mean_of_squares.py"
SOLUTION = f"solutions/{LESSON}/k1_mean_of_squares.py"
TEXT = f"katas/{LESSON}/README.md"
FIRST = 'edits = [[".mean(dim=0)", ".sum(dim=0)"]]'
SHAPES = (
    '@shapes\ndef test_one_number_a_column(learner: Learner, gen: Gen) -> None:\n    """one number'
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    scaffold.create(root, "1.2.1", "mean-of-squares", "lines")
    scaffold.create(root, "1.2.2", "neighbour")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A course of two katas, to be broken."""
    return shutil.copytree(made, tmp_path / "course")


BROKEN_CARDS = [
    ("title = ", "titel = ", "{2}: 'titel' is no key of the card; the nearest is 'title'"),
    ("minutes = 5", "minutes = 5\ncolour = 1", "{4}: 'colour' is no key of the card; there are id, title, minutes"),
    ('title = "Mean of squares"\n', "", "{1}: the card has no 'title'"),
    ("Mean of squares", " ", "{2}: 'title' is empty"),
    ('title = "Mean of squares"', "title = 5", "{2}: 'title' must be a text, and here stands a whole"),
    ("minutes = 5", 'minutes = "5"', "{3}: 'minutes' is a whole number from 1 to 60"),
    ("minutes = 5", "minutes = 0", "{3}: 'minutes' is a whole number from 1 to 60"),
    ("minutes = 5", "minutes = ", "{3}: this is no TOML: Invalid value"),
    ('id = "1.2.1"', 'id = "1.2.3"', "{1}: the id is '1.2.3', but the file's place says '1.2.1'"),
    ('id = "1.2.1"', 'id = "one"', '{1}: the id has three numbers, such as "1.2.2"'),
    ("hints = [", 'hints = ["a fourth",', "{8}: 'hints' is a list of three texts, and here stands 4"),
    ("minutes = 5", 'minutes = 5\nforbids = ["autogard"]', "{4}: 'autogard' can't be forbidden; the nearest is 'autograd'"),
    ("minutes = 5", 'minutes = 5\nforbids = "autograd"', "{4}: 'forbids' is a list such as [\"autograd\"], not a text"),
    ("minutes = 5", "minutes = 5\nseconds = -1", "{4}: 'seconds' is a number, above 0 and at most 60"),
    ("minutes = 5", 'minutes = 5\ntyping = "must"', "{4}: 'typing' is \"required\" or \"advice\", and here stands 'must'"),
    ("minutes = 5", 'minutes = 5\nrepair = "sum-for-men"', "{4}: no mistake of this card is called 'sum-for-men'; the nearest is 'sum-for-mean'"),
    ("axes.", "axes", "{7}: 'mastered' must be a sentence: it ends without a full stop"),
    ("[[mistake]]\nid = \"sum", "[[mistakes]]\nid = \"sum", "{14}: 'mistakes' is no key of the card; the nearest is 'mistake'"),
    ("[[mistake]]\nid = \"sum", "[mistake]\nid = \"sum", "{14}: a mistake begins with [[mistake]], in double brackets"),
    (FIRST, 'edits = [".mean(dim=0)", ".sum(dim=0)"]', "{16}: 'edits' is flat: it holds pairs of texts, as in edits = [[\"old\", \"new\"]]"),
    (FIRST, 'edits = [[".mean(dim=0)"]]', "{16}: edit 1 is no pair"),
    (FIRST, "edits = []", "{16}: 'edits' holds pairs"),
    (FIRST, FIRST + '\nalso = [["a", "b"]]', "{17}: each way is like 'edits', as in also = "),
    (FIRST, FIRST + '\nalso = [[["a", "a"]]]', "{17}: edit 1 changes nothing"),
    (FIRST, 'edits = [["dim=0", "dim=0"]]', "{16}: edit 1 changes nothing"),
    (FIRST, FIRST.replace("edits", "edit"), "{16}: 'edit' is no key of mistake 'sum-for-mean'; the nearest is 'edits'"),
    (FIRST, FIRST + "\nseconds = 2", "{17}: 'seconds' belongs to the card: above its first [[mistake]]"),
    ('says = "A mean is divided by the number of rows. Where is that division?"\n', "", "{14}: mistake 'sum-for-mean' has no 'says'"),
    ('id = "root-taken"', 'id = "sum-for-mean"', "{30}: another mistake is called 'sum-for-mean' already"),
    ('id = "root-taken"', 'id = "Root taken"', "{30}: the id of a mistake is written in kebab-case"),
    (FIRST, FIRST + '\nrelation = "factor n"', "{18}: what a relation means is said in [says], not beside"),
    ("[[mistake]]\nid = \"sum", '[says]\n"factr n" = "So."\n\n[[mistake]]\nid = "sum', "{15}: 'factr n' is no relation; the nearest is 'factor n'"),
    ("[[mistake]]\nid = \"sum", '[says]\n"factor n" = "So"\n\n[[mistake]]\nid = "sum', "{15}: 'factor n' must be a sentence: it ends without a full stop"),
    ("[[mistake]]\nid = \"sum", '[says]\n"factor n" = { ide = "a" }\n\n[[mistake]]\nid = "sum', "{15}: 'factor n' is a sentence, or { idea = \"...\" } for one of ideas.toml"),
    ("[[mistake]]\nid = \"sum", '[names]\nf = "w"\n\n[[mistake]]\nid = "sum', "{15}: the results of 'f' are a list of texts"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), BROKEN_CARDS, ids=[w for _, _, w in BROKEN_CARDS])
def test_a_broken_card_is_told_with_its_line(root: Path, old: str, new: str, words: str) -> None:
    change(root / CARD, old, new)
    with pytest.raises(CardError) as caught:
        load(root, whole=True)
    assert len(caught.value.flaws) == 1
    assert worded(words, CARD) in caught.value.flaws[0]


BROKEN_FILES = [
    (SUITE, "@shapes\n", "", "{12}: the check 'one_number_a_column' has no kind"),
    (SUITE, "@shapes\n", "@shape\n", "{12}: it stops here: NameError: name 'shape' is not defined. Did you mean 'shapes'?"),
    (SUITE, '    """one number for each column"""\n', "", "{13}: the check 'one_number_a_column' has no docstring"),
    (SUITE, "def test_mean_of_squares(learner: Learner", "def test_one_number_a_column(lerner: Learner", "{20}: the check 'one_number_a_column' stands on line 13 already"),
    (SUITE, "(learner: Learner, gen: Gen) -> None:\n    \"\"\"one", "(learner: Learner, gin: Gen) -> None:\n    \"\"\"one", "{13}: the check 'one_number_a_column' asks for 'gin', which nobody gives it; the nearest is 'gen'"),
    (SUITE, "import Gen, Learner, close", "import Gen, Lerner, close", "Did you mean 'Learner'?"),
    (SUITE, "@values\n", "@values(\n", "Python can't read this"),
    (SOLUTION, "    # --- yours\n", "", "{16}: this region ends, but begins nowhere"),
    (SOLUTION, "    # --- end\n", "", "{15}: this region has no `# --- end`"),
    (SOLUTION, "x.square()", "x.pow(2)", CARD + ":21: mistake 'square-forgotten': the edit 'x.square()' stands 0 times"),
    (CARD, '["x.square()", "x"]', '["x.square()", "x("]', CARD + ":19: mistake 'square-forgotten': Python can't read line"),
    (CARD, FIRST, FIRST + '\nalso = [[["y = 1", "y = 2"]]]', "{17}: mistake 'sum-for-mean': the edit 'y = 1' stands 0 times"),
    (TEXT, "# 1.2 Lines", "Lines", "{1}: the lesson's text begins with its title: '# 1.2 Title'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "words"), BROKEN_FILES, ids=[w for *_, w in BROKEN_FILES]
)
def test_a_broken_file_is_told_with_its_line(
    root: Path, file: str, old: str, new: str, words: str
) -> None:
    change(root / file, old, new)
    found = flaws(load(root).kata("1.2.1"))
    assert found
    assert worded(words, file) in found[0]


def test_a_survivor_without_a_change_is_told_with_its_line(root: Path) -> None:
    kata = load(root).kata("1.2.1")
    kata.survivors_path.write_text('[[survivor]]\nwhy = "So."\n', encoding="utf-8")
    name = SOLUTION.replace(".py", "_survivors.toml")
    assert flaws(kata) == (f"{name}:1: a survivor has no 'edits', and no 'lines' either",)


IDEAS = f"checks/{LESSON}/ideas.toml"
SHARED = '[says]\n"factor n" = { idea = "one-over-n" }\n\n[[mistake]]\nid = "sum'


def test_cards_of_a_lesson_share_sentences(root: Path) -> None:
    change(root / CARD, '[[mistake]]\nid = "sum', SHARED)
    (root / IDEAS).write_text('one-over-n = "A mean has its 1/n."\n', encoding="utf-8")
    words = load(root).kata("1.2.1").words()
    assert words.says == {"factor n": "A mean has its 1/n."}


@pytest.mark.parametrize(
    ("ideas", "words"),
    [
        ('one-over-m = "So."', CARD + ":15: no idea of this lesson is called 'one-over-n'; the ne"),
        ('one-over-n = "So"', IDEAS + ":1: 'one-over-n' must be a sentence"),
        ('a = "So."\nA_b = "So."', IDEAS + ":2: the name of an idea is written in kebab-case"),
        ("one", IDEAS + ":1: this is no TOML"),
        (None, IDEAS + ": the card can't be read"),
    ],
)
def test_a_flaw_of_shared_sentences_is_told(root: Path, ideas: str | None, words: str) -> None:
    change(root / CARD, '[[mistake]]\nid = "sum', SHARED)
    if ideas is not None:
        (root / IDEAS).write_text(ideas, encoding="utf-8")
    assert flaws(load(root).kata("1.2.1"))[0].startswith(words)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (
            '[names]\nmean_of_square = ["it"]',
            ":15: there is no function 'mean_of_square'; the near",
        ),
        ('[says]\n"factor m" = "So."', ":15: no call has a size or number 'm'"),
    ],
)
def test_words_are_about_what_there_is(root: Path, table: str, words: str) -> None:
    start = '[[mistake]]\nid = "sum'
    change(root / CARD, start, f"{table}\n\n{start}")
    assert flaws(load(root).kata("1.2.1"))[0].startswith(f"{CARD}{words}")


def test_what_is_missing_is_told(root: Path) -> None:
    kata = load(root).kata("1.2.1")
    kata.lesson_text_path.unlink()
    assert flaws(kata) == (f"{TEXT}: the lesson's text is missing; it begins with '# 1.2 Title'",)
    kata.suite_path.unlink()
    assert flaws(kata) == (f"{SUITE}: the file is missing",)


def test_all_flaws_of_all_cards_are_told_at_once(root: Path) -> None:
    change(root / CARD, "minutes = 5", "minutes = 0\ncolour = 1")
    change(root / CARD.replace("k1_mean_of_squares", "k2_neighbour"), "title", "titel")
    with pytest.raises(CardError) as caught:
        load(root)
    assert len(caught.value.flaws) == 3


def test_one_bad_card_leaves_the_other_katas(root: Path) -> None:
    change(root / CARD, "minutes = 5", "minutes = 0")
    told: list[CardError] = []
    assert [k.id for k in load(root, on_flaw=told.append).katas] == ["1.2.2"]
    assert [str(error) for error in told] == [f"{CARD}:3: 'minutes' is a whole number from 1 to 60"]


def test_a_place_on_a_card_has_its_line() -> None:
    text = 'a = """\nb = 1\n"""\n[[t]]\nx = [\n  ["p",\n   "q"],\n  ["r", "s"],\n]\n[[t]]\nx = []\n'
    assert [line_of(text, w) for w in (("a",), ("t", 0), ("t", 0, "x", 1), ("t", 1, "x"))] == [
        *(1, 4, 8, 11)
    ]
    assert line_of(text, ("b",)) == 1


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def worded(words: str, file: str) -> str:
    """``{3}: …`` is line 3 of the file."""
    number, brace, rest = words.partition("}")
    return f"{file}:{number[1:]}{rest}" if brace and number.startswith("{") else words
