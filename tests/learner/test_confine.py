"""What goes on working in a confined process, and what holds where a layer is missing."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dojo import DISTRIBUTION
from dojo.learner import confine

ROOT = Path(__file__).resolve().parents[2]
Confined = Callable[..., Any]


def test_python_goes_on_working(confined: Confined) -> None:
    def run(scratch: str) -> list[object]:
        import asyncio
        import concurrent.futures
        import datetime
        import os
        import random
        import secrets
        import sqlite3
        import tempfile
        import threading
        import zoneinfo

        import sympy

        tempfile.tempdir = scratch
        done: list[int] = []
        threads = [threading.Thread(target=done.append, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            squares = list(pool.map(abs, range(-2, 2)))

        async def later() -> int:
            await asyncio.sleep(0)
            return 3

        with tempfile.TemporaryFile() as file:
            file.write(b"x")
        with open(os.devnull, "w") as file:
            file.write("x")
        random.seed()
        secrets.token_bytes(3)
        base = sqlite3.connect(":memory:")
        zone = zoneinfo.ZoneInfo("Europe/Paris")
        hours = datetime.datetime(2024, 7, 1, tzinfo=zone).utcoffset()
        return [
            sorted(done),
            squares,
            asyncio.run(later()),
            base.execute("select 1 + 1").fetchone()[0],
            str(hours),
            str(sympy.diff("x**2", "x")),
        ]

    expected = [[0, 1, 2, 3], [2, 1, 0, 1], 3, 2, "2:00:00", "2*x"]
    assert confined(run).value == expected


def test_torch_goes_on_working(confined: Confined) -> None:
    def run(scratch: str) -> list[object]:
        import threading

        import numpy as np
        import torch
        import torch.func
        from torch.utils.data import DataLoader, TensorDataset

        torch.set_num_threads(2)
        generator = torch.Generator().manual_seed(0)
        x = torch.randn(300, 300, generator=generator, dtype=torch.float64)
        w = torch.randn(300, 1, generator=generator, dtype=torch.float64, requires_grad=True)
        (x @ w).square().mean().backward()
        model = torch.nn.Linear(3, 2)
        optimizer = torch.optim.Adam(model.parameters())
        loader = DataLoader(TensorDataset(torch.ones(10, 3)), batch_size=4, shuffle=True)
        for (batch,) in loader:
            optimizer.zero_grad()
            model(batch).sum().backward()
            optimizer.step()
        torch.save(model.state_dict(), f"{scratch}/model.pt")
        loaded = torch.load(f"{scratch}/model.pt")
        norms: list[float] = []
        thread = threading.Thread(target=lambda: norms.append(float((x @ x).norm())))
        thread.start()
        thread.join()
        return [
            w.grad is not None and bool(w.grad.isfinite().all()),
            sorted(loaded),
            float(torch.func.grad(torch.sin)(torch.tensor(0.0))),
            len(norms),
            len(np.random.default_rng().normal(size=3)),
            len(torch.linalg.eigvals(x[:5, :5])),
        ]

    assert confined(run).value == [True, ["bias", "weight"], 1.0, 1, 3, 5]


def test_a_huge_tensor_is_an_error_and_no_more(confined: Confined) -> None:
    def run(scratch: str) -> None:
        import torch

        torch.zeros(100 * 2**30 // 8, dtype=torch.float64)

    assert confined(run).refused == "RuntimeError"


def test_without_landlock_the_rest_holds(confined: Confined, secret: Path) -> None:
    def run(scratch: str, path: str) -> str:
        import os

        with open(path) as file:
            text = file.read()
        for call in (os.fork, lambda: os.truncate(path, 0), lambda: os.chmod(path, 0)):
            try:
                call()
            except PermissionError:
                continue
            return "allowed"
        return text

    outcome = confined(run, str(secret), missing=("sandlock",))
    assert outcome.isolation == "no file confinement (Landlock)"
    assert outcome.value == "secret"


def test_without_seccomp_the_rest_holds(confined: Confined, secret: Path) -> None:
    def run(scratch: str, path: str) -> str:
        import os

        process = os.fork()
        if process == 0:
            os._exit(0)
        os.waitpid(process, 0)
        with open(path) as file:
            return file.read()

    outcome = confined(run, str(secret), missing=("pyseccomp",))
    assert outcome.isolation == "no system call filter (seccomp)"
    assert outcome.refused == "PermissionError"


def test_with_nothing_at_all_the_answer_still_runs(confined: Confined) -> None:
    def run(scratch: str) -> str:
        return "ran"

    outcome = confined(run, missing=("sandlock", "pyseccomp", "resource"))
    assert outcome.isolation == (
        "no limit of memory, processor time, file size, no file confinement (Landlock), "
        "no system call filter (seccomp)"
    )
    assert outcome.value == "ran"


def test_layers_are_asked_without_confining_and_without_torch(secret: Path) -> None:
    code = (
        "import sys; from dojo.learner import confine; found = confine.layers(); "
        "assert all(x.works and x.why for x in found), found; "
        f"assert open({str(secret)!r}).read() == 'secret'; "
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize(
    ("missing", "name"),
    [("sandlock", "file confinement (Landlock)"), ("pyseccomp", "system call filter (seccomp)")],
)
def test_a_missing_package_is_a_layer_that_does_not_work(
    monkeypatch: pytest.MonkeyPatch, missing: str, name: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    broken = [layer for layer in confine.layers() if not layer.works]
    assert [layer.name for layer in broken] == [name]
    assert missing in broken[0].why


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_are_told_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert not any(layer.works for layer in confine.layers())


def test_descriptors_are_closed_but_the_kept_ones() -> None:
    code = """if True:
        import os
        from dojo.learner.confine import close_descriptors
        kept, other = os.open("/dev/zero", 0), os.open("/dev/zero", 0)
        os.dup2(kept, 200)
        close_descriptors([1, 2, kept])
        assert os.read(kept, 1) == b"\\0"
        assert os.read(0, 1) == b""
        open_ones = []
        for descriptor in range(3, 1000):
            try:
                os.fstat(descriptor)
                open_ones.append(descriptor)
            except OSError:
                pass
        assert open_ones == [kept], open_ones
        os.write(1, b"seen")
        close_descriptors([])
        os.write(1, b"unseen")
    """
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, input=b"text"
    )
    assert (done.stdout, done.stderr) == (b"seen", b"")


def test_an_installation_shows_its_packages_but_not_itself(tmp_path: Path) -> None:
    """Installed beside other packages, the product's own files stay unread."""
    site = tmp_path / "site-packages"
    for name in ("torchlike/__init__.py", "dojo/content/checks/suite.py", "kata.py", "single.py"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
    (site / f"{DISTRIBUTION.replace('-', '_')}-0.1.0.dist-info").mkdir()
    (site / "other-1.0.dist-info").mkdir()
    (site / "way_back").symlink_to(site)
    learner = site / "dojo" / "learner"
    learner.mkdir()
    (learner / "__init__.py").touch()
    package = (ROOT / "dojo" / "__init__.py").read_text(encoding="utf-8")
    (learner.parent / "__init__.py").write_text(package, encoding="utf-8")
    source = ROOT / "dojo" / "learner" / "readable.py"
    (learner / "readable.py").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    code = f"""if True:
        import json, sys
        sys.path.insert(0, {str(site)!r})
        import torchlike
        from dojo.learner.readable import readable_paths
        print(json.dumps(readable_paths()))
    """
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    inside = [p for p in json.loads(done.stdout) if p.startswith(str(tmp_path))]
    assert [Path(p).name for p in inside] == ["other-1.0.dist-info", "single.py", "torchlike"]


def test_no_file_of_the_checkout_is_readable() -> None:
    from dojo.learner.readable import readable_paths

    folders = [Path(p) for p in readable_paths()]
    for name in ("checks", "solutions", "katas", "dojo", "kata.py", "tests"):
        path = ROOT / name
        assert not any(path == f or f in path.parents for f in folders)
