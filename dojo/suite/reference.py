"""What a judgement takes from a kata's solution: its module, and the contract that it states."""

import sys
from types import ModuleType

from dojo.contract import static
from dojo.contract.read import Contract, read_contract
from dojo.course.catalog import Kata

_REFERENCES: dict[str, tuple[int, ModuleType]] = {}


def reference_of(kata: Kata) -> ModuleType:
    """The solution as a module of this process: it is ours, not the subject."""
    path = kata.solution_path
    stamp = path.stat().st_mtime_ns
    known = _REFERENCES.get(str(path))
    if known is not None and known[0] == stamp:
        return known[1]
    module = ModuleType(f"reference_{kata.stem}")
    sys.modules[module.__name__] = module  # dataclasses look their module up
    exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), module.__dict__)
    _REFERENCES[str(path)] = (stamp, module)
    return module


_CONTRACTS: dict[str, tuple[int, Contract]] = {}


def contract_of(kata: Kata) -> Contract:
    """The contract that a kata's solution states."""
    stamp = kata.solution_path.stat().st_mtime_ns
    known = _CONTRACTS.get(str(kata.solution_path))
    if known is not None and known[0] == stamp:
        return known[1]
    contract = read_contract(static.parse(kata.solution_path.read_bytes()).tree)
    _CONTRACTS[str(kata.solution_path)] = (stamp, contract)
    return contract
