"""Moves of parameters: when they are right, what is said of wrong ones, and what is named."""

from collections.abc import Callable, Iterator, Mapping

import pytest
import torch
from torch import Tensor

from dojo.failure import Failed
from dojo.suite.compare import close, set_single
from dojo.suite.moving import descends, moves
from dojo.verdict import Finding

WANT = {"w": torch.tensor([[0.3, -0.1], [0.2, 0.7]]), "b": torch.tensor([0.5, -0.4])}
START = {"w": torch.tensor([[1.0, 2.0], [-3.0, 0.1]]), "b": torch.tensor([0.7, 4.0])}
N, LR = 7, 0.03
FACTORS = {"uphill": -1.0, "sum": N, "lr-missing": 1 / LR, "no-learning": 0.0}


@pytest.fixture(autouse=True)
def double() -> Iterator[None]:
    set_single(False)
    yield
    set_single(False)


def judged(made: dict[str, Tensor], **known: object) -> Finding | None:
    """What is found when the parameters move so."""
    before = {n: t.double() for n, t in START.items()}
    after = {n: before[n] - made[n].double() for n in before}
    want = {n: t.double() for n, t in WANT.items()}
    try:
        moves(before, after, want, "in epoch 2", **known)  # pyrefly: ignore[bad-argument-type]
    except Failed as failed:
        return failed.finding
    return None


def times(c: float) -> dict[str, Tensor]:
    return {n: c * t.double() for n, t in WANT.items()}


def test_right_moves_pass() -> None:
    assert judged(times(1.0)) is None
    assert judged(times(1 + 1e-12)) is None


def test_moves_that_are_off_by_a_millionth_fail() -> None:
    assert judged(times(1 + 1e-6)) is not None


def test_moves_that_are_no_numbers_fail() -> None:
    assert judged({**times(1.0), "b": torch.tensor([torch.nan, 0.0])}) is not None


@pytest.mark.parametrize(
    ("c", "mistake", "words"),
    [
        (-1.0, "uphill", "the other way"),
        (N, "sum", "7 times"),
        (1 / LR, "lr-missing", "33.33 times"),
        (0.0, "no-learning", "No parameter moved in epoch 2."),
        (1.7, None, "1.7 times"),
    ],
)
def test_a_common_factor_is_said_and_named(c: float, mistake: str | None, words: str) -> None:
    found = judged(times(c), factors=FACTORS)
    assert found is not None
    assert words in found.message
    assert found.mistake == mistake


def test_what_stands_still_is_told_where_the_rest_is_right() -> None:
    lost = {**times(1.0), "b": torch.zeros(2)}
    found = judged(lost, still="forgotten")
    assert found is not None
    assert found.mistake == "forgotten"
    assert found.message == "Did not move in epoch 2: b. The others moved as they should."
    both = judged({**times(2.0), "b": torch.zeros(2)}, still="forgotten")
    assert both is not None
    assert both.mistake is None


def test_the_first_mistake_whose_moves_fit_is_named() -> None:
    other = {"w": torch.ones(2, 2), "b": torch.ones(2)}
    found = judged(
        other,
        otherwise={
            "unknown": lambda: None,
            "far": lambda: times(3.0),
            "several": (lambda: times(4.0), lambda: other),
            "late": lambda: other,
        },
    )
    assert found is not None
    assert found.mistake == "several"
    assert "in w a number moved by -1 instead of 0.1" in found.message


def test_moves_in_float32_may_be_rounded() -> None:
    set_single(True)
    assert judged({n: t + 1e-5 * t for n, t in times(1.0).items()}) is None
    assert judged({n: t + 1e-2 * t for n, t in times(1.0).items()}) is not None
    assert judged({n: t + 1e-2 * t for n, t in times(1.0).items()}, slack=2e-2) is None


def test_close_names_what_would_have_given_the_value() -> None:
    def found(got: list[float]) -> str | None:
        with pytest.raises(Failed) as caught:
            close(
                got,
                [1.0, 2.0],
                "y",
                otherwise={"doubled": lambda: [2.0, 4.0], "zeros": lambda: [0.0, 0.0]},
            )
        return caught.value.finding.mistake

    assert found([2.0, 4.0]) == "doubled"
    assert found([2.0 + 1e-6, 4.0]) == "doubled"
    assert found([0.0, 0.0]) == "zeros"
    assert found([2.1, 4.0]) is None


def test_nothing_is_worked_out_while_all_is_well() -> None:
    def never() -> None:
        raise AssertionError

    close([1.0], [1.0], "y", otherwise={"a": never})
    assert judged(times(1.0), otherwise={"a": never}) is None


TARGET = {"w": torch.tensor([3.0, -1.0, 0.5], dtype=torch.float64)}
Path = list[dict[str, Tensor]]
Update = Callable[[Tensor, Tensor, list[Tensor]], Tensor]


def gradient(p: Mapping[str, Tensor]) -> dict[str, Tensor]:
    steepness = torch.tensor([0.2, 1.0, 3.0], dtype=torch.float64)
    return {"w": steepness * (p["w"] - TARGET["w"])}


def trained(update: Update) -> Path:
    """The parameters after 1 to 4 epochs; an update gets the parameters, all gradients so far."""
    w, runs, grads = torch.tensor([0.3, 0.7, -2.0], dtype=torch.float64), Path(), list[Tensor]()
    for _ in range(4):
        grads.append(gradient({"w": w})["w"])
        w = w - update(w, grads[-1], grads)
        runs.append({"w": w})
    return runs


def momentum(_: Tensor, __: Tensor, grads: list[Tensor]) -> Tensor:
    return LR * torch.stack([0.9**k * g for k, g in enumerate(reversed(grads))]).sum(dim=0)


UPDATES: list[tuple[Update, str | None]] = [
    (lambda w, g, gs: LR * 0 * g, "no-learning"),
    (lambda w, g, gs: -LR * g, "uphill"),
    (lambda w, g, gs: g, "lr-missing"),
    (lambda w, g, gs: LR * LR * g, "lr-twice"),
    (lambda w, g, gs: LR * g / 2, "half-step"),
    (lambda w, g, gs: LR * g * 2, "double-step"),
    (lambda w, g, gs: LR * torch.stack(gs).sum(dim=0), "gradients-pile-up"),
    (momentum, "momentum"),
    (lambda w, g, gs: LR * g / len(gs), "rate-changes"),
    (lambda w, g, gs: LR * (g + 0.1 * w), "weight-decay"),
    (lambda w, g, gs: LR * g.sign(), "adaptive-steps"),
    (lambda w, g, gs: LR * g * torch.tensor([1.0, 1.0, 0.0]), None),
    (lambda w, g, gs: LR * g * w, None),
]


@pytest.mark.parametrize(("update", "mistake"), UPDATES)
def test_slips_of_a_loop_are_told_by_its_moves(update: Update, mistake: str | None) -> None:
    with pytest.raises(Failed) as caught:
        descends(trained(update), gradient, LR, "here")
    assert caught.value.finding.mistake == mistake


def test_steps_down_the_gradient_pass() -> None:
    descends(trained(lambda w, g, gs: LR * g), gradient, LR, "here")


def test_a_reason_that_the_check_knows_goes_before_all() -> None:
    with pytest.raises(Failed) as caught:
        descends(trained(lambda w, g, gs: -LR * g), gradient, LR, "here", because="known")
    assert caught.value.finding.mistake == "known"
