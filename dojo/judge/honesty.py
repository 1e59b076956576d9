"""The proof that a kata's suite is honest: right answers pass, wrong ones fail and are named."""

import ast
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dojo import subjects
from dojo.catalog import Kata, Mistake
from dojo.judge.session import Judge
from dojo.subjects import EditError
from dojo.verdict import Verdict

LEAST_MISTAKES = 4
LEAST_ALTERNATIVES = 2
SEEDS_A_MISTAKE = 8  # a mistake is judged on every eighth of the seeds, at least on one

# The answer is right and then every number in it is made zero: shapes and types stay.
_ZEROS = """

import dataclasses as _d
import functools as _f
import torch as _t


def _zero(v):
    if isinstance(v, _t.Tensor):
        return v * 0 if v.is_floating_point() else _t.zeros_like(v)
    if _d.is_dataclass(v):
        return type(v)(**{f.name: _zero(getattr(v, f.name)) for f in _d.fields(v)})
    if isinstance(v, (list, tuple)):
        return type(v)(map(_zero, v))
    return type(v)() if isinstance(v, (bool, int, float, str)) else v


def _zeroed(f, acts):
    @_f.wraps(f)
    def g(*a):
        return None if acts else _zero(f(*a))
    return g


"""
_SINGLE = "import torch as _t; _t.set_default_dtype(_t.float32)\n"


@dataclass(frozen=True)
class Honesty:
    """What was proved of one kata.

    Attributes:
        kata: the kata.
        problems: one sentence each; empty when the suite is honest.
        counts: what was judged, for a table's row.
        seconds: how long it took.
        suite_seconds: the median time of judging the solution, warm.
    """

    kata: Kata
    problems: tuple[str, ...]
    counts: str
    seconds: float
    suite_seconds: float


def prove(
    kata: Kata,
    judge: Judge,
    seeds: Iterable[int],
    on_progress: Callable[[str], None] | None = None,
) -> Honesty:
    """Judge everything that a kata brings: right answers on each seed, wrong ones on some.

    Args:
        kata: the kata.
        judge: entered.
        seeds: seeds of the inputs.
        on_progress: told what is judged now.
    """
    started = time.perf_counter()
    proof = _Proof(kata, judge, list(seeds), on_progress or (lambda _: None))
    with judge.proving():
        proof.right_answers()
    with judge.proving(wrong=True):
        proof.stub()
        proof.empty_answers()
        proof.mistakes()
    times = sorted(proof.times)
    return Honesty(
        kata,
        tuple(proof.problems),
        f"{1 + len(kata.alternative_paths)} right, {proof.wrong} wrong, {len(proof.seeds)} seeds",
        time.perf_counter() - started,
        times[len(times) // 2] if times else 0.0,
    )


class _Proof:
    def __init__(
        self, kata: Kata, judge: Judge, seeds: list[int], on_progress: Callable[[str], None]
    ) -> None:
        self.kata = kata
        self.judge = judge
        self.seeds = seeds
        self.problems: list[str] = []
        self.times: list[float] = []
        self.wrong = 0
        self._on_progress = on_progress
        self._solution = kata.solution_path.read_text(encoding="utf-8")

    def stub(self) -> None:
        """The stub is the derived one, and fails."""
        kata = self.kata
        path = kata.root / "katas" / kata.stub_name
        try:
            text = subjects.stub_text(kata)
        except EditError as error:
            self.problems.append(str(error))
            return
        if not path.exists():
            self.problems.append(f"the stub {kata.stub_name} is missing; --write-stubs derives it")
        elif path.read_text(encoding="utf-8") != text:
            self.problems.append(
                f"the stub {kata.stub_name} has drifted from the solution; --write-stubs derives it"
            )
        self._must_fail("the stub", text)

    def right_answers(self) -> None:
        """The solution and its alternatives pass on every seed."""
        answers = [("the solution", self._solution)]
        for path in self.kata.alternative_paths:
            answers.append((f"the alternative {path.name}", path.read_text(encoding="utf-8")))
        if len(answers) - 1 < LEAST_ALTERNATIVES:
            self.problems.append(
                f"there are {len(answers) - 1} alternatives, at least {LEAST_ALTERNATIVES} belong"
            )
        for name, text in answers:
            for seed in self.seeds:
                verdict = self._judge(f"{name}, seed {seed}", text, seed)
                if name == "the solution":
                    self.times.append(verdict.seconds)
                if not verdict.passed:
                    self.problems.append(f"{name} fails at seed {seed}: {_why(verdict)}")
                    break
        verdict = self._judge("the solution in float32", _SINGLE + self._solution, self.seeds[0])
        if not verdict.passed and self.kata.typing != "required":
            self.problems.append(f"the solution fails in float32: {_why(verdict)}")

    def empty_answers(self) -> None:
        """Answers without work in them fail."""
        self._must_fail("an empty file", "")
        self._must_fail("an answer that returns its input", _returning_input(self._solution))
        self._must_fail("an answer that returns zeros", _returning_zeros(self._solution))

    def mistakes(self) -> None:
        """Each mistake fails and is named.

        All on the same seeds: what one answered there is known when the next is looked for.
        """
        known = self.kata.mistakes()
        if len(known) < LEAST_MISTAKES:
            self.problems.append(
                f"the card lists {len(known)} mistakes, at least {LEAST_MISTAKES} belong"
            )
        if len({m.id for m in known}) < len(known):
            self.problems.append("two mistakes on the card have the same id")
        for mistake in known:
            try:
                text = subjects.mistake_text(self.kata, mistake)
            except EditError as error:
                self.problems.append(str(error))
                continue
            self._must_be_named(mistake, text, self.seeds[::SEEDS_A_MISTAKE])

    def _must_be_named(self, mistake: Mistake, text: str, seeds: list[int]) -> None:
        self.wrong += 1
        for seed in seeds:
            verdict = self._judge(f"mistake {mistake.id}, seed {seed}", text, seed)
            if verdict.status != "fail":
                words = "is accepted" if verdict.passed else f"is not judged: {verdict.reason}"
                self.problems.append(f"the mistake '{mistake.id}' {words} at seed {seed}")
                return
            named = [f.mistake for f in verdict.findings if f.mistake is not None]
            if mistake.id not in named:
                instead = f"; '{named[0]}' is named instead" if named else ""
                self.problems.append(
                    f"the mistake '{mistake.id}' is not named at seed {seed}{instead}: "
                    f"{_why(verdict)}"
                )
                return

    def _must_fail(self, name: str, text: str) -> None:
        self.wrong += 1
        seed = self.seeds[0]
        verdict = self._judge(name, text, seed, explained=False)
        if verdict.status != "fail":
            words = "passes" if verdict.passed else f"is not judged: {verdict.reason}"
            self.problems.append(f"{name} {words} at seed {seed}")

    def _judge(self, what: str, text: str, seed: int, explained: bool = True) -> Verdict:
        self._on_progress(f"{self.kata.id} {what}")
        name = f"{self.kata.stem}.py"
        return self.judge.check(self.kata, text.encode(), name, seed, explained=explained)


def _why(verdict: Verdict) -> str:
    if verdict.reason is not None:
        return verdict.reason
    checks = [c for c in verdict.checks if c.outcome == "failed"]
    if not checks or checks[0].finding is None:
        return verdict.status
    return f"{checks[0].name}: {checks[0].finding.message.partition(chr(10))[0]}"


def _returning_input(solution: str) -> str:
    """The solution with every public function's body replaced: it returns its first argument."""

    class Replace(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
            names = [a.arg for a in node.args.args if a.arg != "self"]
            if not node.name.startswith("_"):
                value = names[0] if names else "None"
                node.body = ast.parse(f"return {value}").body
            return node

    return ast.unparse(Replace().visit(ast.parse(solution)))


def _returning_zeros(solution: str) -> str:
    """The solution with every public result made zero, and nothing done to arguments."""
    lines: list[str] = []
    for node in ast.parse(solution).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            lines.append(f"{node.name} = _zeroed({node.name}, {_acts(node)})")
        elif isinstance(node, ast.ClassDef) and not node.decorator_list:
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                    owner = f"{node.name}.{method.name}"
                    lines.append(f"{owner} = _zeroed({owner}, {_acts(method)})")
    return solution + _ZEROS + "\n".join(lines) + "\n"


def _acts(node: ast.FunctionDef) -> bool:
    """Whether a function is there for what it does, not for what it returns."""
    return isinstance(node.returns, ast.Constant) and node.returns.value is None
