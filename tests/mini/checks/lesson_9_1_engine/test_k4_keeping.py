"""9.1.4: files, a new process in the middle, and a test that is tested."""

import torch
from dojo.suite.vocabulary import Gen, Learner, require, same, tells_apart, values


@values
def test_a_fresh_folder(learner: Learner, gen: Gen) -> None:
    """nothing is there at first"""
    require(not learner.files, "There are files already.")
    same(learner.resume("none.pt"), 0, "the epoch")


@values
def test_survives(learner: Learner, gen: Gen) -> None:
    """a checkpoint is found by the next process"""
    learner.save("w.pt", gen.randn(3), 7)
    learner.restart()
    found = learner.resume("w.pt")
    require(found == 7, f"After a new start the epoch is {found}, not 7.", mistake="in-memory")


@values
def test_damaged(learner: Learner, gen: Gen) -> None:
    """a damaged checkpoint counts as none"""
    learner.save("w.pt", gen.randn(3), 7)
    files = learner.files
    require("w.pt" in files, "No file of that name was written.", mistake="in-memory")
    learner.write_files({"w.pt": files["w.pt"][: len(files["w.pt"]) // 2]})
    same(learner.resume("w.pt"), 0, "the epoch of a file that was cut off")


@values
def test_tells(learner: Learner, gen: Gen) -> None:
    """the test accepts right steps and no other"""

    def step(sign, refuses=True, in_place=False):
        def go(w, g, lr):
            if refuses and lr < 0:
                raise ValueError("lr is negative")
            return w.add_(g, alpha=sign * lr) if in_place else w + sign * lr * g

        return go

    right = {"a plain one": step(-1)}
    wrong = {"plus-sign": step(1), "any-lr": step(-1, refuses=False)}
    tells_apart(learner, "check_step", right, wrong, gen.permutation(3).tolist(), (ValueError,))
