"""Torch's errors about shapes and places in plain words; NumPy's twins of them stand beside."""

import re

from dojo.words.numbers import count
from dojo.words.rules import Case, Rule, shape

_LINED_UP = "Sizes are lined up from the right, and only a 1 is repeated to fit: print both shapes."


def _matrices(_: Case, match: re.Match[str]) -> str:
    a, b, c, d = match.groups()
    return (
        f"A matrix product needs as many columns on its left as rows on its right. Here {b} "
        f"{'column meets' if b == '1' else 'columns meet'} {count(int(c), 'row')}: the shapes are "
        f"({a}, {b}) and ({c}, {d})."
    )


def _spread(case: Case, _: re.Match[str]) -> str:
    if "expand" in case.text or "broadcast_to" in case.text:
        return "Only a size of 1 can be spread over more places: print the shape of both."
    return (
        "What is put in here has another size than the place that it is put into: print the "
        "shapes of both sides."
    )


def _loss_shapes(_: Case, match: re.Match[str]) -> str:
    target, predicted = shape(match[1]), shape(match[2])
    return (
        "The loss compares predictions and targets place by place, so their shapes have to be "
        f"equal. Here they are {predicted} and {target}."
    )


def _put_in_place(_: Case, match: re.Match[str]) -> str:
    return (
        "A change in place (`+=`, `-=`, `.sub_()`, ...) keeps the shape of what is changed, "
        f"{shape(match[1])} here, but the result would have the shape {shape(match[2])}."
    )


def _new_shape(_: Case, match: re.Match[str]) -> str:
    numbers = [n.strip() for n in match[1].split(",")]
    wanted = f"({', '.join(numbers)}{',' if len(numbers) == 1 else ''})"
    free = ", whatever the -1 stands for" if "-1" in numbers else ""
    return (
        f"A new shape has to hold all the numbers that are there: {match[2]} of them don't fill "
        f"the shape {wanted}{free}."
    )


def _dimension(_: Case, match: re.Match[str]) -> str:
    low, high, got = (int(g) for g in match.groups())
    if high == 0:
        there = "0 (or -1) is the only one there is here"
    else:
        there = f"here they are 0 to {high}, or {low} to -1 counted from the end"
    return f"Dimensions are counted from 0: {there}, so there is no {got}."


def _place(_: Case, match: re.Match[str]) -> str:
    index, along, size = (int(g) for g in match.groups())
    if size == 0:
        return f"Place {index} was asked for, but there is nothing along dimension {along}."
    if index < 0:
        return f"There are {size} places along dimension {along}: -{size} is the first of them."
    return (
        f"Places are counted from 0, so the last of {size} along dimension {along} is {size - 1}, "
        f"and {index} lies behind it."
    )


_SHAPES: tuple[Rule, ...] = (
    Rule(
        "shapes-dont-multiply",
        r"mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)",
        _matrices,
    ),
    Rule(
        "shapes-dont-multiply",
        r"size mismatch, got input \(\d+\), mat \((\d+)x(\d+)\), vec \((\d+)\)",
        "A matrix times a vector needs as many columns as the vector has numbers. Here the "
        "matrix has the shape ({0}, {1}), the vector ({2},).",
    ),
    Rule(
        "shapes-dont-multiply",
        r"inconsistent tensor size, expected tensor \[(\d+)\] and src \[(\d+)\]",
        "The product of two vectors needs two of one length. Here they have {0} and {1} numbers.",
    ),
    Rule(
        "shapes-dont-multiply",
        r"batch2 tensor to be|mismatch in its core dimension|matrices expected, got",
        "A matrix product needs as many columns on its left as rows on its right, and with more "
        "than two dimensions as many matrices on both sides: print both shapes.",
    ),
    Rule(
        "wrong-dimensions",
        r"must be a matrix|1D tensors expected|both arguments to matmul need to be at least 1D"
        r"|vector \+ matrix @|expects a 2D|expected 2D|0D or 1D target tensor expected"
        r"|Expected 0D or 1D tensor"
        r"|expects a tensor with <= 2 dimensions|number of dimensions in the tensor input",
        "This function takes another number of dimensions than it was given: print the shapes of "
        "this line.",
    ),
    Rule(
        "shapes-dont-fit",
        r"The size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)",
        "Two tensors meet number by number, but one has {0} numbers where the other has {1}. "
        + _LINED_UP,
    ),
    Rule(
        "shapes-dont-fit",
        r"operands could not be broadcast together|objects cannot be broadcast|not broadcastable",
        "Two shapes meet number by number and don't fit. " + _LINED_UP,
    ),
    Rule(
        "shapes-dont-fit",
        r"output with shape (\[[\d, ]*\]) doesn't match the broadcast shape (\[[\d, ]*\])",
        _put_in_place,
    ),
    Rule(
        "shapes-dont-fit",
        r"The expanded size of the tensor \((\d+)\) must match the existing size \((\d+)\)"
        r"|shape mismatch: value tensor|the number of sizes provided|could not broadcast input",
        _spread,
    ),
    Rule(
        "shapes-dont-fit",
        r"[Tt]arget size \(torch\.Size\((.*?)\)\).* input size \(torch\.Size\((.*?)\)\)",
        _loss_shapes,
    ),
    Rule("shape-doesnt-hold", r"shape '\[(.*?)\]' is invalid for input of size (\d+)", _new_shape),
    Rule(
        "shape-doesnt-hold",
        r"cannot reshape|cannot be resized",
        "The numbers that are there don't fill the shape that is asked for.",
    ),
    Rule(
        "view-of-rearranged",
        r"view size is not compatible with input tensor's size and stride",
        "`.view()` only looks at the numbers as they lie in memory, and after a transpose they "
        "lie in another order than they are read. `.reshape()` copies them where it must.",
    ),
    Rule(
        "parts-dont-join",
        r"stack expects each tensor to be equal size, but got (\[.*?\]) at entry \d+ and (\[.*?\])",
        lambda _, m: (
            "torch.stack() lays tensors of one shape onto each other, but here they have "
            f"the shapes {shape(m[1])} and {shape(m[2])}."
        ),
    ),
    Rule(
        "parts-dont-join",
        r"Tensors must have same number of dimensions|Sizes of tensors must match except in dim"
        r"|zero-dimensional tensor .* cannot be concatenated|all the input array",
        "torch.cat() joins tensors along one dimension, and they have to be alike in all others. "
        "Tensors of one number can't be joined so: torch.stack() takes these.",
    ),
    Rule(
        "nothing-to-join",
        r"expects a non-empty TensorList|expected a non-empty list of Tensors"
        r"|need at least one array",
        "The list of tensors is empty here: nothing was put into it before.",
    ),
    Rule(
        "einsum-subscripts",
        r"einsum\(\)",
        "The letters of einsum don't fit the tensors: one letter for each dimension, groups "
        "parted by commas, one group for each tensor, and a letter that stands twice means one "
        "size.",
    ),
)

_PLACES: tuple[Rule, ...] = (
    Rule(
        "no-such-dimension",
        r"Dimension out of range \(expected to be in range of \[(-?\d+), (-?\d+)\], "
        r"but got (-?\d+)\)",
        _dimension,
    ),
    Rule(
        "no-such-place",
        r"index (-?\d+) is out of bounds for (?:dimension|axis) (\d+) with size (\d+)",
        _place,
    ),
    Rule(
        "no-such-place",
        r"index out of range in self",
        "A place was asked for that the tensor doesn't have. Places are counted from 0.",
    ),
    Rule(
        "no-such-place",
        r"Target -?\d+ is out of bounds",
        "A target names a class that the scores don't have. Classes are counted from 0, and there "
        "are as many as scores in a row.",
    ),
    Rule(
        "too-many-places",
        r"too many indices for (?:tensor|array)|invalid index of a 0-dim tensor",
        "There are more indices in the brackets than the tensor has dimensions. A tensor of shape "
        "() is one number and takes none.",
    ),
    Rule(
        "shapes-dont-fit",
        r"The shape of the mask (\[.*?\]) at index \d+ does not match the shape of the indexed "
        r"tensor (\[.*?\])",
        lambda _, m: (
            "A mask needs the shape of what it is put on. Here the mask has the shape "
            f"{shape(m[1])}, the tensor {shape(m[2])}."
        ),
    ),
    Rule(
        "place-not-whole",
        r"only integer tensors of a single element can be converted to an index",
        "A count, as for range(), or a place in a list is one whole number. Here a tensor stands "
        "for it that holds several numbers, or none that is whole.",
    ),
    Rule(
        "place-not-whole",
        r"only integers, slices|tensors used as indices must be|indices must be integers",
        "A place is a whole number, a slice such as 1:3, or a mask of True and False.",
    ),
)

SHAPES: tuple[Rule, ...] = (*_SHAPES, *_PLACES)
