"""One judgement in progress: a kata, a subject, and what its checks have found so far."""

import functools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from dojo.contract import static
from dojo.contract.read import Contract, in_float64, read_contract
from dojo.course.catalog import Kata
from dojo.course.mistakes import Mistake
from dojo.failure import Failed
from dojo.request import Request
from dojo.suite import everyday
from dojo.suite.attempt import CheckRun, Task, attempt, one_thread_and_float64
from dojo.suite.draw import pictures_of
from dojo.suite.manner import Manner
from dojo.suite.memory import Memory
from dojo.suite.proxy import Learner
from dojo.suite.reference import contract_of
from dojo.suite.second_look import second_look
from dojo.types.findings import TypeCheck, TypeReport, require_types
from dojo.types.pyrefly import Checker
from dojo.verdict import KINDS, LADDER, LATE, Kind
from dojo.wall.allowance import Budget, Meter, meters_of
from dojo.wall.conversation import Conversation
from dojo.wall.dtypes import EXACT, PROMISED, SINGLE, Dtypes
from dojo.wall.exchange import Answerer
from dojo.wall.process import SUBJECT_PREFIX, LearnerProcess
from dojo.wall.starter import Starter

SEEDS = 10_000
T = TypeVar("T")


@dataclass
class Run:
    """State of one judgement.

    Attributes:
        request: what is judged.
        manner: how.
        seed: of the inputs.
        checks: what was carried out, in order.
        output: what the subject printed in the first check that printed.
        isolation: how well the learner processes were confined.
        parsed: the answer's text and tree, once it was read.
        about_nothing: how many of the engine's checks say nothing of this kata.
        budget, meter: of the bytes and the time that the answer may use.
        planted: mistakes of a repair that the answer still makes, as far as diagnosis can tell.
    """

    request: Request
    manner: Manner
    seed: int
    starter: Starter
    checker: Checker
    contract: Contract
    checks: list[CheckRun] = field(default_factory=list)
    output: str = ""
    isolation: str = "full"
    parsed: static.Parsed | None = None
    about_nothing: int = 0
    budget: Budget = field(default_factory=Budget)
    meter: Meter = field(init=False)
    planted: tuple[Mistake, ...] = ()
    _types: TypeCheck | None = None
    _confirmed: bool = False  # no further failure needs to be repeated in a fresh process
    _again: Callable[[], CheckRun] | None = None  # the first failure, repeated
    _alone: bool = False  # each check gets a fresh process

    def __post_init__(self) -> None:
        self._confirmed = self.manner.shared is not None
        self._alone = self.manner.alone
        self.meter = meters_of(self.kata.seconds)[1]

    @staticmethod
    def begin(
        request: Request,
        starter: Starter,
        checker: Checker,
        manner: Manner,
    ) -> "Run":
        """Set up a judgement; starts the type checker, which runs meanwhile."""
        seed = secrets.randbelow(SEEDS) if request.seed is None else request.seed
        run = Run(request, manner, seed, starter, checker, contract_of(request.kata))
        if manner.memory is None and not manner.again:
            run._types = run._check_types()
        return run

    def close(self) -> None:
        """Release what the judgement holds."""
        if self.manner.shared is None and self.manner.owner is None:
            self.starter.renew()
        if self._types is not None:
            self._types.close()

    @property
    def kata(self) -> Kata:
        """What is answered."""
        return self.request.kata

    @property
    def memory(self) -> Memory | None:
        """What variants answered in earlier judgements, if that is kept."""
        return self.manner.memory

    @property
    def owner(self) -> object:
        """Of the learner process: the run itself, or what it shares with others."""
        return self.manner.shared or self.manner.owner or self

    @functools.cached_property
    def answerer(self) -> Answerer:
        """The subject as a conversation needs it."""
        kata = self.kata
        probe = kata.probe_path.read_bytes() if kata.probe_path.exists() else None
        return Answerer(
            source=self.request.source,
            filename=f"{SUBJECT_PREFIX}{kata.stem}.py",
            contract=self.contract,
            probe=probe,
            forbids=kata.forbids,
            seconds=kata.seconds,
            seed=self.seed,
        )

    def blocked(self, kind: Kind) -> bool:
        """Whether a check of this kind is not worth carrying out after what failed."""
        failed = [c for c in self.checks if c.outcome in ("failed", "error")]
        if any(self.manner.brief or c.kind == "load" or _hung(c) for c in failed):
            return True
        return kind in LATE and any(c.kind in LADDER for c in failed)

    def carry_out(self, task: Task) -> CheckRun:
        """Run one check of the suite, in the learner process that served the checks before it."""
        check = self._confirm(partial(self._in_some_dtype, task))
        check.again = partial(self._attempt, task, shown=False)
        return check

    def _confirm(self, attempt: Callable[[], CheckRun]) -> CheckRun:
        """A check; where it is the first that fails, it will be repeated in a fresh process."""
        check = attempt()
        if check.outcome != "passed":
            self._prepare_diagnosis()
            if not self._confirmed:
                self._confirmed = True
                if check.used and not _hung(check):
                    self._again = attempt
        return check

    def everyday(self, name: str, title: str) -> CheckRun | None:
        """Some checks once more in a plain program's dtypes; None where no check can show any."""
        if self.manner.again:
            return None
        promised = self.kata.dtype == "float64"
        chosen = everyday.choose(self.checks, promised)
        if not chosen:
            return None
        dtypes = PROMISED if promised else SINGLE
        return self._confirm(lambda: everyday.carry_out(chosen, dtypes, name, title))

    def stands_in_its_own_way(self) -> bool:
        """Whether the first failure is gone in a fresh learner process.

        An answer that can be run only once in a process (it registers something, say) must not
        fail for that. If so, everything is forgotten, to be carried out again in fresh processes.
        If not, what was seen in the fresh one counts.
        """
        if self._again is None:
            return False
        self.starter.renew()
        again, self._again = self._again(), None
        self._alone = again.outcome == "passed"
        if self._alone:
            self.checks.clear()
            self.meter.used = 0.0
        self.checks = [again if c.name == again.name else c for c in self.checks]
        return self._alone

    def _prepare_diagnosis(self) -> None:
        """Something failed: known mistakes will be tried, types won't be looked at."""
        self.starter.expect_own(self.kata.id)
        if self._types is not None:
            self._types.close()
            self._types = None

    def _in_some_dtype(self, task: Task) -> CheckRun:
        """A check in float64; in float32 too if only the dtype stands in its way."""
        check = self._attempt(task, EXACT)
        if check.outcome == "error" or _hung(check):
            second_look(task, check, self.kata, self.seed, self.answerer, self.starter)
        failed, talk = check.failed, check.conversation
        if failed is None or talk is None or (failed.cause == "modes" and failed.kind != "load"):
            return check
        # A result that is off by little only is right in float32, and wrong in float64.
        trouble = failed.dtype_trouble and (failed.cause != "value" or self.less_precise())
        if trouble or talk.saw_float32:
            again = self._attempt(task, SINGLE)
            if again.failed is None or failed.cause in ("raised", "modes"):
                again.seconds += check.seconds
                again.used = check.used
                return again
        return check

    def less_precise(self) -> bool:
        """Whether the file names a dtype that is less precise than float64."""
        return self.parsed is not None and static.names_less_precision(self.parsed)

    def _attempt(self, task: Task, dtypes: Dtypes, shown: bool = True) -> CheckRun:
        if self._alone:
            self.starter.renew()
        process = self.starter.take(self.owner)
        used = process.used
        answerer = self.answerer
        if dtypes == PROMISED:
            answerer = replace(answerer, contract=in_float64(answerer.contract))
        meters = (meters_of(self.kata.seconds)[0], self.meter)
        talk = Conversation(process, answerer, dtypes, meters, self.budget, self._another)
        usable = False
        try:
            check = attempt(task, talk, self.kata, self.seed)
            check.used = used
            process = talk.process
            if shown:
                self._collect(process)
            usable = check.failed is None or check.failed.cause not in ("gone", "hang", "modes")
            if shown and self.manner.shared is None:
                with one_thread_and_float64():
                    check.pictures, usable = pictures_of(task.name, talk, check.compared, usable)
        finally:
            self.starter.give_back(talk.process, self.owner, usable)
        return check

    def _another(self, process: LearnerProcess) -> LearnerProcess:
        """A new process in place of one in the middle of a check."""
        self._collect(process)
        self.starter.give_back(process, self.owner, usable=False)
        return self.starter.take(self.owner)

    def load(self, name: str, title: str) -> CheckRun:
        """The first check: the file can be read, runs, and defines what is asked."""

        def test(learner: Learner) -> None:
            parsed = static.parse(self.request.source)
            self.parsed = parsed
            static.check_arity(self.contract, read_contract(parsed.tree))
            talk = learner._conversation
            talk.load()
            static.check_defined(self.contract, talk.names)

        return self.carry_out(Task(name, title, "load", test, frozenset({"learner"})))

    def constraints(self, name: str, title: str) -> CheckRun | None:
        """What the kata forbids, looked for in the text."""
        if self.manner.again:
            return None
        check = CheckRun(name, title, "constraints")
        try:
            if self.parsed is not None:
                static.check_forbidden(self.parsed, self.kata.forbids)
        except Failed as failed:
            check.outcome, check.failed = "failed", failed
        return check

    def typing(self, name: str, title: str) -> CheckRun | None:
        """The signature is kept, and the type checker finds no broken promise."""
        if self.manner.again:
            return None
        check = CheckRun(name, title, "typing")
        try:
            report = self._type_report()
            check.advice = (*report.required[1:], *report.advice)
            if self.parsed is not None:
                static.check_annotations(self.contract, read_contract(self.parsed.tree))
            require_types(report)
        except Failed as failed:
            check.outcome, check.failed = "failed", failed
        return check

    def _check_types(self) -> TypeCheck:
        return TypeCheck(self.checker, self.request.source)

    def _type_report(self) -> TypeReport:
        self._types = self._types or self._check_types()
        return self._types.report(self.request.strict or self.kata.typing == "required")

    def _collect(self, process: LearnerProcess) -> None:
        if process.isolation not in ("", "full"):
            self.isolation = process.isolation
        if not self.output:
            shown = Path(self.request.shown).name
            self.output = process.output().replace(self.answerer.filename, shown)

    def lend(self, use: Callable[[Learner], T]) -> T:
        """What a function of ours makes of the subject, outside of any check.

        Raises:
            Failed: the subject can't serve.
        """
        process = self.starter.take(self.owner)
        meters = (meters_of(self.kata.seconds)[0], self.meter)
        talk = Conversation(process, self.answerer, EXACT, meters, self.budget, self._another)
        try:
            return use(Learner(talk))
        finally:
            self.starter.give_back(talk.process, self.owner, usable=False)

    def settle(self) -> None:
        """Put the checks in reading order and mark what was not reached."""
        self.checks.sort(key=lambda c: KINDS.index(c.kind))
        first = next((c for c in self.checks if c.outcome != "passed" and c.kind in LADDER), None)
        if first is None:
            return
        step = LADDER.index(first.kind)
        for i, check in enumerate(self.checks):
            later = check.kind in LADDER and LADDER.index(check.kind) > step
            if later or (first.kind == "load" and check.kind == "constraints"):
                self.checks[i] = replace(
                    check, outcome="not reached", failed=None, advice=(), error="", pictures=()
                )


def _hung(check: CheckRun) -> bool:
    return check.failed is not None and check.failed.cause == "hang"
