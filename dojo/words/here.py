"""What can't be had while an answer is judged: a keyboard, a debugger, a GPU, files, compilers."""

import re

from dojo.words.rules import Case, Rule, has_type

_NO_KEYBOARD = (
    "{name} asks for keyboard input, but nobody is there to answer it. Everything that it needs "
    "comes in its arguments."
)
_NO_DEBUGGER = (
    "{name} starts the debugger (breakpoint() or pdb), but there is no keyboard here and nobody "
    "to answer it. Take the line out to be judged; print() shows values as well."
)
_NO_GPU = (
    "There is no GPU (graphics card) here: answers are judged on the processor, the CPU. Take the "
    "device out: tensors then stay where the arguments are."
)
_NO_COMPILE = (
    "torch.compile is not to be used here. It translates code for the machine to make it faster, "
    "with a compiler that an answer can't start. The code means the same without it."
)


def _breakpoint_line(case: Case) -> int | None:
    """The line of the breakpoint: at or before the one at which Python stopped."""
    calls = [
        n
        for n, text in enumerate(case.lines, start=1)
        if re.search(r"\b(breakpoint|set_trace)\s*\(", text.partition("#")[0])
    ]
    before = [n for n in calls if case.line is None or n <= case.line]
    return before[-1] if before else calls[0] if calls else case.line


def _debugger(case: Case, _: re.Match[str]) -> str | None:
    return _NO_DEBUGGER.format(name=case.function)


def _not_allowed(case: Case, _: re.Match[str]) -> str | None:
    told = case.message
    if not (has_type(case, "PermissionError") or "Operation not permitted" in told):
        return None
    return (
        f"{case.function} tried something that an answer may not do here, such as opening other "
        f"files, the network or new programs ({case.type}: {told[:160]})."
    )


def _no_file(case: Case, _: re.Match[str]) -> str:
    return (
        "There is no such file here. An answer is one file and sees no other: all that it needs "
        "comes in its arguments."
    )


HERE: tuple[Rule, ...] = (
    Rule(
        "can-not-be-judged",
        "",
        lambda c, _: f"What {c.function} returns can't be judged: {c.message}.",
        ("WireError",),
        alone=True,
    ),
    Rule("no-debugger", "", _debugger, ("BdbQuit",), alone=True, line=_breakpoint_line),
    Rule("no-keyboard", "reading a line", _NO_KEYBOARD, ("EOFError",), alone=True),
    Rule("no-keyboard", r"input\(\): lost sys\.stdin", _NO_KEYBOARD, alone=True),
    Rule(
        "no-gpu",
        r"not compiled with (CUDA|XPU|HIP)|No (CUDA|HIP|XPU) GPUs|Found no NVIDIA driver"
        r"|not linked with support for mps|MPS backend is|Invalid device string: .?(gpu|cuda)"
        r"|device type at start of device string: gpu|CUDA error|CUDA driver",
        _NO_GPU,
    ),
    Rule("no-compile", r"torch\.compile is not to be used here", _NO_COMPILE, alone=True),
    Rule(
        "no-compile",
        "",
        _NO_COMPILE,
        ("InductorError", "BackendCompilerFailed", "InvalidCxxCompiler", "TorchDynamoException"),
    ),
    Rule(
        "stopped-itself",
        "",
        "{name} stopped itself with sys.exit() or SystemExit instead of returning.",
        ("SystemExit",),
        alone=True,
    ),
    Rule(
        "stopped-itself",
        "",
        "{name} raised KeyboardInterrupt, which is how Ctrl-C arrives, not an answer.",
        ("KeyboardInterrupt",),
        alone=True,
    ),
    Rule("out-of-memory", "", lambda c, _: _memory(c), ("MemoryError",), alone=True),
    Rule(
        "out-of-memory",
        r"can't allocate memory|not enough memory",
        lambda c, _: _memory(c),
        alone=True,
    ),
    Rule(
        "too-much-output",
        "File too large",
        lambda c, _: (
            f"{c.function} printed or wrote more than is kept here ({c.type}: {c.message[:160]})."
        ),
        alone=True,
    ),
    Rule("no-such-file", "", _no_file, ("FileNotFoundError",)),
    Rule("not-allowed", "", _not_allowed, alone=True),
)


def _memory(case: Case) -> str:
    told = f"{case.type}: {case.message}" if case.message else case.type
    return f"{case.function} asked for more memory than there is ({told[:160]})."
