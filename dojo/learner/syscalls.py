"""The system calls that the learner process may not make (Linux, seccomp).

A deny-list over a default of "allowed": torch and its threads make too many different calls for
the other way round to hold on every machine. Threads stay possible, processes don't. The list is
also what stands in where Landlock has no say: signals, sockets, owners and modes of files.
"""

import errno
import functools
import os
from typing import Any

# Numbers of calls that an installed libseccomp may be too old to know; the kernel gives new calls
# the same number on all machines.
_NEW = {
    "pidfd_send_signal": 424,
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "fspick": 433,
    "pidfd_open": 434,
    "clone3": 435,
    "openat2": 437,
    "pidfd_getfd": 438,
    "process_madvise": 440,
    "mount_setattr": 442,
    "quotactl_fd": 443,
    "memfd_secret": 447,
    "process_mrelease": 448,
    "fchmodat2": 452,
    "setxattrat": 463,
    "removexattrat": 466,
    "open_tree_attr": 467,
    "file_setattr": 469,
}

_DENIED = (
    # new programs and processes, other sessions; threads are seen to below
    "fork vfork execve execveat setsid setpgid",
    # sockets
    "connect bind listen accept accept4",
    # signals to other processes, and their memory
    "tkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal pidfd_open pidfd_getfd",
    "ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp",
    # queues and shared memory that outlive the process
    "mq_open mq_unlink shmget shmat shmctl semget semop semtimedop semctl",
    "msgget msgsnd msgrcv msgctl memfd_secret",
    # owner, mode and times of files: Landlock leaves them to whoever owns the file
    "chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat",
    "utime utimes utimensat futimesat file_setattr",
    "setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat",
    "mknod mknodat open_by_handle_at name_to_handle_at truncate",
    "inotify_init inotify_init1 inotify_add_watch fanotify_init fanotify_mark",
    "mount umount umount2 pivot_root chroot unshare setns mount_setattr open_tree open_tree_attr",
    "move_mount fsopen fsconfig fsmount fspick quotactl quotactl_fd",
    # who the process is, and what it may use
    "setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset",
    "setrlimit setpriority ioprio_set sched_setscheduler sched_setparam sched_setattr",
    "migrate_pages move_pages add_key request_key keyctl",
    # the machine as a whole
    "bpf perf_event_open userfaultfd syslog iopl ioperm modify_ldt vhangup uselib",
    "init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff",
    "acct sethostname setdomainname settimeofday clock_settime clock_adjtime adjtimex stime",
)

# Callers have another way when these are not there at all, and look for it only then.
_ABSENT = "clone3 openat2 memfd_create io_uring_setup io_uring_enter io_uring_register"

_CLONE_THREAD = 0x10000
_UNIX, _STREAM = 1, 1
_SET_PARENT_DEATH_SIGNAL = 1
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX, _F_SETLEASE = 8, 10, 15, 1024
_MAP_STACK = 0x20000
_SMALLEST_STACK = 2**20
_ALL = 0xFFFFFFFF


def prepare() -> None:
    """Make the filter now, so that each fork only has to load it.

    Raises:
        ImportError, RuntimeError, OSError: there is no libseccomp, or it refuses.
    """
    _filter()


def deny() -> None:
    """Refuse the calls of this file's lists from now on, in all threads, for good.

    Raises:
        ImportError, RuntimeError, OSError: there is no libseccomp, or the kernel refuses.
    """
    import pyseccomp as sc

    rules = _filter()
    refuse = sc.ERRNO(errno.EPERM)
    # A process may end itself by a signal (abort does); others it may not reach.
    for call in ("kill", "tgkill"):
        rules.add_rule(refuse, call, sc.Arg(0, sc.NE, os.getpid()))
    rules.load()


@functools.cache
def _filter() -> Any:
    import pyseccomp as sc

    rules = sc.SyscallFilter(sc.ALLOW)
    rules.set_attr(sc.Attr.CTL_TSYNC, 1)
    refuse = sc.ERRNO(errno.EPERM)
    for name in " ".join(_DENIED).split():
        _add(rules, refuse, name)
    for name in _ABSENT.split():
        _add(rules, sc.ERRNO(errno.ENOSYS), name)

    _add(rules, refuse, "clone", sc.Arg(0, sc.MASKED_EQ, _CLONE_THREAD, 0))
    # asyncio makes itself a connected pair of streams; every other socket could reach outside.
    _add(rules, refuse, "socket")
    _add(rules, refuse, "socketpair", sc.Arg(0, sc.NE, _UNIX))
    for bit in (2, 4, 8):
        _add(rules, refuse, "socketpair", sc.Arg(1, sc.MASKED_EQ, bit, bit))
    _add(rules, refuse, "prlimit64", sc.Arg(2, sc.NE, 0))
    _add(rules, refuse, "sched_setaffinity", sc.Arg(0, sc.NE, 0))
    _add(rules, refuse, "prctl", sc.Arg(0, sc.MASKED_EQ, _ALL, _SET_PARENT_DEATH_SIGNAL))
    for command in (_F_SETOWN, _F_SETSIG, _F_SETOWN_EX, _F_SETLEASE):
        _add(rules, refuse, "fcntl", sc.Arg(1, sc.MASKED_EQ, _ALL, command))
    # Root's threads are not counted; what each of them takes of the limited memory is.
    small = sc.Arg(1, sc.LT, _SMALLEST_STACK)
    stack = sc.Arg(3, sc.MASKED_EQ, _MAP_STACK, _MAP_STACK)
    _add(rules, refuse, "mmap", small, stack)
    # Cutting a file off needs no right to write for Landlock before Linux 6.2.
    cut, writes = os.O_TRUNC, os.O_ACCMODE
    _add(rules, refuse, "open", sc.Arg(1, sc.MASKED_EQ, cut | writes, cut | os.O_RDONLY))
    _add(rules, refuse, "openat", sc.Arg(2, sc.MASKED_EQ, cut | writes, cut | os.O_RDONLY))
    return rules


def _add(rules: Any, action: int, name: str, *args: Any) -> None:
    import pyseccomp as sc

    number = sc.resolve_syscall(sc.Arch.NATIVE, name)
    unknown = -1
    if number == unknown:
        number = _NEW.get(name, unknown)
    if number != unknown:
        rules.add_rule(action, number, *args)
