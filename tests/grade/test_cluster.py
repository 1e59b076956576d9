"""Judging through Dask, on a real cluster of processes on this machine.

Workers have a judge that goes by a word in the answer, so that these tests need no torch; the last
test has the real one.
"""

import functools
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from dojo.course import catalog as catalogs
from dojo.course.catalog import Catalog, Kata
from dojo.course.derive import mistake_text
from dojo.errors import UsageError
from dojo.grade.unit import GradeJob, Grading, not_judged, seeds_of

pytest.importorskip("sqlalchemy")
distributed = pytest.importorskip("distributed")
if sys.platform == "win32":
    pytest.skip("workers are killed by signals", allow_module_level=True)

from dojo.grade import cluster as clusters  # noqa: E402
from dojo.grade import remote  # noqa: E402
from dojo.grade.cluster import Cluster  # noqa: E402

MINI = Path(__file__).parents[1] / "mini"
PACK = (
    'name = "small"\ntitle = "Small"\nversion = "0.1.0"\nlicence = "MIT"\n[modules]\n9 = "Small"\n'
)


class Quick:
    """A judge in a worker; ONCE ends that, unless the file named after it is there."""

    def __init__(self, root: Path) -> None:
        pass

    def become_warm(self) -> None:
        pass

    def ask(self, job: GradeJob) -> Grading:
        word, _, place = job.source.decode().partition(" ")
        if word == "ONCE" and not Path(place).exists():
            Path(place).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return not_judged(job, f"judged: {word}")

    def close(self) -> None:
        pass


class Patched(distributed.WorkerPlugin):
    """Puts things in place in each worker, also in one that is started anew."""

    name = "patched"

    def __init__(self, patches: Mapping[tuple[str, str], Any]) -> None:
        self.patches = patches

    def setup(self, worker: Any) -> None:
        import importlib

        for (module, name), thing in self.patches.items():
            setattr(importlib.import_module(module), name, thing)


REMOTE = "dojo.grade.remote"


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with clusters.started(2) as local, distributed.Client(local) as client:
        yield client
    cloudpickle.unregister_pickle_by_value(sys.modules[__name__])


@pytest.fixture
def patched(client: Any) -> Callable[[Mapping[tuple[str, str], Any]], Cluster]:
    """The cluster whose workers have these things, and the quick judge."""

    def patch(patches: Mapping[tuple[str, str], Any]) -> Cluster:
        usual = {"Apart": Quick, "SECONDS": remote.SECONDS, "engine_digest": remote.engine_digest}
        client.register_plugin(Patched({**{(REMOTE, n): t for n, t in usual.items()}, **patches}))
        return Cluster(client, "here")

    return patch


def jobs(kata: Kata, *texts: str) -> list[GradeJob]:
    return [
        GradeJob(kata, s, seeds_of(hashlib.sha256(s).hexdigest()))
        for s in (text.encode() for text in texts)
    ]


def reasons(cluster: Cluster, work: list[GradeJob]) -> list[str | None]:
    found: dict[int, Grading] = {}

    def keep(index: int, grading: Grading) -> None:
        assert index not in found
        assert grading.verdict.digest == hashlib.sha256(work[index].source).hexdigest()
        found[index] = grading

    cluster.grade_all(work, keep)
    return [found[i].verdict.reason for i in range(len(work))]


def test_a_lost_worker_costs_its_batch(
    patched: Callable[..., Cluster], mini: Catalog, tmp_path: Path
) -> None:
    texts = [f"F{i}" for i in range(30)]
    work = [
        *jobs(mini.kata("9.1.1"), *texts, f"ONCE {tmp_path / 'once'}", *texts),
        *jobs(mini.kata("9.1.3"), *texts, "ONE"),
    ]
    wanted = [f"judged: {t}" for t in (*texts, "ONCE", *texts, *texts, "ONE")]
    assert reasons(patched({}), work) == wanted
    assert (tmp_path / "once").exists()


class Lossy:
    """A client of a cluster in which a file that says KILL ends every worker that meets it."""

    def __init__(self, workers: int = 1) -> None:
        self.batches: list[int] = []
        self.workers = workers

    def nthreads(self) -> dict[str, int]:
        return {str(i): 1 for i in range(self.workers)}

    def submit(self, function: object, batch: Any, pure: bool) -> "Lossy.Future":
        self.batches.append(len(batch.sources))
        return self.Future(batch, ends=self.workers > 0)

    def run(self, function: object, **options: object) -> None: ...

    def cancel(self, futures: object) -> None: ...

    class Future:
        def __init__(self, batch: Any, ends: bool) -> None:
            self.batch = batch
            self.ends = ends

        def add_done_callback(self, function: Callable[[object], None]) -> None:
            if self.ends:
                function(self)

        def result(self) -> list[Grading]:
            if b"KILL" in self.batch.sources:
                raise distributed.KilledWorker("task", None, 3)
            job = jobs(next(k for k in catalogs.load(MINI).katas if k.slug == self.batch.slug), "")
            return [not_judged(job[0], f"judged: {s.decode()}") for s in self.batch.sources]

        def release(self) -> None: ...


def test_a_batch_that_ends_workers_is_cut_in_two_until_one_file_is_set_aside(grads: Kata) -> None:
    texts = [f"F{i}" for i in range(31)]
    client = Lossy()
    found: dict[int, Grading] = {}
    Cluster(client, "here").grade_all(jobs(grads, *texts, "KILL", *texts), found.__setitem__)
    said = [found[i].verdict.reason for i in range(63)]
    assert [r for i, r in enumerate(said) if i != 31] == [f"judged: {t}" for t in texts + texts]
    assert "Several workers were lost while they judged it" in str(said[31])
    assert max(client.batches) == 15
    assert client.batches.count(1) >= 1


def test_a_cluster_without_workers_ends_the_grading(
    grads: Kata, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_LOOK", 0.01)
    monkeypatch.setattr(clusters, "_PATIENCE", 0.05)
    with pytest.raises(UsageError, match="has no workers any more"):
        Cluster(Lossy(workers=0), "here").grade_all(jobs(grads, "A"), lambda i, g: None)


def test_a_batch_whose_time_is_over_is_handed_back(
    patched: Callable[..., Cluster], grads: Kata
) -> None:
    cluster = patched({(REMOTE, "SECONDS"): -1.0})
    texts = [f"F{i}" for i in range(20)]
    assert reasons(cluster, jobs(grads, *texts)) == [f"judged: {t}" for t in texts]


def older(real: Callable[..., Any], field: str, value: object, *args: object) -> Any:
    """`about` of a worker on which something is different."""
    import dataclasses

    return dataclasses.replace(real(*args), **{field: value})


def _same(said: Any) -> Any:
    return said


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("versions", {"python": "3.9.1"}, "has python 3.9.1, and here it is"),
        ("engine", "other", "has another version of kata"),
        ("suites", {"other": ""}, "has another kata 9.1.1"),
        ("missing", ("system call filter",), "can't shut answers in: system call filter"),
    ],
)
def test_a_worker_that_would_judge_otherwise_is_refused(
    field: str, value: object, words: str, patched: Callable[..., Cluster], grads: Kata
) -> None:
    changed = functools.partial(older, remote.about, field, value)
    cluster = patched({})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clusters.remote, "about", changed)
        with pytest.raises(UsageError, match=words):
            cluster.require([grads], weak=False)
    cluster.require([grads], weak=False)


def test_workers_that_shut_in_unequally_are_refused_where_weak_isolation_is_allowed(
    client: Any, grads: Kata, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, missing = client.run, iter([(), ("file confinement",)])

    def run(function: Any, *args: Any, **options: Any) -> Any:
        said = real(function, *args, **options)
        return {
            w: older(functools.partial(_same, a), "missing", next(missing)) for w, a in said.items()
        }

    monkeypatch.setattr(client, "run", run)
    with pytest.raises(UsageError, match="don't shut answers in alike"):
        Cluster(client, "here").require([grads], weak=True)


def test_a_kata_that_changes_meanwhile_ends_the_grading(
    patched: Callable[..., Cluster], grads: Kata
) -> None:
    cluster = patched({(REMOTE, "engine_digest"): functools.partial(str, "other")})
    with pytest.raises(UsageError, match="judges otherwise than this machine"):
        reasons(cluster, jobs(grads, "A"))


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("", "There is no Dask scheduler at 'tcp://127.0.0.1:9'"),
        ("sys.modules['distributed'] = None; ", "distributed is not installed"),
    ],
)
def test_no_cluster_is_a_sentence(
    before: str, words: str, pile: Callable[..., Path], tmp_path: Path
) -> None:
    pile({"anna/k1_column_grads.py": "x = 1\n"})
    shutil.copytree(MINI, tmp_path / "pack")
    (tmp_path / "pack/pack.toml").write_text(PACK)
    code = f"import sys; {before}import kata; "
    if not before:
        code += "import dojo.grade.cluster as c; c._PATIENCE = 0.5; "
    done = subprocess.run(
        [sys.executable, "-c", f"{code}kata.main()", "--pack", "pack", "grade", "pile",
         "--dask", "tcp://127.0.0.1:9"],
        cwd=tmp_path, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert (done.returncode, words in done.stderr) == (2, True), done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.timeout(900)
def test_a_cluster_writes_the_same_bytes_as_one_worker(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "pack")
    (tmp_path / "pack/pack.toml").write_text(PACK)
    mini = catalogs.load(tmp_path / "pack")
    for kata in (mini.kata("9.1.1"), mini.kata("9.1.3")):
        texts = {f"right-{i}": kata.solution_path.read_text() + f"# {i}\n" for i in range(3)}
        texts |= {m.id: mistake_text(kata, m) for m in kata.mistakes()[:2]}
        for name, text in texts.items():
            (tmp_path / "pile" / name).mkdir(parents=True, exist_ok=True)
            (tmp_path / "pile" / name / f"{kata.stem}.py").write_text(text)
    for out, options in (("dask", "--dask=local"), ("here", "--workers=1")):
        done = subprocess.run(
            [sys.executable, "-c", "import kata; kata.main()", "--pack", "pack", "grade", "pile",
             "--workers", "1", "--out", out, options],
            cwd=tmp_path, capture_output=True, text=True, timeout=800,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
    dask, here = (
        {
            p.relative_to(tmp_path / out).as_posix(): p.read_bytes()
            for p in (tmp_path / out).rglob("*")
            if p.is_file() and ".kata-grade" not in p.parts
        }
        for out in ("dask", "here")
    )
    assert dask == here
    assert b'"status": "pass"' in dask["gradings.jsonl"]
