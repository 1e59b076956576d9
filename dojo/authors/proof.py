"""The proof that a kata's suite is honest: right answers pass, wrong ones fail and are named."""

import itertools
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dojo.authors.empty import returning_input, returning_zeros
from dojo.authors.sound import flaws
from dojo.course import derive
from dojo.course.catalog import Kata
from dojo.course.derive import EditError
from dojo.course.mistakes import Mistake
from dojo.course.restyle import drawn_first
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.verdict import Finding, Verdict

LEAST_MISTAKES = 4
LEAST_ALTERNATIVES = 2
NAMED_IN_OTHER_STYLE = 0.9  # of the mistakes, where answers may draw in any order
SEEDS_A_MISTAKE = 8  # a mistake is judged on every eighth of the seeds, at least on one

_SINGLE = "import torch as _t; _t.set_default_dtype(_t.float32)\n"


@dataclass(frozen=True)
class Counts:
    """What was judged.

    Attributes:
        right: how many right answers, each on every seed.
        seeds: how many.
        mistakes: how many of the card's.
        mistake_seeds: on how many seeds each of them was judged.
        empty: what else had to fail, on one seed each: the stub, an empty file, ...
        combinations: how many times several mistakes of a repair were made together.
    """

    right: int = 0
    seeds: int = 0
    mistakes: int = 0
    mistake_seeds: int = 0
    empty: tuple[str, ...] = ()
    combinations: int = 0


@dataclass(frozen=True)
class Honesty:
    """What was proved of one kata.

    Attributes:
        kata: the kata.
        problems: one sentence each; empty when the suite is honest.
        counts: what was judged.
        seconds: how long it took.
        suite_seconds: the median time of judging the solution, warm.
        notes: what is no problem, but worth a look.
        broken: a file of the kata can't be used, so that nothing was proved; problems say where.
    """

    kata: Kata
    problems: tuple[str, ...]
    counts: Counts
    seconds: float
    suite_seconds: float
    notes: tuple[str, ...] = ()
    broken: bool = False


@dataclass(frozen=True)
class ProveJob:
    """Prove one kata's suite honest; the fields are the arguments of `prove`."""

    kata: Kata
    seeds: range
    only: tuple[str, ...] = ()
    seconds: float = 8.0

    def __call__(self, judge: Judge, on_progress: Callable[[str], None] | None = None) -> Honesty:
        return prove(self.kata, judge, self.seeds, on_progress, self.only)


def is_told(mistake: Mistake, finding: Finding) -> bool:
    """Whether a finding names a mistake, or the relation that has to be told of it."""
    if mistake.relation:
        return f"factor {finding.evidence.get('is')}" == mistake.relation
    return finding.mistake == mistake.id


class _Broken(Exception):
    """The suite itself stops: no answer can be judged by it."""


def prove(
    kata: Kata,
    judge: Judge,
    seeds: Iterable[int],
    on_progress: Callable[[str], None] | None = None,
    only: Collection[str] = (),
) -> Honesty:
    """Judge everything that a kata brings: right answers on each seed, wrong ones on some.

    Args:
        kata: the kata.
        judge: entered.
        seeds: seeds of the inputs.
        on_progress: told what is judged now.
        only: ids of mistakes: these alone are judged, on every seed.
    """
    started = time.perf_counter()
    found = flaws(kata)
    if found:
        return Honesty(kata, found, Counts(), time.perf_counter() - started, 0.0, broken=True)
    proof = _Proof(kata, judge, list(seeds), on_progress or (lambda _: None))
    broken = False
    try:
        if only:
            with judge.proving(wrong=True):
                proof.mistakes([m for m in kata.mistakes() if m.id in only], every=1)
        else:
            with judge.proving():
                proof.right_answers()
            with judge.proving(wrong=True):
                proof.stub()
                proof.empty_answers()
                proof.whole_card()
                proof.repairs()
                proof.drawn_first()
    except _Broken as error:
        proof.problems[:] = [str(error)]
        broken = True
    times = sorted(proof.times)
    return Honesty(
        kata,
        tuple(proof.problems),
        proof.counts(),
        time.perf_counter() - started,
        times[(len(times) - 1) // 2] if times else 0.0,
        tuple(proof.notes()),
        broken,
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
        self._right = 0
        self._empty: list[str] = []
        self._mistakes = 0
        self._mistake_seeds = 0
        self._combinations = 0
        self._others: dict[str, list[str]] = {}  # what is named beside a mistake, after the first
        self._drawn_first = ""  # how that went
        self._on_progress = on_progress
        self._solution = kata.solution_path.read_text(encoding="utf-8")

    def counts(self) -> Counts:
        """What was judged."""
        seeds = len(self.seeds)
        return Counts(
            self._right,
            seeds,
            self._mistakes,
            self._mistake_seeds,
            tuple(self._empty),
            self._combinations,
        )

    def notes(self) -> Iterator[str]:
        """Where another name appears too, below the first finding."""
        for mistake, others in self._others.items():
            yield f"'{mistake}' is named first; further down stands {', '.join(others)}"
        if self._drawn_first:
            yield self._drawn_first

    def stub(self) -> None:
        """The stub is the derived one, and fails."""
        kata = self.kata
        path = kata.root / "katas" / kata.stub_name
        text = derive.stub_text(kata)
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
        self._right = len(answers)
        for name, text in answers:
            for seed in self.seeds:
                verdict = self._judge(f"{name}, seed {seed}", text, seed)
                if name == "the solution":
                    self.times.append(verdict.seconds)
                if name == "the solution" and verdict.status == "not judged":
                    raise _Broken(verdict.reason or "")
                if name == "the solution" and seed == self.seeds[0]:
                    self._pictures(verdict)
                if not verdict.passed:
                    self.problems.append(f"{name} fails at seed {seed}: {_why(verdict)}")
                    break
        verdict = self._judge("the solution in float32", _SINGLE + self._solution, self.seeds[0])
        if not verdict.passed and self.kata.typing != "required":
            self.problems.append(f"the solution fails in float32: {_why(verdict)}")

    def _pictures(self, verdict: Verdict) -> None:
        if verdict.passed and bool(verdict.pictures) != self.kata.pictures:
            says, does = ("", "draws nothing") if self.kata.pictures else ("no ", "draws")
            self.problems.append(f"the card says {says}`pictures = true`, and the suite {does}")

    def empty_answers(self) -> None:
        """Answers without work in them fail."""
        self._must_fail("an empty file", "")
        self._must_fail("an answer that returns its input", returning_input(self._solution))
        self._must_fail("an answer that returns zeros", returning_zeros(self._solution))

    def whole_card(self) -> None:
        """The card lists enough mistakes; each fails and is named."""
        known = self.kata.mistakes()
        if len(known) < LEAST_MISTAKES:
            self.problems.append(
                f"the card lists {len(known)} mistakes, at least {LEAST_MISTAKES} belong"
            )
        if len({m.id for m in known}) < len(known):
            self.problems.append("two mistakes on the card have the same id")
        self.mistakes(known, SEEDS_A_MISTAKE)

    def mistakes(self, known: Sequence[Mistake], every: int) -> None:
        """Each of these mistakes fails and is named in the first finding that a learner reads.

        All on the same seeds: what one answered there is known when the next is looked for.

        Args:
            known: of the card.
            every: judge on every so many seeds.
        """
        seeds = self.seeds[::every]
        self._mistakes, self._mistake_seeds = len(known), len(seeds)
        for mistake in known:
            for number, way in enumerate(mistake.ways(), 1):
                text = derive.mistake_text(self.kata, way)
                found = (self._trouble_with(way, text, seed) for seed in seeds)
                problem = next((p for p in found if p is not None), None)
                if problem is not None:
                    which = (
                        f", made in way {number} of {len(mistake.also) + 1},"
                        if mistake.also
                        else ""
                    )
                    self.problems.append(f"the mistake '{mistake.id}'{which} {problem}")

    def repairs(self) -> None:
        """A stub that starts with several mistakes: each pair fails, and all but one, and all.

        Each alone is judged with the card.
        """
        known = {m.id: m for m in self.kata.mistakes()}
        planted = [known[name] for name in self.kata.repair]
        sizes = sorted({2, len(planted) - 1, len(planted)} - {0, 1}) if len(planted) > 1 else []
        for size in sizes:
            for made in itertools.combinations(planted, size):
                names = " and ".join(f"'{m.id}'" for m in made)
                try:
                    text = derive.mistake_text(self.kata, *made)
                except EditError as error:
                    self.problems.append(f"{names} can't be made together: {error}")
                    continue
                if problem := self._trouble_with_several(names, made, text):
                    self.problems.append(f"{names} together {problem}")

    def drawn_first(self) -> None:
        """Most mistakes are named where numbers are drawn from a generator before all others, too.

        A replay on the card's own variants can't see them then: they draw other numbers.
        """
        if drawn_first(self._solution) == self._solution:
            return
        seed, what = self.seeds[0], "with some numbers drawn first"
        verdict = self._judge(f"the solution {what}", drawn_first(self._solution), seed)
        if not verdict.passed:  # the order of all draws is part of what is asked
            return
        unnamed: list[str] = []
        ways = [way for mistake in self.kata.mistakes() for way in mistake.ways()]
        for way in ways:
            text = drawn_first(derive.mistake_text(self.kata, way))
            verdict = self._judge(f"mistake {way.id} {what}", text, seed)
            if verdict.passed:
                self.problems.append(f"the mistake '{way.id}', {what}, is accepted at seed {seed}")
            elif not (verdict.findings and is_told(way, verdict.findings[0])):
                unnamed.append(f"'{way.id}'")
        self._drawn_first = (
            f"{what}, {len(ways) - len(unnamed)} of {len(ways)} mistakes are named first"
        )
        if unnamed:
            self._drawn_first += f"; not {', '.join(dict.fromkeys(unnamed))}"
        if len(unnamed) > (1 - NAMED_IN_OTHER_STYLE) * len(ways):
            self.problems.append(f"{self._drawn_first}: at least 90 % belong")

    def _trouble_with_several(self, names: str, made: Sequence[Mistake], text: str) -> str | None:
        seed = self.seeds[0]
        self._combinations += 1
        verdict = self._judge(f"mistakes {names}, seed {seed}", text, seed)
        if verdict.status == "not judged":
            return f"are not judged at seed {seed}: {verdict.reason}"
        if verdict.passed:
            return f"are accepted at seed {seed}"
        mended = len(self.kata.repair) - len(made)
        if verdict.mended != mended:
            told = "nothing of this" if verdict.mended is None else str(verdict.mended)
            return f"leave {mended} mended, but the verdict at seed {seed} says {told}"
        first = verdict.findings[0].mistake
        if first not in [m.id for m in made]:
            what = f"names '{first}'" if first else "names none of them"
            return f"fail at seed {seed}, but what a learner reads first {what}: {_why(verdict)}"
        return None

    def _trouble_with(self, mistake: Mistake, text: str, seed: int) -> str | None:
        verdict = self._judge(f"mistake {mistake.id}, seed {seed}", text, seed)
        if verdict.status == "not judged":
            return f"is not judged at seed {seed}: {verdict.reason}"
        if verdict.passed:
            return f"is accepted at seed {seed}"
        findings = [(c.name, c.finding) for c in verdict.checks if c.finding is not None]
        if mistake.relation:
            if is_told(mistake, findings[0][1]):
                return None
            return f"is not told as '{mistake.relation}' at seed {seed}: {_why(verdict)}"
        if mistake.id not in [f.mistake for _, f in findings]:
            instead = next((f.mistake for _, f in findings if f.mistake is not None), None)
            words = f"; '{instead}' is named instead" if instead else ""
            return f"is not named at seed {seed}{words}: {_why(verdict)}"
        first = verdict.findings[0]
        if first.mistake != mistake.id:
            words = f"names '{first.mistake}'" if first.mistake else "names nothing"
            return (
                f"is named at seed {seed}, but what a learner reads first {words}: {_why(verdict)}"
            )
        if also := first.evidence.get("also"):
            return f"is called two mistakes at seed {seed}: '{mistake.id}' and '{also}'"
        for check, finding in findings:
            self._note_other(mistake.id, check, finding)
        return None

    def _note_other(self, mistake: str, check: str, finding: Finding) -> None:
        if finding.mistake != mistake:
            other = f"'{finding.mistake}'" if finding.mistake else "none"
            known = self._others.setdefault(mistake, [])
            if (words := f"{other} in {check}") not in known:
                known.append(words)

    def _must_fail(self, name: str, text: str) -> None:
        self._empty.append(name.removeprefix("an answer that returns "))
        seed = self.seeds[0]
        verdict = self._judge(name, text, seed, explained=False)
        if verdict.status != "fail":
            words = "passes" if verdict.passed else f"is not judged: {verdict.reason}"
            self.problems.append(f"{name} {words} at seed {seed}")

    def _judge(self, what: str, text: str, seed: int, explained: bool = True) -> Verdict:
        self._on_progress(f"{self.kata.id} {what}")
        name = f"{self.kata.stem}.py"
        return self.judge.check(Request(self.kata, text.encode(), name, seed), explained=explained)


def _why(verdict: Verdict) -> str:
    if verdict.reason is not None:
        return verdict.reason
    checks = [c for c in verdict.checks if c.outcome == "failed"]
    if not checks or checks[0].finding is None:
        return verdict.status
    said = checks[0].finding.message.replace("\n", " ")
    return f"in '{checks[0].name}' a learner reads: {said}"
