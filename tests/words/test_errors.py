"""The commonest errors of Python and torch, each provoked with the torch that is installed."""

import types
from pathlib import Path

import pytest
import torch

from dojo.learner.server import Server
from dojo.words.raised import RULES, Explained, Raised, explain_raised
from dojo.words.syntax import RULES as SYNTAX
from dojo.words.syntax import explain_syntax

NAME = "answer.py"
HEAD = "import math\nimport numpy as np\nimport torch\nfrom torch import nn\n"
LEAF = "w = torch.ones(3, requires_grad=True)\n"

# Mistake, code that stops with it, words that the explanation must hold.
PROVOKED = [
    ("several-for-one", "if torch.ones(3) > 0: pass", "one True or False"),
    ("several-for-one", "if torch.ones(0): pass", "empty"),
    ("several-for-one", "if np.ones(3) > 0: pass", "one True or False"),
    ("several-for-one", "torch.ones(3).item()", "this one holds 3 numbers"),
    ("several-for-one", "float(torch.ones(3))", "one plain number"),
    ("several-for-one", "math.exp(torch.ones(2))", "one plain number"),
    ("several-for-one", "torch.tensor([torch.ones(2), torch.ones(2)])", "torch.stack()"),
    ("several-for-one", "torch.ones(0).item()", "empty"),
    (
        "shared-default",
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    seen: list = []",
        "The field `seen` has one list",
    ),
    ("shapes-dont-multiply", "torch.ones(7, 2) @ torch.ones(3, 1)", "2 columns meet 3 rows"),
    ("shapes-dont-multiply", "torch.ones(7, 1) @ torch.ones(3, 1)", "1 column meets 3 rows"),
    ("shapes-dont-multiply", "torch.ones(7, 2) @ torch.ones(3)", "(7, 2), the vector (3,)"),
    ("shapes-dont-multiply", "torch.ones(2) @ torch.ones(3)", "2 and 3 numbers"),
    ("shapes-dont-multiply", "np.ones((7, 2)) @ np.ones((3, 1))", "as many columns"),
    ("wrong-dimensions", "torch.mm(torch.ones(3), torch.ones(3, 1))", "number of dimensions"),
    ("wrong-dimensions", "torch.meshgrid(torch.ones(1, 2), indexing='ij')", "number of dimensions"),
    ("shapes-dont-fit", "torch.ones(7) + torch.ones(3)", "one has 7 numbers where the other has 3"),
    ("shapes-dont-fit", "np.ones(7) + np.ones(3)", "lined up from the right"),
    ("shapes-dont-fit", "a = torch.ones(1)\na += torch.ones(3)", "shape (3,)"),
    ("shapes-dont-fit", "a = torch.ones(3)\na[:] = torch.ones(4)", "the place"),
    ("shapes-dont-fit", "torch.ones(3, 2).expand(4, 2)", "size of 1"),
    (
        "shapes-dont-fit",
        "nn.functional.binary_cross_entropy(torch.ones(3, 1), torch.ones(3))",
        "(3, 1) and (3,)",
    ),
    (
        "shapes-dont-fit",
        "torch.ones(3)[torch.tensor([True, False])]",
        "the mask has the shape (2,)",
    ),
    ("shape-doesnt-hold", "torch.ones(3, 2).reshape(5)", "6 of them don't fill the shape (5,)"),
    ("shape-doesnt-hold", "torch.ones(3, 2).view(-1, 4)", "whatever the -1 stands for"),
    ("view-of-rearranged", "torch.ones(3, 2).T.view(6)", "in memory"),
    ("parts-dont-join", "torch.stack([torch.ones(3), torch.ones(2)])", "(3,) and (2,)"),
    ("parts-dont-join", "torch.cat([torch.ones(3, 1), torch.ones(3)])", "one dimension"),
    ("parts-dont-join", "torch.cat([torch.tensor(1.0)])", "torch.stack()"),
    ("nothing-to-join", "torch.stack([])", "empty"),
    ("einsum-subscripts", "torch.einsum('ij,jk', torch.ones(2, 3), torch.ones(2, 3))", "letters"),
    ("no-such-dimension", "torch.ones(3, 2).sum(dim=2)", "0 to 1"),
    ("no-such-dimension", "torch.ones(3).sum(dim=1)", "only one there is"),
    ("no-such-place", "torch.ones(3)[3]", "the last of 3 along dimension 0 is 2"),
    ("no-such-place", "torch.ones(3)[-4]", "-3 is the first"),
    ("no-such-place", "[1, 2][5]", "counted from 0"),
    ("too-many-places", "torch.ones(3)[0, 0]", "more indices"),
    ("too-many-places", "torch.tensor(1.0)[0]", "one number"),
    ("place-not-whole", "range(torch.tensor([1, 2]))", "one whole number"),
    ("place-not-whole", "[1, 2][0.5]", "whole number"),
    ("no-grad-recorded", "torch.ones(3).sum().backward()", "record gradients"),
    ("in-place-on-leaf", LEAF + "w -= 1", "switch recording off"),
    ("in-place-on-leaf", LEAF + "w[0] = 1", "switch recording off"),
    ("backward-twice", LEAF + "s = (w * w).sum()\ns.backward()\ns.backward()", "anew"),
    (
        "changed-before-backward",
        LEAF + "h = w.exp()\nh += 1\nh.sum().backward()",
        "changed in place after",
    ),
    ("loss-of-several-numbers", LEAF + "(w * w).backward()", "one number, the loss"),
    ("recording-in-numpy", LEAF + "w.numpy()", "NumPy can't record"),
    ("recording-in-numpy", LEAF + "np.exp(w)", "NumPy can't record"),
    (
        "not-computed-from-it",
        LEAF + "torch.autograd.grad(w.sum(), torch.ones(2, requires_grad=True))",
        "not computed from this tensor",
    ),
    (
        "inference-tensor",
        LEAF + "with torch.inference_mode():\n    v = torch.ones(3)\n(v * w).sum().backward()",
        "torch.no_grad()",
    ),
    (
        "inference-tensor",
        "with torch.inference_mode():\n    v = torch.ones(3)\nv += 1",
        "torch.no_grad()",
    ),
    ("not-a-leaf", LEAF + "(w * 2).requires_grad = False", "computed from others"),
    ("grad-of-other-shape", LEAF + "w.grad = torch.ones(2)", "the shape (2,) is put where (3,)"),
    ("grad-of-other-kind", LEAF + "w.grad = 0", "no plain number"),
    (
        "dtypes-differ",
        "torch.ones(2, 2).double() @ torch.ones(2, 2).float()",
        "float64 and float32",
    ),
    ("dtypes-differ", "nn.Linear(3, 1)(torch.ones(7, 3).long())", "int64 and float32"),
    ("dtypes-differ", "torch.ones(2).double() @ torch.ones(2).float()", "float64 and float32"),
    ("whole-numbers", "torch.tensor([1, 2]).requires_grad_()", "whole numbers"),
    ("whole-numbers", "torch.tensor([1, 2], requires_grad=True)", "a gradient needs"),
    ("whole-numbers", "torch.tensor([1, 2]).mean()", "a mean or a spread needs"),
    ("whole-numbers", "torch.tensor([True]).mean()", "True and False"),
    ("whole-numbers", "a = torch.tensor([1, 2])\na /= 2", "in place with fractions"),
    ("not-for-this-dtype", "torch.ones(3) ^ 2", "`**` is the power"),
    ("operands-dont-fit", "2.0 ^ 2", "`**` is the power"),
    ("no-such-attribute", "torch.ones(3).lenght", "len(t)"),
    ("no-such-attribute", "[1.0].tensor()", "Is torch.tensor meant?"),
    ("name-not-defined", "float64", "Is torch.float64 meant?"),
    ("truth-values", "1 - torch.tensor([True])", "`~`"),
    ("generator-argument", "torch.randn(3, torch.Generator())", "generator=..."),
    ("generator-argument", "torch.randn((3, 2), torch.Generator())", "generator=..."),
    ("generator-argument", "torch.rand(3, generator=42)", "an int: a seed alone is none"),
    ("wrong-argument-type", "torch.exp(1.0)", "Torch's functions work on tensors"),
    ("wrong-argument-type", "torch.sum([1.0, 2.0])", "torch.tensor()"),
    ("wrong-argument-type", "torch.stack([1.0, 2.0])", "item 0 is a float"),
    ("wrong-argument-type", "torch.tensor([1.0, None])", "numbers only"),
    ("wrong-argument-type", "torch.zeros([1.5])", "whole numbers"),
    ("wrong-arguments", "torch.max(1.0, 2.0)", "(float, float)"),
    ("rows-of-unequal-length", "torch.tensor([[1.0], [1.0, 2.0]])", "one length"),
    ("wrong-parameters", LEAF + "torch.optim.SGD(w, lr=0.1)", "a list of tensors"),
    ("wrong-parameters", "torch.optim.SGD([], lr=0.1)", "empty"),
    ("no-forward", "nn.Module()()", "`forward`"),
    (
        "module-not-begun",
        "class M(nn.Module):\n    def __init__(self):\n        self.a = nn.Linear(1, 1)\nM()",
        "super().__init__()",
    ),
    ("number-for-tensor", "(1.0).backward()", "plain Python number (float)"),
    ("number-for-tensor", "(1.0).grad", "how it was computed"),
    ("number-for-tensor", "(2).shape", "plain Python number (int)"),
    ("list-for-tensor", "[1.0].shape", "a list, not a tensor"),
    ("array-for-tensor", "np.ones(3).backward()", "a NumPy array"),
    ("pair-for-tensor", "torch.ones(3).max(dim=0).mean()", "`.values`"),
    ("none-used", "None.shape", "before `.shape` is None"),
    ("none-used", LEAF + "w.grad.zero_()", "filled by backward()"),
    ("none-used", LEAF + "w - 0.1 * w.grad", "filled by backward()"),
    ("none-used", "torch.ones(3) - None", "`return`"),
    ("none-used", "None[0]", "`return`"),
    ("none-used", "a, b = None", "`return`"),
    ("none-used", "float(None)", "`return`"),
    ("operands-dont-fit", "[1.0] - [2.0]", "number by number"),
    ("operands-dont-fit", "[1.0] * 0.5", "repeats the list"),
    ("operands-dont-fit", "[1.0] + 1", "joins it to another list"),
    ("operands-dont-fit", "torch.mean - 1", "a function itself"),
    ("operands-dont-fit", "torch.ones(3, 2).max(dim=0) + 1", "joins it to another tuple"),
    ("operands-dont-fit", "'a' < 1", "a text (str) and an int"),
    ("not-a-function", "(1.0)(2)", "only functions can be called"),
    ("not-a-function", "torch.ones(3).shape()", "`.shape` is no function"),
    ("nothing-to-index", "(1.0)[0]", "plain number"),
    ("nothing-to-index", "len[3]", "round brackets"),
    ("nothing-to-go-through", "for i in 5: pass", "range(n)"),
    ("nothing-to-go-through", "len(torch.tensor(1.0))", "one number"),
    ("nothing-to-go-through", "a, b = 1.0", "several values are wanted"),
    ("number-not-whole", "range(3.0)", "`//`"),
    ("stays-as-it-is", "(1, 2)[0] = 3", "A tuple"),
    ("brackets-missing", "with torch.no_grad: pass", "with torch.no_grad():"),
    ("not-one-number", "f'{torch.ones(3):.3f}'", "a plain number"),
    ("wrong-number-of-arguments", "def g(a, b): pass\ng(1)", "without a value for `b`"),
    ("wrong-number-of-arguments", "def g(a): pass\ng(1, 2)", "1 argument, but 2 were given"),
    ("wrong-number-of-arguments", "def g(a): pass\ng(1, a=3)", "twice"),
    ("wrong-number-of-arguments", "len()", "takes 1 argument, but here it gets 0"),
    ("wrong-number-of-arguments", "torch.zeros_like()", "without a value for `input`"),
    ("unexpected-keyword", "def g(rate): pass\ng(rtae=1)", "Is `rate` meant?"),
    ("unexpected-keyword", "torch.ones(3).mean(axis=0, dims=1)", "Is `dim` meant?"),
    ("wrong-number-of-values", "a, b = 1, 2, 3", "2 names wait"),
    ("wrong-number-of-values", "a, b = [1]", "only 1 value comes"),
    ("name-not-defined", "optim.SGD", "`from torch import optim`"),
    ("name-not-defined", "loss = 1\nlos", "`loss` is close to it"),
    ("name-not-defined", "tensor([1.0])", "Is torch.tensor meant?"),
    ("name-not-defined", "nowhere_at_all", "Nothing has given"),
    ("name-not-defined", "grad_b = 1\ngrad_w", "Nothing has given"),
    ("name-not-defined", "w1 = 1\nw2", "Nothing has given"),
    ("name-not-defined", "logit = 1\ndlogit", "Nothing has given"),
    ("read-before-assigned", "def g():\n    total += 1\ng()", "`total` is read here before"),
    ("no-such-attribute", "torch.mena(torch.ones(3))", "`torch.mean` is close"),
    ("no-such-attribute", "torch.ones(3).maen()", "`.mean` is close"),
    ("no-such-attribute", "torch.ones(3).astype('float')", ".to(dtype)"),
    ("no-such-attribute", "nn.Relu()", "`torch.nn.ReLU` is close"),
    ("no-such-attribute", "[1].apend(2)", "`.append` is close"),
    (
        "no-such-attribute",
        "class A:\n    def __init__(self):\n        self.weight = 1\nA().weigth",
        "`.weight` is close",
    ),
    ("other-module", "import helpers", "An answer is one file"),
    ("other-module", "import tensorflow", "not there for answers"),
    ("other-module", "from .helpers import x", "An answer is one file"),
    ("no-such-name-in-module", "from torch.nn import Linaer", "`Linear` is close"),
    ("division-by-zero", "1 / 0", "divided by is 0"),
    ("endless-recursion", "def g(): return g()\ng()", "deeper than Python goes"),
    ("no-such-key", "{}['a']", "no entry under 'a'"),
    ("outside-the-domain", "math.log(0)", "logarithm of 0"),
    ("too-large-a-number", "math.exp(1000)", "larger than a float"),
    ("text-for-number", "int('a')", "no number"),
    ("nothing-there", "max([])", "empty"),
    ("nothing-there", "next(iter([]))", "ran out of items"),
    ("unhashable", "{[]: 1}", "A tuple"),
    ("no-gpu", "torch.ones(3, device='cuda')", "no GPU"),
    ("no-gpu", "torch.ones(3).to('mps')", "no GPU"),
    ("no-such-file", "open('nowhere.txt')", "no such file"),
    ("stopped-itself", "raise SystemExit", "sys.exit()"),
    ("own-refusal", "raise ValueError('no')", "Your own `raise`"),
    ("own-refusal", "assert 1 == 2", "Your own `assert`"),
    ("own-refusal", LEAF + "assert w.grad is not None", "filled by backward()"),
    ("not-written", "raise NotImplementedError", "not written yet"),
]


def provoked(code: str) -> Explained:
    """The explanation of the error with which some code stops."""
    text = HEAD + code
    error: BaseException | None = None
    try:
        exec(compile(text, NAME, "exec"), {"__name__": "answer"})
    except (Exception, SystemExit) as raised:
        error = raised
    assert error is not None, "nothing was raised"
    server = types.SimpleNamespace(_filename=NAME)
    described = Server._describe(server, error)  # type: ignore[arg-type]
    return explain_raised(Raised.read(described), "f", text.splitlines())


@pytest.mark.skipif(torch.cuda.is_available(), reason="written for machines without a GPU")
@pytest.mark.parametrize(("mistake", "code", "words"), PROVOKED)
def test_an_error_is_explained(mistake: str, code: str, words: str) -> None:
    told = provoked(code)
    assert told.mistake == mistake
    assert words in told.message
    assert told.line is not None


def test_every_name_is_listed_with_the_format() -> None:
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    names = {r.mistake for r in RULES} | {name for name, _, _ in SYNTAX}
    assert {n for n in names if f"`{n}`" not in page} == set()


def test_the_line_of_a_debugger_is_that_of_the_breakpoint() -> None:
    lines = ["def f(x):", "    breakpoint()", "    y = x", "    return y"]
    raised = Raised("BdbQuit", ("BdbQuit", "Exception"), "", (3,), "f", "")
    told = explain_raised(raised, "f", lines)
    assert (told.mistake, told.line) == ("no-debugger", 2)
    assert "no keyboard here" in told.message


def test_an_error_outside_of_the_file_is_not_said_to_be_in_it() -> None:
    text = "'NoneType' object has no attribute 'predict'"
    raised = Raised("AttributeError", ("AttributeError",), text, (), "", "predict")
    told = explain_raised(raised, "", ["x"])
    assert told.message.startswith("A check that used what your code returned stopped with")
    assert (told.mistake, told.line) == ("none-used", None)


def test_an_error_without_a_rule_is_told_in_its_own_words() -> None:
    raised = Raised("OddError", ("Exception",), "so it goes", (1,), "f", "")
    told = explain_raised(raised, "f", ["x"])
    assert told.message == "`f` stopped with OddError: so it goes"
    assert told.mistake is None


@pytest.mark.parametrize("kind", ["TypeError", "NameError", "AttributeError", "RuntimeError"])
@pytest.mark.parametrize(
    "message", ["", "{0} {name} %s", "'" * 1999, "([", "9" * 1999, "randn() received an invalid ("]
)
def test_no_text_breaks_the_rules(kind: str, message: str) -> None:
    raised = Raised(kind, (kind, "Exception"), message, (99,), "", "")
    assert explain_raised(raised, "{f}", []).message


def test_the_refused_file_is_told_from_the_missing_one() -> None:
    raised = Raised("PermissionError", ("OSError",), "[Errno 13] denied: '/x'", (1,), "f", "")
    told = explain_raised(raised, "f", ["open('/x')"])
    assert told.mistake == "not-allowed"
    assert "may not do here" in told.message


@pytest.mark.parametrize(
    ("text", "mistake", "words"),
    [
        ("def f(x)\n    return x", "colon-missing", "ends in a colon"),
        ("x = (1", "bracket-open", "`(`"),
        ("x = 1)", "bracket-unmatched", "too many"),
        ("x = [1)", "bracket-unmatched", "`[` was opened last"),
        ("if x = 1:\n    pass", "equals-for-comparison", "`==`"),
        ("f(x) = 1", "cannot-assign", "On the left"),
        ("for i in x:\ny", "indentation", "After the `for` statement in line 1"),
        ("  x = 1", "indentation", "further to the right"),
        ("if x:\n    a\n  b", "indentation", "count the spaces"),
        ("x = 'abc", "text-open", "closing quotes"),
        ("f(x y)", "comma-missing", "a comma"),
        ("x = 2y", "number-with-letters", "`*`"),
        ("x = “a”", "strange-character", "`“`"),
        ("return 1", "return-outside", "outside of every function"),
        ("break", "outside-a-loop", "`break`"),
        ("print 1", "print-without-brackets", "`print` is a function"),
        ("if x:\n    a\nelse if y:\n    b", "syntax", "`elif`"),
        ("x = * 2", "syntax", ""),
    ],
)
def test_what_python_cannot_read_is_explained(text: str, mistake: str, words: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        compile(text, NAME, "exec")
    line = text.splitlines()[(caught.value.lineno or 1) - 1]
    told = explain_syntax(caught.value.msg, line)
    assert told.mistake == mistake
    assert words in told.message
    assert ".." not in told.message.replace("...", "")
    assert "?." not in told.message
