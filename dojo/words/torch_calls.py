"""Torch's errors about the arguments of its functions and classes, in plain words."""

import re

from dojo.words.names import is_function_of_torch
from dojo.words.rules import Case, Rule, article


def _generator(case: Case, match: re.Match[str]) -> str | None:
    given = match[1]
    kind = re.search(r"\bgenerator=([\w.]+)", given)
    if kind is not None and "torch._C.Generator" not in kind[1]:
        got = kind[1].rpartition(".")[2]
        if got == "NoneType":
            return None
        words = article(got) if "." not in kind[1] else f"{article(got)} of another library"
        seed = ": a seed alone is none" if got == "int" else ""
        return f"`generator=` wants a torch.Generator, and here it is {words}{seed}."
    if "torch._C.Generator" in given and kind is None:
        return "Torch takes a generator by its name only: `generator=...`."
    return None


def _argument(_: Case, match: re.Match[str]) -> str:
    function, argument, wanted, got = match.groups()
    words = {
        "Tensor": "a tensor",
        "tuple of ints": "whole numbers",
        "Number": "a number",
        "bool": "True or False",
    }
    want = words.get(wanted, article(wanted))
    says = f"`{function}` wants {want} for `{argument}`, but got {_given(got)}."
    if wanted == "Tensor" and got in ("float", "int"):
        return f"{says} Torch's functions work on tensors, those of `math` on plain numbers."
    if wanted == "Tensor" and got in ("list", "tuple"):
        return f"{says} torch.tensor() makes a tensor of plain numbers, torch.stack() of tensors."
    if wanted == "Tensor" and got == "NoneType":
        return f"{says} A `.grad` is None until backward() has run."
    return says


def _given(word: str) -> str:
    word = word.rpartition(".")[2]
    if word == "NoneType":
        return "None"
    return f"a plain number ({word})" if word in ("float", "int", "bool") else article(word)


def _combination(_: Case, match: re.Match[str]) -> str:
    function, given = match.groups()
    kinds = [_kind(k) for k in given.split(", ")] if given else []
    got = f"with ({', '.join(kinds)})" if kinds else "without any"
    return (
        f"`{function}` takes other arguments, or in another order: it was called {got}. "
        f"help(torch.{'' if is_function_of_torch(function) else 'Tensor.'}{function}) shows "
        "what it takes."
    )


def _kind(text: str) -> str:
    name, is_named, kind = text.rpartition("=")
    return f"{name}{is_named}{kind.strip().rpartition('.')[2]}"


CALLS: tuple[Rule, ...] = (
    Rule(
        "generator-argument", r"received an invalid combination .* got \((.*?)\), but", _generator
    ),
    Rule(
        "generator-argument",
        r"failed to unpack the object.*(torch\._C\.Generator)",
        _generator,
    ),
    Rule(
        "generator-argument",
        r"Expected a '?[\w:]+'? (?:device type for )?generator",
        "The generator belongs to another device than the tensor that is drawn.",
    ),
    Rule(
        "wrong-argument-type",
        r"\b(\w+)\(\): argument '(\w+)' \(position \d+\) must be ([\w ]+?), not ([\w.]+)",
        _argument,
    ),
    Rule(
        "wrong-argument-type",
        r"\b(\w+)\(\): argument '(\w+)' .*must be tuple of ints, but found element of type (\w+)",
        "Sizes and dimensions are whole numbers, but `{0}` was given a {2} for `{1}`.",
    ),
    Rule(
        "wrong-argument-type",
        r"\b(\w+)\(\): argument '(\w+)' must be ([\w ]+?), not ([\w.]+)",
        _argument,
    ),
    Rule(
        "wrong-argument-type",
        r"expected Tensor as element (\d+) in argument \d+, but got (\w+)",
        "All items of this list have to be tensors, but item {0} is a {1}. torch.tensor() makes "
        "one tensor of plain numbers.",
    ),
    Rule(
        "wrong-argument-type",
        r"expected np\.ndarray \(got (\w+)\)",
        "torch.from_numpy() takes a NumPy array, but got a {0}.",
    ),
    Rule(
        "wrong-argument-type",
        r"Could not infer dtype of (\w+)|can't convert np\.ndarray of type|invalid data type",
        "A tensor holds numbers only, and here is something else among them.",
    ),
    Rule(
        "rows-of-unequal-length",
        r"expected sequence of length (\d+) at dim \d+ \(got (\d+)\)|inhomogeneous shape",
        "All rows of a tensor have one length, but here they differ.",
    ),
    Rule(
        "wrong-arguments",
        r"\b(\w+)\(\) received an invalid combination of arguments - got \((.*?)\), but expected",
        _combination,
    ),
    Rule(
        "wrong-parameters",
        r"should be an iterable of Tensors|optimizer can only optimize Tensors",
        "An optimizer wants a list of tensors: [w, b], or model.parameters().",
    ),
    Rule(
        "wrong-parameters",
        r"optimizer got an empty parameter list",
        "The optimizer was given nothing to move: the list of parameters is empty. Are the layers "
        "kept as attributes of the model (self.layer = ...)?",
    ),
    Rule(
        "module-not-begun",
        r"before Module\.__init__\(\) call",
        "A class of nn.Module has to call super().__init__() before it keeps its first layer.",
    ),
    Rule(
        "no-forward",
        r'missing the required "forward" function',
        "A class of nn.Module says in its method `forward` what it computes, and this one has "
        "none (or under another name, or indented wrongly).",
    ),
    Rule(
        "not-probabilities",
        r"all elements of input should be between 0 and 1",
        "This loss takes probabilities between 0 and 1, but was given other numbers: scores?",
    ),
)
