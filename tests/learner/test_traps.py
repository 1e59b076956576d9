"""What a kata forbids of torch is stopped while traps are armed, and only then."""

import subprocess
import sys

import pytest

from dojo.bans import BANS

WAYS = [
    "(w * w).sum().backward()",
    "torch.autograd.grad((w * w).sum(), w)",
    "torch._C._ImperativeEngine().run_backward(((w * w).sum(),), (torch.tensor(1.0),), False, "
    "False, (), allow_unreachable=True, accumulate_grad=True)",
    "torch.jit.CompilationUnit('def go(v: Tensor):\\n    v.backward()\\n').go((w * w).sum())",
    "torch.func.grad(lambda v: (v * v).sum())(w.detach())",
    "torch.func.jvp(lambda v: v * v, (w.detach(),), (torch.ones(2),))",
    "threading.Thread(target=(w * w).sum().backward).start()",
]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_a_derivative_while_traps_are_armed(way: str) -> None:
    program = (
        "import threading, torch\n"
        "from dojo.learner.traps import Traps\n"
        "traps = Traps(); traps.install({'autograd': ()})\n"
        "w = torch.ones(2, requires_grad=True)\n"
        "with traps.armed():\n"
        "    try:\n"
        f"        {way}\n"
        "    except RuntimeError:\n"
        "        pass\n"
        "    for thread in threading.enumerate():\n"
        "        thread is threading.current_thread() or thread.join()\n"
        "print(traps.used[:1], w.grad)\n"
        "(w * w).sum().backward()\n"
        "print(w.grad)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "['autograd'] None\ntensor([2., 2.])\n", done.stderr


@pytest.mark.parametrize(
    ("group", "code"),
    [
        ("activations", "torch.relu(x)"),
        ("activations", "x.sigmoid()"),
        ("activations", "torch.nn.ReLU()(x)"),
        ("activations", "torch.nn.functional.softmax(x, 0)"),
        ("optim", "torch.optim.SGD([x], 0.1)"),
        ("nn", "torch.nn.Linear(1, 1)"),
        ("losses", "torch.nn.MSELoss()(x, x)"),
        ("losses", "torch.nn.functional.binary_cross_entropy_with_logits(x, x)"),
    ],
)
def test_what_a_kata_forbids_of_torch_is_trapped(group: str, code: str) -> None:
    program = (
        "import torch; from dojo.learner.traps import Traps\n"
        "traps = Traps(); x = torch.ones(3); before = (x * 2).exp()\n"
        f"traps.install({{'{group}': {BANS[group].traps}}}); {code}\n"
        "with traps.armed():\n"
        "    assert torch.equal((x * 2).exp(), before)\n"
        f"    try: {code}\n    except RuntimeError: print(traps.used)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == f"['{group}']", done.stderr
