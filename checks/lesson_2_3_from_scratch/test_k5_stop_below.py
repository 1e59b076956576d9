"""2.3.5: scripted losses in, count, losses and verdict out; the calls of `step` are counted here.

Where there are thousands, step runs beside the answer. Nothing is random but the scripts, and every
number comes back as it went in.
"""

from dojo.failure import Failed
from dojo.suite.vocabulary import Gen, Learner, Record, Spy, close, require, same, values


@values
def test_stops(learner: Learner, gen: Gen) -> None:
    """it stops at the first loss below the threshold, and counts that epoch"""
    _compare(learner, [0.9, 0.5, 0.2, 0.05, 0.04, 0.3], 0.1, 20, epochs=4)
    for epochs in (2, 7):
        high, low = gen.uniform(0.31, 1, epochs - 1).tolist(), gen.uniform(0, 0.29, 4).tolist()
        _compare(learner, high + low, 0.3, 12, epochs=epochs)


@values
def test_first_epoch(learner: Learner) -> None:
    """one epoch is enough when its loss is below the threshold"""
    _compare(learner, [0.01, 0.5, 0.4], 0.1, 6, epochs=1)


@values
def test_never_reached(learner: Learner, gen: Gen) -> None:
    """when the threshold is never reached, all epochs run and stopped is False"""
    _compare(learner, gen.uniform(0.5, 1, 9).tolist(), 0.4, 9, epochs=9)
    _compare(learner, [0.7, 0.6], 0.5, 1, epochs=1)


@values
def test_last_epoch(learner: Learner) -> None:
    """a loss that passes in the last epoch allowed still counts as stopped"""
    _compare(learner, [0.9, 0.6, 0.5, 0.2, 0.1], 0.3, 4, epochs=4)


@values
def test_equal(learner: Learner) -> None:
    """a loss equal to the threshold is not below it"""
    _compare(learner, [0.5, 0.25, 0.25, 0.125, 0.1], 0.25, 8, epochs=4)
    _compare(learner, [0.5, 0.25], 0.25, 5, epochs=5)
    # As near to it as float32 can tell.
    _compare(learner, [0.5, 0.250001, 0.249999, 0.1], 0.25, 6, epochs=3)


@values
def test_rising(learner: Learner) -> None:
    """a loss that rises or stands still does not end the training"""
    _compare(learner, [0.5, 0.8, 1.2, 1.2, 1.2, 0.3, 0.05, 0.01], 0.1, 12, epochs=7)


@values
def test_negative(learner: Learner) -> None:
    """losses and thresholds may be negative"""
    _compare(learner, [0.5, -0.5, -1.5, -2.5, -3.0], -2.0, 9, epochs=4)


@values
def test_no_epochs(learner: Learner) -> None:
    """with max_epochs 0, step is not called"""
    _compare(learner, [0.05, 0.04], 0.1, 0, epochs=0)


@values
def test_thousands(learner: Learner, gen: Gen) -> None:
    """more than a thousand epochs are no trouble"""
    losses = [*gen.uniform(0.31, 1, 1099).tolist(), 0.2, 0.1]
    try:
        info = learner.train_until(learner.probe.script(losses), 0.3, 1300)
    except Failed as failed:
        deep = failed.raised is not None and failed.raised.type == "RecursionError"
        text = "With max_epochs 1300 it stopped with a RecursionError."
        require(not deep, text, mistake="recursion")
        raise
    _judge(info, losses, 0.3, 1100, "with 1100 losses until it may stop, and max_epochs 1300")


def _compare(
    learner: Learner, losses: list[float], threshold: float, max_epochs: int, *, epochs: int
) -> None:
    rest = iter(losses)

    def step() -> float:
        return next(rest, losses[-1])

    spy = Spy(step, 2 * max_epochs + 5, "no-limit")
    info = learner.train_until(spy, threshold, max_epochs)
    shown = ", ".join(f"{x:.3g}" for x in losses[:6])
    case = f"for the losses {shown}, ... with threshold {threshold} and max_epochs {max_epochs}"
    calls = len(spy.calls)
    text = f"`step` was called {calls} times {case}; {epochs} is right."
    if calls < epochs and all(x > threshold for x in losses[:calls]):
        text += " No loss so far is below the threshold."
    require(calls == epochs, text, calls=calls, expected=epochs)
    _judge(info, losses, threshold, epochs, case)


def _judge(info: Record, losses: list[float], threshold: float, epochs: int, case: str) -> None:
    want = [*losses, *[losses[-1]] * epochs][:epochs]
    same(info.epochs_run, epochs, f"epochs_run {case}")
    same(len(info.losses), epochs, f"the number of losses {case}")
    close(info.losses, want, f"losses {case}")
    same(info.stopped, any(x < threshold for x in want), f"stopped {case}")
