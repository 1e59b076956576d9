"""Answers without work in them, made of a solution: they must fail."""

import ast

# The answer is right and then every number in it is made zero: shapes and types stay.
_ZEROS = """

import dataclasses as _d
import functools as _f
import torch as _t


def _zero(v):
    if isinstance(v, _t.Tensor):
        return v * 0 if v.is_floating_point() else _t.zeros_like(v)
    if _d.is_dataclass(v):
        return type(v)(**{f.name: _zero(getattr(v, f.name)) for f in _d.fields(v)})
    if isinstance(v, (list, tuple, set, frozenset)):
        return type(v)(map(_zero, v))
    if isinstance(v, dict):
        return {k: _zero(x) for k, x in v.items()}
    if hasattr(v, "__next__"):
        return map(_zero, v)
    if isinstance(v, (bool, int, float, str)):
        return type(v)()
    return list(map(_zero, v)) if hasattr(v, "__iter__") else v


def _zeroed(f, acts):
    @_f.wraps(f)
    def g(*a):
        return None if acts else _zero(f(*a))
    return g


"""


def returning_input(solution: str) -> str:
    """The solution with every public function's body replaced: it returns its first argument."""

    class Replace(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
            names = [a.arg for a in node.args.args if a.arg != "self"]
            if _asked(node.name):
                value = names[0] if names else "None"
                node.body = ast.parse(f"return {value}").body
            return node

    return ast.unparse(Replace().visit(ast.parse(solution)))


def returning_zeros(solution: str) -> str:
    """The solution with every public result made zero, and nothing done to arguments."""
    lines: list[str] = []
    for node in ast.parse(solution).body:
        if isinstance(node, ast.FunctionDef) and _asked(node.name):
            lines.append(f"{node.name} = _zeroed({node.name}, {_acts(node)})")
        elif isinstance(node, ast.ClassDef) and not node.decorator_list:
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and _asked(method.name):
                    owner = f"{node.name}.{method.name}"
                    lines.append(f"{owner} = _zeroed({owner}, {_acts(method)})")
    return solution + _ZEROS + "\n".join(lines) + "\n"


def _asked(name: str) -> bool:
    """Whether a suite may ask a function or method for a result: `__len__` as well."""
    return not name.startswith("_") or (name.endswith("__") and name != "__init__")


def _acts(node: ast.FunctionDef) -> bool:
    """Whether a function is there for what it does, not for what it returns."""
    return isinstance(node.returns, ast.Constant) and node.returns.value is None
