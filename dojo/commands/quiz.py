"""`kata quiz`: one question after the other, each answer with a reply."""

import random
import re
import sys
from collections.abc import Sequence

import click

from dojo.commands.desk import save
from dojo.course import arithmetic
from dojo.course.catalog import Kata
from dojo.course.questions import RUNS, Answer, Question
from dojo.desk.desk import Desk
from dojo.desk.quiz import answered, waiting
from dojo.request import Request
from dojo.screens import quiz as screen
from dojo.screens.terminal import Terminal
from dojo.screens.text import clean, count

_SKIP, _END = "", "q"


class _Enough(Exception):
    """The learner wants no further question, or there is nobody to answer."""


def quiz(desk: Desk, katas: Sequence[Kata], again: bool) -> None:
    """Ask the questions that come before these katas.

    Args:
        desk: the learner's.
        katas: in course order.
        again: those that were answered rightly before, too.
    """
    terminal = Terminal(sys.stdout)
    questions = waiting(desk, katas, again)
    if not questions:
        _nothing_to_ask(desk, terminal, katas)
        return
    firsts: list[bool] = []
    screen.introduction(terminal)
    try:
        for number, question in enumerate(questions, start=1):
            lesson = next(k for k in katas if k.slug == question.kata).lesson_id
            place = f"{lesson}  question {number} of {len(questions)}"
            _Dialogue(desk, terminal, question, firsts).hold(place)
    except _Enough:
        terminal.blank()
    if firsts:
        left = len(questions) - len(firsts)
        then = f"{count(left, 'question')} left: kata quiz" if left else "On: kata next"
        screen.summary(terminal, sum(firsts), len(firsts), then)


def _nothing_to_ask(desk: Desk, terminal: Terminal, katas: Sequence[Kata]) -> None:
    lessons = list(dict.fromkeys(k.lesson_id for k in katas))
    where = f"lesson {lessons[0]}" if len(lessons) == 1 else "these lessons"
    total = len(waiting(desk, katas, again=True))
    if not total:
        terminal.line(f"There is no question for {where}.")
        return
    again = f"kata quiz {lessons[0]} --again"
    terminal.line(f"You have answered every question of {where}; {again} asks them once more.")


class _Dialogue:
    """One question, until it is answered rightly or skipped.

    Args:
        firsts: gets whether the first answer was right, if there is one.
    """

    def __init__(
        self, desk: Desk, terminal: Terminal, question: Question, firsts: list[bool]
    ) -> None:
        self.desk, self.terminal, self.question, self.firsts = desk, terminal, question, firsts
        self.choices = [*question.choices]
        random.shuffle(self.choices)
        if question.form == "order":
            while tuple(self.choices) == question.right:
                random.shuffle(self.choices)

    def hold(self, place: str) -> None:
        """Ask, reply, and show what happens.

        Raises:
            _Enough: it was the last one.
        """
        screen.question(self.terminal, self.question, place, self.choices)
        tries = 0
        while (answer := self._answer()) is not None:
            right = self.question.is_right(answer)
            if not tries:
                self.firsts.append(right)
                answered(self.desk, self.desk.progress, self.question, answer, save)
            tries += 1
            screen.reply(self.terminal, right, self.question.reply(answer))
            if right:
                break
        if tries and self.question.run:
            self._carry_out()

    def _answer(self) -> Answer | None:
        """What is answered; None where the question is left out.

        Raises:
            _Enough: nobody answers any more.
        """
        while True:
            text = _read(self._prompt(), one_key=self.question.form == "choice")
            if text == _SKIP:
                return None
            if text == _END:
                raise _Enough
            try:
                return self._understood(text)
            except ValueError as error:
                self.terminal.line((f"{error}", "yellow"), indent=2)

    def _prompt(self) -> str:
        total = len(self.choices)
        match self.question.form:
            case "choice":
                what = f"1-{total}"
            case "number":
                what = "a number"
            case _:
                what = f"such as {' '.join(map(str, range(1, total + 1)))}"
        return f"  your answer ({what}): "

    def _understood(self, text: str) -> Answer:
        """The answer that a text means.

        Raises:
            ValueError: it means none; says what was expected.
        """
        total = len(self.choices)
        if self.question.form == "number":
            try:
                return arithmetic.number(text)
            except ValueError:
                raise ValueError(f"'{clean(text)}' is no number, such as 12 or 0.5.") from None
        numbers = [int(t) for t in re.findall(r"\d+" if " " in text else r"\d", text)]
        if self.question.form == "choice":
            if len(numbers) != 1 or not 1 <= numbers[0] <= total:
                raise ValueError(f"'{clean(text)}' is none of the keys 1 to {total}.")
            return self.choices[numbers[0] - 1]
        if sorted(numbers) != list(range(1, total + 1)):
            raise ValueError(f"Each number from 1 to {total} belongs there once.")
        return tuple(self.choices[n - 1] for n in numbers)

    def _carry_out(self) -> None:
        """Show what happens, with the learner's own code where that passed."""
        from dojo.judge import happening

        question, catalog = self.question, self.desk.whole or self.desk.catalog
        asked = next(k for k in catalog.katas if k.slug == question.kata)
        code = next((k for k in catalog.katas if k.slug == question.code), None)
        runs = asked.card_path.with_name(RUNS)
        mine = self._passed(code) if code is not None else None
        with self.terminal.working("carrying it out"):
            if mine is not None:
                outcome = happening.on_theirs(catalog, runs, question.run, mine)
                if outcome is not None and outcome.shows is not False:
                    words = f"carried out, with your own code of {mine.kata.id}:"
                    screen.happened(self.terminal, outcome.words, words)
                    return
            outcome = happening.on_ours_if_it_can(runs, question.run, code)
        if outcome is not None:
            screen.happened(self.terminal, outcome.words, "carried out:")

    def _passed(self, kata: Kata) -> Request | None:
        """The learner's answer to a kata, where it passed."""
        last = self.desk.progress.of(kata).last
        if last is None or last.status != "pass":
            return None
        source = self.desk.log.version(last.digest)
        return None if source is None else Request(kata, source, kata.stub_name, seed=last.seed)


def _read(prompt: str, one_key: bool) -> str:
    """What a person types: a key, or a line where there is no terminal or more is wanted.

    Raises:
        _Enough: nobody is there.
    """
    print(prompt, end="", flush=True)
    if one_key and sys.stdin.isatty() and sys.stdout.isatty():
        key = click.getchar().strip()
        print(clean(key))
        return key
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        line = "?"
    if not sys.stdin.isatty():
        print(clean(line.rstrip("\n")))
    if not line:
        raise _Enough
    return line.strip()
