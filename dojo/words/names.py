"""Names that aren't there: of variables, attributes, modules and arguments; and what is near."""

import builtins
import keyword
import re
import sys
from collections.abc import Iterable

from dojo.words.rules import Case, Rule, article, near

# What is usually imported under which name.
_IMPORTS = {
    "torch": "import torch",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "optim": "from torch import optim",
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    "pd": "import pandas as pd",
    "math": "import math",
    "random": "import random",
    "copy": "import copy",
    "itertools": "import itertools",
    "functools": "import functools",
    "dataclass": "from dataclasses import dataclass",
    "dataclasses": "import dataclasses",
    "Callable": "from collections.abc import Callable",
    "Any": "from typing import Any",
    "Float": "from jaxtyping import Float",
    "Tensor": "from torch import Tensor",
}

# Packages that people import, and that stay out of an answer.
_PACKAGES = {
    *("sklearn", "scipy", "pandas", "tensorflow", "keras", "torchvision", "torchaudio", "jax"),
    *("matplotlib", "seaborn", "tqdm", "lightning", "pytorch_lightning", "einops", "torchmetrics"),
    *("autograd", "sympy", "transformers", "datasets", "cupy", "numba", "plotly", "statsmodels"),
    *("torchviz", "torchinfo", "torchsummary", "micrograd", "IPython", "ipdb", "wandb", "xgboost"),
}

# What NumPy, lists and other libraries call it, and what torch does.
_OTHERS_NAMES = {
    "astype": ".to(dtype)",
    "copy": ".clone()",
    "append": "torch.cat(), or a list to which it is appended",
    "extend": "torch.cat()",
    "length": "len(t), or .shape for all sizes",
    "len": "len(t), or .shape for all sizes",
    "transposed": ".T",
    "power": ".pow()",
    "array": "torch.tensor()",
    "concat_": "torch.cat()",
    "index": ".argmax(), or a comparison",
    "backwards": ".backward()",
    "gradient": ".grad",
    "grads": ".grad",
    "zero_grad": ".grad = None for one tensor; zero_grad() belongs to optimizers and models",
    "step": "step() belongs to optimizers",
    "parameters": "parameters() belongs to models",
    "random": "torch.rand() and torch.randn()",
    "randint_like_": "torch.randint()",
}

_OTHER_KEYWORDS = {
    "axis": "dim",
    "keepdims": "keepdim",
    "learning_rate": "lr",
    "gen": "generator",
    "rng": "generator",
    "grad": "requires_grad",
    "require_grad": "requires_grad",
}

MOST_TEXT = 100_000  # characters of a file that are looked through

_LIBRARIES = {"torch", "numpy"}


def _undefined(case: Case, match: re.Match[str]) -> str:
    name = match[1]
    line = _IMPORTS.get(name)
    if line is not None:
        return f"The file uses `{name}` without importing it: `{line}` belongs at its top."
    if name == "self":
        return (
            "`self` is known only where it is the first parameter of a method: "
            "`def method(self, ...)`."
        )
    if is_function_of_torch(name):
        return f"There is no `{name}` by itself. Is torch.{name} meant?"
    written = near(name, _names_in(case.lines))
    if written is not None:
        return f"There is no `{name}` here. `{written}` is close to it: a slip of the pen?"
    python = near(name, dir(builtins))
    if python is not None:
        return f"There is no `{name}` here. Is `{python}` meant?"
    return (
        f"Nothing has given `{name}` a value where it is read. What a function names inside is "
        "known only there, and arguments go by the names in the `def` line."
    )


def _names_in(lines: Iterable[str]) -> set[str]:
    """What a file gives a value, defines or imports, by a look at its text."""
    found: set[str] = set()
    for line in lines:
        text = line.partition("#")[0]
        found.update(re.findall(r"\b([A-Za-z_]\w*)\s*(?:[-+*/@]?=(?!=)|:|,|\))", text))
        found.update(re.findall(r"\b(?:def|class|for|as|import)\s+([A-Za-z_]\w*)", text))
    return {n for n in found if not keyword.iskeyword(n)}


def is_function_of_torch(name: str) -> bool:
    """Whether torch itself has a function of this name, or a dtype."""
    torch = sys.modules.get("torch")
    found = vars(torch).get(name) if torch is not None and len(name) > 2 else None
    return callable(found) or type(found).__name__ == "dtype"


def _read_too_early(_: Case, match: re.Match[str]) -> str:
    name = match[1]
    return (
        f"`{name}` is read here before this function has given it a value. A name that a function "
        f"assigns anywhere (`{name} = ...`, also `+=`) is its own from its first line on, whatever "
        "stands outside; and a loop or `if` that was never entered assigns nothing."
    )


def _free_too_early(_: Case, match: re.Match[str]) -> str:
    return f"`{match[1]}` is read by an inner function before the outer one has given it a value."


def _of_tensor(_: Case, match: re.Match[str]) -> str:
    name = match[1]
    if name in _OTHERS_NAMES:
        return f"A tensor has no `.{name}`. In torch it is: {_OTHERS_NAMES[name]}."
    close = near(name, [*_attributes_of_tensor(), *_OTHERS_NAMES])
    if close in _OTHERS_NAMES:
        return f"A tensor has no `.{name}`. Is this meant: {_OTHERS_NAMES[close]}?"
    hint = f" `.{close}` is close to it." if close else ""
    return f"A tensor has no `.{name}`.{hint}"


def _attributes_of_tensor() -> list[str]:
    torch = sys.modules.get("torch")
    return [] if torch is None else dir(torch.Tensor)


def is_tensors(name: str) -> bool:
    """Whether tensors have an attribute of this name."""
    return name in _attributes_of_tensor()


def _of_module(_: Case, match: re.Match[str]) -> str:
    module, name = match.groups()
    if module == "torch" and name in _OTHERS_NAMES:
        return f"There is no `torch.{name}`. In torch it is: {_OTHERS_NAMES[name]}."
    close = near(name, _public(module))
    if close is not None:
        return f"There is no `{module}.{name}`. `{module}.{close}` is close to it."
    for other in ("torch", "torch.nn", "torch.nn.functional", "math", "numpy"):
        if other != module and name in _public(other):
            return f"There is no `{module}.{name}`, but there is `{other}.{name}`."
    return f"There is no `{module}.{name}`."


def _public(module: str) -> list[str]:
    """Public names of a library's module, if it is loaded here anyway."""
    head = module.partition(".")[0]
    loaded = sys.modules.get(module)
    if loaded is None or (head not in _LIBRARIES and head not in sys.stdlib_module_names):
        return []
    return [n for n in dir(loaded) if not n.startswith("_")]


def _of_object(case: Case, match: re.Match[str]) -> str | None:
    kind, name = match.groups()
    builtin = getattr(builtins, kind, None)
    if isinstance(builtin, type):
        close = near(name, dir(builtin))
        what = f"{article(kind)} has no `.{name}`"
        hint = f" `.{close}` is close to it." if close else ""
        if not close and is_function_of_torch(name):
            hint = f" Is torch.{name} meant?"
        return f"{what[0].upper()}{what[1:]}.{hint}"
    text = "\n".join(case.lines)[:MOST_TEXT]
    if not re.search(rf"\bclass\s+{re.escape(kind)}\b", text):
        return None
    own = set(re.findall(r"\bself\.([A-Za-z_]\w*)", text)) - {name}
    own |= set(re.findall(r"^\s+(?:def\s+)?([A-Za-z_]\w*)\s*[(:=]", text, re.M)) - {name}
    close = near(name, own)
    if close is not None:
        return f"`{kind}` has no `.{name}` at this moment. `.{close}` is close to it."
    return (
        f"`{kind}` has no `.{name}` at this moment: `self.{name} = ...` was not reached before, "
        "or the name is written in another way."
    )


def _no_module(_: Case, match: re.Match[str]) -> str:
    module = match[1]
    head = module.partition(".")[0]
    if head in _LIBRARIES and head != module:
        return f"There is no module `{module}` in {head}."
    if head in _PACKAGES:
        return f"The package `{head}` is not there for answers: torch, NumPy and Python's own are."
    close = near(head, [*_LIBRARIES, *sys.stdlib_module_names, "jaxtyping"])
    if close is not None:
        return f"There is no module `{head}`. `{close}` is close to it."
    return (
        f"An answer is one file, and no other file is seen here. If `{head}` is a file of yours, "
        "copy what is needed from it into this one; if it is a package, it isn't installed."
    )


def _not_in_module(_: Case, match: re.Match[str]) -> str:
    name, module = match.groups()
    close = near(name, _public(module))
    hint = f" `{close}` is close to it." if close else ""
    return f"`{module}` has nothing of the name `{name}`.{hint}"


def _keyword(case: Case, match: re.Match[str]) -> str:
    function, name = match.groups()
    short = function.rpartition(".")[2]
    owner = function.split(".")[-2] if short == "__init__" and "." in function else function
    known = _parameters(short if short != "__init__" else owner, case.lines)
    known += ["dim", "keepdim", "dtype", "generator", "requires_grad", "lr", "steps", "alpha"]
    close = _OTHER_KEYWORDS.get(name) or near(name, known)
    hint = f" Is `{close}` meant?" if close and close != name else ""
    return f"`{owner}` has no parameter of the name `{name}`.{hint}"


def _parameters(function: str, lines: Iterable[str]) -> list[str]:
    """The parameters of a function or class of the file, by a look at its text."""
    text = "\n".join(lines)[:MOST_TEXT]
    found = re.search(rf"\bdef\s+{re.escape(function)}\s*\(([^()]{{0,1000}})", text)
    return re.findall(r"(\w+)\s*(?=[:,=)]|$)", found[1]) if found else []


NAMES: tuple[Rule, ...] = (
    Rule(
        "read-before-assigned",
        r"local variable '(\w+)' (?:where it is not associated|referenced before)",
        _read_too_early,
        ("UnboundLocalError",),
    ),
    Rule(
        "read-before-assigned",
        r"free variable '(\w+)'",
        _free_too_early,
        ("NameError",),
    ),
    Rule("name-not-defined", r"name '(\w+)' is not defined", _undefined, ("NameError",)),
    Rule(
        "no-such-attribute",
        r"'(?:Tensor|Parameter)' object has no attribute '(\w+)'",
        _of_tensor,
        ("AttributeError",),
    ),
    Rule(
        "no-such-attribute",
        r"module '([\w.]+)' has no attribute '(\w+)'",
        _of_module,
        ("AttributeError",),
    ),
    Rule(
        "no-such-attribute",
        r"type object '(?:Tensor|Parameter)' has no attribute '(\w+)'",
        _of_tensor,
        ("AttributeError",),
    ),
    Rule("other-module", r"No module named '([\w.]+)'", _no_module, ("ModuleNotFoundError",)),
    Rule(
        "other-module",
        r"attempted relative import",
        "An answer is one file, and no other file is seen here. Copy what is needed into this one.",
        ("ImportError",),
    ),
    Rule(
        "no-such-name-in-module",
        r"cannot import name '(\w+)' from '([\w.]+)'",
        _not_in_module,
        ("ImportError",),
    ),
    Rule(
        "unexpected-keyword",
        r"(?<![\w.<>])([\w.<>]+)\(\) got an unexpected keyword argument '(\w+)'",
        _keyword,
        ("TypeError",),
    ),
)

# After python_errors, which knows more of numbers and lists that should have been tensors.
ATTRIBUTES: tuple[Rule, ...] = (
    Rule(
        "no-such-attribute",
        r"'(\w+)' object has no attribute '(\w+)'",
        _of_object,
        ("AttributeError",),
    ),
)
