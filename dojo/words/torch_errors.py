"""Torch's errors in plain words: its own are exact, but speak to its authors.

NumPy's twins of them stand beside.
"""

import re

from dojo.words.rules import Case, Rule, dtype, shape
from dojo.words.torch_calls import CALLS
from dojo.words.torch_shapes import SHAPES

# What makes one plain number.
_ONE_OF = r"\b(?:float|int|bool)\s*\(|\.item\(|\bmath\."


def _several(case: Case, match: re.Match[str]) -> str:
    made = re.search(r"\btensor\s*\(", case.text) and not re.search(_ONE_OF, case.text)
    if made:
        return (
            "torch.tensor() makes a tensor of plain numbers, and here it was given tensors that "
            "hold several. torch.stack() and torch.cat() put tensors together."
        )
    held = match.groupdict().get("n")
    if held == "0":
        return "One number was asked for, but this tensor is empty."
    count = f"{held} numbers" if held else "several"
    return (
        "`.item()`, `float()`, `int()` and the functions of `math` make one plain number of a "
        f"tensor, but this one holds {count}. Which of them is wanted, or what mean or sum?"
    )


def _dtypes(_: Case, match: re.Match[str]) -> str:
    a, b = (dtype(g) for g in match.groups())
    return (
        f"Tensors of two dtypes meet here, {a} and {b}, and this works within one only. Where was "
        "the one made that differs? A tensor can be made in the dtype of another (`dtype=x.dtype`)."
    )


def _not_there(case: Case, match: re.Match[str]) -> str:
    if "xor" in match[1]:
        return "`^` is no power in Python, but works on bits: `**` is the power."
    return f"This can't be done with numbers of the dtype {dtype(match[2])}."


def _whole(case: Case, match: re.Match[str]) -> str:
    word = match.groupdict().get("kind")
    truths = word is not None and dtype(word) == "bool"
    held = "True and False" if truths else "whole numbers, as torch.tensor([1, 2]) does"
    why = "a mean or a spread" if "infer output" in match[0] or "std" in match[0] else ""
    why = why or ("a change in place with fractions" if "cast" in match[0] else "a gradient")
    return f"This tensor holds {held}, and {why} needs floating numbers, such as 1.0."


_ONE_NUMBER: tuple[Rule, ...] = (
    Rule(
        "several-for-one",
        r"Boolean value of Tensor with no values",
        "`if`, `while`, `and`, `or` and `not` ask for one True or False, but here stands an empty "
        "tensor.",
    ),
    Rule(
        "several-for-one",
        r"Boolean value of Tensor with more than one value|truth value of an array with more",
        "`if`, `while`, `and`, `or` and `not` ask for one True or False, but here stands a tensor "
        "of several. What is meant: all of them, one of them, or each by itself?",
    ),
    Rule(
        "several-for-one",
        r"a Tensor with (?P<n>\d+) elements cannot be converted to Scalar"
        r"|only one element tensors can be converted|only length-1 arrays can be"
        r"|only 0-dimensional arrays can be|can only convert an array of size 1",
        _several,
    ),
)

_AUTOGRAD: tuple[Rule, ...] = (
    Rule(
        "no-grad-recorded",
        r"does not require grad and does not have a grad_fn",
        "The loss doesn't know how it came about: none of the tensors it was computed from was "
        "told to record gradients, or the connection was cut on the way.",
    ),
    Rule(
        "in-place-on-leaf",
        r"leaf [Vv]ariable that requires grad.*in-place",
        "A parameter that records gradients was changed in place while recording was on. An "
        "update is not part of the model: switch recording off around it.",
    ),
    Rule(
        "backward-twice",
        r"backward through the graph a second time",
        "backward() frees the record of the forward pass, and this record was walked before: "
        "compute the loss anew for each backward().",
    ),
    Rule(
        "changed-before-backward",
        r"modified by an inplace operation",
        "The backward pass still needs the values of a tensor that was changed in place after the "
        "loss was computed. Which line changes it, and can it wait, or make a new tensor?",
    ),
    Rule(
        "loss-of-several-numbers",
        r"grad can be implicitly created only for scalar outputs|to return a scalar Tensor",
        "A gradient is that of one number, the loss, but here stands a tensor of several. What "
        "makes one number of them?",
    ),
    Rule(
        "recording-in-numpy",
        r"Can't call numpy\(\) on Tensor that requires grad",
        "NumPy can't record gradients, so torch won't hand over a tensor that does. Where "
        "gradients are needed, stay in torch.",
    ),
    Rule(
        "not-computed-from-it",
        r"appears to not have been used in the graph",
        "The result was not computed from this tensor, so it has no derivative by it. Was it "
        "computed from another, a copy or one that was made anew?",
    ),
    Rule(
        "inference-tensor",
        r"[Ii]nference tensor|inference mode",
        "A tensor that was made under torch.inference_mode() can never take part in gradients, "
        "nor be changed in place outside of it. torch.no_grad() has no such after-effects.",
    ),
    Rule(
        "not-a-leaf",
        r"only change requires_grad flags of leaf|can't optimize a non-leaf"
        r"|graph leaves\) support the deepcopy",
        "This tensor was computed from others while gradients were recorded. What is asked of it "
        "here is possible for tensors that begin a computation only: `.detach()` makes one.",
    ),
    Rule(
        "grad-of-other-shape",
        r"attempting to assign a gradient of size '(.*?)' to a tensor of size '(.*?)'",
        lambda _, m: (
            f"A `.grad` has the shape of its tensor, but here the shape {shape(m[1])} is "
            f"put where {shape(m[2])} belongs."
        ),
    ),
    Rule(
        "grad-of-other-kind",
        r"assigned grad expected to be a Tensor|assigned grad has data of a different type",
        "A `.grad` is a tensor of the same dtype as its own tensor, or None: no plain number.",
    ),
    Rule(
        "number-for-tensor",
        r"Variable data has to be a tensor, but got (\w+)",
        "`.data` is a tensor, but here it is given a {0}.",
    ),
)

_DTYPES: tuple[Rule, ...] = (
    Rule(
        "dtypes-differ",
        r"(?:have the|have|the) same dtype, but (?:got:?|found) ([\w: ]+?) (?:and|!=) ([\w: ]+)",
        _dtypes,
    ),
    Rule("dtypes-differ", r"expected scalar type (\w+) but found (\w+)", _dtypes),
    Rule(
        "dtypes-differ",
        r"expected target dtype to be Long",
        "This loss takes the number of the right class for each row, as whole numbers.",
    ),
    Rule("whole-numbers", r"infer output dtype.*Got: (?P<kind>\w+)", _whole),
    Rule("whole-numbers", r"nly Tensors of floating point", _whole),
    Rule("whole-numbers", r"std and var only support floating", _whole),
    Rule(
        "whole-numbers",
        r"result type \w+ can't be cast to the desired output type (?P<kind>\w+)",
        _whole,
    ),
    Rule("not-for-this-dtype", r"\"(\w+)\" not implemented for '(\w+)'", _not_there),
    Rule(
        "truth-values",
        r"the `-` operator, (?:with|on) (?:two|a) bool",
        "A comparison gives True and False, and with these `-` doesn't work. `~` turns them "
        "round; as numbers (1 and 0) they can be subtracted.",
    ),
    Rule(
        "dtypes-differ",
        r"expected .*dtype|but found (?:Double|Float)",
        "Tensors of two dtypes (float32 and float64, say) meet in one operation.",
        ("RuntimeError",),
    ),
)

TORCH: tuple[Rule, ...] = (*_ONE_NUMBER, *SHAPES, *_AUTOGRAD, *CALLS, *_DTYPES)
