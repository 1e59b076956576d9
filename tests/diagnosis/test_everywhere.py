"""Mistakes that no card lists: told where the answers show them, and nowhere else."""

import pytest

from dojo.course.catalog import Kata
from dojo.judge.judge import Judge
from dojo.request import Request

HEAD = """
import torch
from jaxtyping import Float
from torch import Tensor


def column_grads(x: Float[Tensor, "n d"], w: Float[Tensor, "d"]) -> Float[Tensor, "d"]:
    """


def named(judge: Judge, kata: Kata, body: str, seed: int = 3) -> str | None:
    verdict = judge.check(Request(kata, f"{HEAD}{body}\n".encode(), "answer.py", seed=seed))
    assert verdict.status == "fail"
    return verdict.findings[0].mistake


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("2 * x.T @ (x @ w) / len(x)", "nothing-returned"),
        ("return None", "nothing-returned"),
        ("return 2 * x.T @ (x @ w) / len(x) * torch.tensor(float('nan'))", "not-a-number"),
        ("return (x.T @ (x @ w) - 1e6).log()", "not-a-number"),
        ("return w", "input-returned"),
        ("return w.clone()", "input-returned"),
        ("return torch.zeros_like(w)", "same-for-all"),
        ("return torch.full_like(w, 0.7)", "same-for-all"),
        ("return torch.ones(x.shape[1], dtype=x.dtype)", "same-for-all"),
    ],
)
def test_what_the_answers_show_is_named(judge: Judge, grads: Kata, body: str, name: str) -> None:
    assert named(judge, grads, body) == name


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("return w.unsqueeze(0)", "wrong-shape"),
        ("return [0.5]", "wrong-kind"),
        ("return (x.T @ (x @ w)).long()", "wrong-dtype"),
        ("return 8 * x.T @ (x @ w) / len(x)", None),
        ("return 2 * x.T @ (x @ w) / len(x) + 0.3", "constant-offset"),
        ("return (2 * x.T @ (x @ w) / len(x)).flip(0)", "reversed"),
        ("raise ValueError('later')", "own-refusal"),
        ("return x.T @ x.T", "shapes-dont-multiply"),
        ("return x.men()", "no-such-attribute"),
    ],
)
def test_what_the_facts_spell_out_is_named(
    judge: Judge, grads: Kata, body: str, name: str | None
) -> None:
    assert named(judge, grads, body) == name


@pytest.mark.parametrize(
    "body",
    [
        "return 3.7 * x.T @ (x @ w)",
        "return x.T @ (x @ w) + 0.3",
        "return x[0] + w",
        "return (x.T @ (x @ w)).abs().sqrt()",
    ],
)
def test_other_wrong_answers_are_given_no_name(judge: Judge, grads: Kata, body: str) -> None:
    assert named(judge, grads, body) is None


def test_nothing_is_said_of_what_a_card_names(judge: Judge, grads: Kata) -> None:
    mistake = grads.mistakes()[0]
    text = grads.solution_path.read_text(encoding="utf-8")
    for old, new in mistake.edits:
        text = text.replace(old, new)
    verdict = judge.check(Request(grads, text.encode(), "answer.py", seed=3))
    assert {f.mistake for f in verdict.findings} == {mistake.id}


def test_the_words_follow_what_was_observed(judge: Judge, grads: Kata) -> None:
    verdict = judge.check(Request(grads, f"{HEAD}pass\n".encode(), "answer.py", seed=3))
    message = verdict.findings[0].message
    assert message.index("None") < message.index("ends without `return`")
