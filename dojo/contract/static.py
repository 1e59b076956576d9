"""What can be said of a subject by reading it, never running it.

Its syntax tree, whether its signatures agree with the solution's, and calls that the kata
forbids (calls, not words: ``no_grad``, ``detach`` or a comment must not trip it).
"""

import ast
import functools
import io
import tokenize
from dataclasses import dataclass

from dojo.bans import BANS
from dojo.contract.read import (
    Anything,
    Array,
    Choice,
    Contract,
    Function,
    Items,
    Lookup,
    Scalar,
    Signature,
    Spec,
    Stream,
    Unordered,
)
from dojo.failure import Failed, missing_finding
from dojo.verdict import Finding
from dojo.words.syntax import explain_syntax

_LESS_PRECISE = {
    *("float", "float32", "float16", "bfloat16", "half", "single", "autocast"),
    *("FloatTensor", "HalfTensor", "BFloat16Tensor", "f", "f2", "f4", "<f2", "<f4"),
}


@dataclass(frozen=True)
class Parsed:
    """A subject's file as text and tree."""

    text: str
    tree: ast.Module

    def line(self, number: int) -> str | None:
        """The text of a 1-based line, stripped."""
        lines = self.text.splitlines()
        return lines[number - 1].strip() if 0 < number <= len(lines) else None


@functools.lru_cache(maxsize=4)  # one file is judged on several seeds
def parse(source: bytes) -> Parsed:
    """Parse a file.

    Raises:
        Failed: it isn't Python; the finding stands at the line.
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        text = source.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        words = "The file is not text that Python can read"
        raise Failed(Finding(f"{words}: {error}."), cause="raised", kind="load") from None
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Failed(
            Finding("The file is empty. `kata reset` brings the stub back."),
            cause="missing",
            kind="load",
        )
    try:
        return Parsed(text, ast.parse(text))
    except SyntaxError as error:
        line = error.lineno
        lines = text.splitlines()
        shown = lines[line - 1].strip() if line and line <= len(lines) else None
        told = explain_syntax(error.msg, shown or "")
        raise Failed(
            Finding(told.message, told.mistake, line=line, source=shown),
            cause="raised",
            kind="load",
        ) from None
    except (ValueError, MemoryError, RecursionError) as error:
        message = f"Python can't read the file ({type(error).__name__}: {error})."
        raise Failed(Finding(message), cause="raised", kind="load") from None


def check_arity(contract: Contract, subject: Contract) -> None:
    """Compare the number of parameters of what the subject defines with ``def``.

    Raises:
        Failed: a call with the promised arguments can't work.
    """
    for name, wanted in contract.functions.items():
        found = subject.functions.get(name)
        if found is not None and not _private(name):
            _same_arity(wanted, found)
    for class_name, methods in contract.classes.items():
        for name, wanted in methods.items():
            found = subject.classes.get(class_name, {}).get(name)
            if found is not None and class_name not in contract.fields and not _private(name):
                _same_arity(wanted, found)


def check_defined(contract: Contract, names: list[str]) -> None:
    """Require the functions and classes that the stub asks for.

    Args:
        contract: the solution's.
        names: what the subject's module holds after it ran.

    Raises:
        Failed: one is missing.
    """
    for name in [*contract.functions, *contract.classes]:
        if name not in names and not name.startswith("_") and name not in contract.fields:
            raise Failed(missing_finding(name, names), cause="missing", kind="load")


def check_annotations(contract: Contract, subject: Contract) -> None:
    """Require that the annotations of the stub are still there and agree with the solution's.

    Raises:
        Failed: one is gone or says something else.
    """
    for name, wanted in contract.functions.items():
        if not _private(name):
            _same_annotations(wanted, subject.functions.get(name), name)
    for class_name, methods in contract.classes.items():
        for name, wanted in methods.items():
            if name.startswith("_") and name != "__init__":
                continue
            found = subject.classes.get(class_name, {}).get(name)
            if found is not None:
                _same_annotations(wanted, found, f"{class_name}.{name}")


def check_forbidden(answer: Parsed, forbids: tuple[str, ...]) -> None:
    """Look for calls of what the kata forbids.

    Raises:
        Failed: there is one; the finding stands at its line.
    """
    imported = _imported_names(answer.tree)
    own = _has_backward(answer.tree)
    for node in ast.walk(answer.tree):
        if not isinstance(node, (ast.Call, ast.ClassDef)):
            continue
        targets = [node.func] if isinstance(node, ast.Call) else node.bases
        for target in targets:
            for name in forbids:
                if _is_forbidden(target, name, imported, own):
                    raise Failed(
                        Finding(
                            BANS[name].found,
                            line=node.lineno,
                            source=answer.line(node.lineno),
                        ),
                        cause="forbidden",
                        kind="constraints",
                    )


def _is_forbidden(target: ast.expr, name: str, imported: dict[str, str], own: bool) -> bool:
    calls, homes = BANS[name].calls, BANS[name].homes
    if isinstance(target, ast.Attribute):
        owner = ast.unparse(target.value)
        head, _, rest = owner.partition(".")
        owner = ".".join(x for x in (imported.get(head, head), rest) if x)
        if name == "autograd" and target.attr in ("backward", "run_backward"):
            # A learner's own class may have a method backward(); only the trap can tell then.
            return owner.startswith(homes) or (not own and _looks_like_loss(target.value))
        return target.attr in calls and owner.startswith(homes)
    if isinstance(target, ast.Name):
        origin = imported.get(target.id, "")
        return origin.startswith(homes) and origin.rpartition(".")[2] in calls
    return False


def _has_backward(tree: ast.Module) -> bool:
    """Whether a class of the file has a method backward() of its own."""
    classes = [n for n in tree.body if isinstance(n, ast.ClassDef)]
    methods = [m for c in classes for m in c.body if isinstance(m, ast.FunctionDef)]
    return any(m.name == "backward" for m in methods)


def _looks_like_loss(owner: ast.expr) -> bool:
    """Whether backward() is called on something that reads like a loss tensor."""
    return isinstance(owner, ast.Name) and owner.id in ("loss", "mse", "cost", "error", "l")


def _imported_names(tree: ast.Module) -> dict[str, str]:
    """Names in the file that stand for something imported, and its full name."""
    out: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for a in node.names:
                out[a.asname or a.name] = f"{node.module}.{a.name}"
        elif isinstance(node, ast.Import):
            for a in node.names:
                if a.asname:
                    out[a.asname] = a.name
    return out


def names_less_precision(answer: Parsed) -> bool:
    """Whether a dtype with fewer digits than float64 is named, which is the default."""
    for node in ast.walk(answer.tree):
        match node:
            case ast.Attribute(attr=name) | ast.alias(name=name) | ast.Constant(value=str(name)):
                pass
            case ast.Name(id=name) if name != "float":  # float(...) is Python's own
                pass
            case _:
                continue
        if name in _LESS_PRECISE:
            return True
    return False


def _private(name: str) -> bool:
    """Whether a name is a helper of the solution, which no learner knows of."""
    return name.startswith("_") and not name.endswith("__")


def _same_arity(wanted: Signature, found: Signature) -> None:
    count = len(wanted.parameters)
    needed = sum(not has_default for _, _, has_default in found.parameters)
    if needed <= count and (len(found.parameters) >= count or found.variadic):
        return
    names = ", ".join(p[0] for p in wanted.parameters)
    raise Failed(
        Finding(
            f"`{found.name}` takes {len(found.parameters)} arguments, but it is called with "
            f"{count}: ({names}).",
            line=found.line,
        ),
        cause="missing",
        kind="load",
    )


def _same_annotations(wanted: Signature, found: Signature | None, name: str) -> None:
    if found is None:
        text = (
            f"`{name}` is not defined by `def`, so that the type annotations of `{name}` are gone."
        )
        raise _annotation("annotation-missing", text, None)
    # A further one with a default may be the learner's own addition.
    pairs = list(zip(wanted.parameters, found.parameters, strict=False))
    bare = [t for (o, _, _), (t, _, _) in pairs if o not in wanted.bare and t in found.bare]
    silent = wanted.promises and not found.promises and wanted.name != "__init__"
    if bare or silent:
        text = _missing(name, bare, silent, len(bare) == len(pairs))
        raise _annotation("annotation-missing", text, found.line)
    for (_, spec, _), (theirs, other, _) in pairs:
        if not _agree(spec, other):
            raise _disagreement(name, f"parameter `{theirs}`", found)
    if wanted.name != "__init__" and not _agree(wanted.returns, found.returns):
        raise _disagreement(name, "the result", found)


def _missing(name: str, bare: list[str], silent: bool, every: bool) -> str:
    """Which annotations are gone, in a sentence."""
    if every and silent and bare:
        return f"The type annotations of `{name}` are gone."
    result = "the result (`-> ...` before the colon)"
    quoted = [f"`{b}`" for b in bare]
    parameters = "parameter " if len(bare) == 1 else "the parameters "
    parts = [parameters + _listed(quoted)] if bare else []
    what = " and ".join([*parts, *([result] if silent else [])])
    if len(bare) + silent == 1:
        return f"In `{name}` the type annotation of {what} is gone."
    return f"In `{name}` the type annotations of {what} are gone."


def _listed(words: list[str]) -> str:
    return " and ".join(x for x in (", ".join(words[:-1]), words[-1]) if x)


def _annotation(mistake: str, text: str, line: int | None) -> Failed:
    keep = "Keep the stub's signature: it says what goes in and what comes out."
    return Failed(Finding(f"{text} {keep}", mistake, line=line), kind="typing")


def _disagreement(name: str, part: str, found: Signature) -> Failed:
    text = f"The annotation of {part} in `{name}` says something else than the stub's did."
    return _annotation("annotation-changed", text, found.line)


def _agree(wanted: Spec, found: Spec) -> bool:
    """Whether two annotations promise the same, up to other names for the dimensions.

    A looser annotation of the same kind (``Tensor`` for ``Float[Tensor, "n 1"]``) agrees too:
    it contradicts nothing.
    """
    match wanted, found:
        case (Anything() | Function(), _) | (Stream(word="iterable"), Items()):
            return True
        case (Array(dims=None), Array()) | (Array(), Array(dims=None)):
            return True
        case (Array(), Array()):
            return _same_dims(wanted.dims or (), found.dims or ())
        case (Items(), Items()):
            if wanted.all is not None and found.all is not None:
                return len(wanted.all) == len(found.all) and all(
                    _agree(a, b) for a, b in zip(wanted.all, found.all, strict=True)
                )
            if wanted.word != found.word:
                return False
            plain = found.each in (None, Anything())  # `list` alone
            return wanted.each is None or plain or _agree(wanted.each, found.each or Anything())
        case (Stream(), Stream()):
            return _agree(wanted.each, found.each) or found.each == Anything()
        case (Lookup(), Lookup()):
            pairs = ((wanted.key, found.key), (wanted.value, found.value))
            return all(b == Anything() or _agree(a, b) for a, b in pairs)
        case (Unordered(), Unordered()):
            return found.each == Anything() or _agree(wanted.each, found.each)
        case (Scalar(), Scalar()):
            return wanted.word == found.word
        case (Choice(), Choice()):
            return len(wanted.options) == len(found.options)
        case (_, Anything()):
            return False
        case _:
            return wanted == found


def _same_dims(wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    if any("*" in d or d == "..." for d in wanted + found):
        return True
    return len(wanted) == len(found) and all(
        a == b or not (a.isdigit() and b.isdigit()) for a, b in zip(wanted, found, strict=True)
    )
