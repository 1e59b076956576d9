"""Rooms that are open: each one's fold in memory, what changes it, and who waits for that."""

import asyncio
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Sequence

from dojo.joined.protocol import State
from dojo.room import auth
from dojo.room.acts import Act, OpenKatas, kind_of, to_data
from dojo.room.content import Content
from dojo.room.entries import FORGOTTEN, Entry
from dojo.room.fold import Fold, projection_of
from dojo.room.rooms import NoRoom, Role, Stopping
from dojo.room.store import Admission, Store
from dojo.room.views import Board, Projection
from dojo.room.writer import Writer
from dojo.room.writing import Kept, Writing

FRESH = 0.25  # seconds for which a board is the same
ACTING = 10.0  # seconds within which an act is stored, or something is wrong
TIDY = 10.0  # seconds at least between two times that files are tidied: it takes a while
MOST_KEPT = 4 * 2**30  # bytes of all rooms in a folder
RECALL = 60.0  # seconds for which it is remembered what a secret opens, where others serve too
HEARD = 10.0  # seconds after which another server's boards don't count
Event = tuple[int, str, str]  # number, kind, the rest as JSON


class Live:
    """One room in memory.

    Args:
        kept: what the database says of it.
        fold: its log, added up.
    """

    def __init__(self, kept: Kept, fold: Fold) -> None:
        self.kept, self.fold = kept, fold
        self.lock = threading.RLock()
        self.waiting: set[asyncio.Future[None]] = set()
        self.boards = 0
        self.elsewhere = 0  # boards that other servers show
        self.snapshot: tuple[float, Board] | None = None
        self.replay: Fold | None = None


class LiveRooms:
    """All rooms of a store, as pages and learners see them (`dojo.room.rooms.Rooms`).

    Args:
        store: where they are kept.
        content: makes what a room needs of the course from its slugs.
        fresh: for how many seconds a board is the same.
        clock: the room's, in seconds.
    """

    def __init__(
        self,
        store: Store,
        content: Callable[[Sequence[str]], Content],
        fresh: float = FRESH,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.store, self._content, self._fresh, self._clock = store, content, fresh, clock
        self.server = secrets.token_hex(8)
        self.join: dict[str, tuple[str, str]] = {}  # by room the address and the code
        self._rooms: dict[str, Live] = {}
        self._admitted: dict[str, Admission] = {}
        self._opening = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = False
        self._untidy, self._tidied = False, 0.0
        self._asked = time.monotonic()
        self.is_full = False
        self.writer = Writer(store, self._committed)

    def board(self, room: str) -> Board:
        """Everything at this moment, the same for a quarter of a second."""
        live = self.live(room)
        with live.lock:
            now = max(self._clock(), live.fold.at)  # a clock that was put back takes nothing back
            known = live.snapshot
            if known is not None and 0 <= now - known[0] < self._fresh:
                return known[1]
            board = live.fold.board(now)
            live.snapshot = now, board
            return board

    def board_at(self, room: str, at: float) -> Board:
        """Everything as it was; going forward only carries what is new."""
        live = self.live(room)
        with live.lock:
            fold = live.replay
            if fold is None or fold.at > at:
                fold = Fold(live.kept.title, live.fold.content)
            fold.take_all(self.store.entries(room, fold.seq, at))
            live.replay = fold
            return fold.board(at)

    def projection(self, room: str) -> Projection:
        """What everybody may see at this moment."""
        return projection_of(self.board(room), self.join.get(room, ("", "")))

    def span(self, room: str) -> tuple[float, float]:
        """The first moment, and the last: now, unless the room is closed."""
        live = self.live(room)
        first = live.kept.opened_at
        return first, max(live.fold.at, first) if live.fold.closed else self._clock()

    def role(self, secret: str) -> tuple[str, Role] | None:
        """Which room a secret opens, and as what."""
        found = self.admission(secret)
        if found is None:
            return None
        match found.role:
            case "board" | "projector" as role:
                return found.room, role
        return None

    def act(self, room: str, act: Act) -> None:
        """Store what the instructor does.

        Raises:
            ValueError: the room has no such learner or kata; a sentence.
        """
        live = self.live(room)
        learner = getattr(act, "learner", None)
        if learner is not None and learner not in live.fold.people:
            raise ValueError("There is no such learner in this room.")
        if isinstance(act, OpenKatas) and not {*act.slugs} <= {*live.kept.katas}:
            raise ValueError("There is no such kata in this room.")
        kind, data = kind_of(act), to_data(act)
        self.writer.submit(lambda w: w.append(room, None, None, kind, data)).result(ACTING)
        with live.lock:
            live.snapshot = None

    def board_opened(self, room: str) -> None:
        """Somebody looks at the board now."""
        self._count_boards(room, 1)

    def board_closed(self, room: str) -> None:
        """One fewer looks at it."""
        self._count_boards(room, -1)

    async def changed(self, room: str, seq: int, timeout: float) -> int:
        """Wait for something newer, at most some seconds; the newest number.

        Raises:
            Stopping: the server ends.
        """
        live = self.live(room)
        self._loop = asyncio.get_running_loop()
        if live.fold.seq <= seq and not self._stopping:
            told = self._loop.create_future()
            live.waiting.add(told)
            try:
                await asyncio.wait_for(told, timeout)
            except TimeoutError:
                pass
            finally:
                live.waiting.discard(told)
        if self._stopping:
            raise Stopping
        return live.fold.seq

    def stop(self) -> None:
        """End every stream; may be called by a signal's handler."""
        self._stopping = True
        for live in self._rooms.values():
            self._wake(live)

    def close(self) -> None:
        """Write what waits, and let go of the store."""
        self.stop()
        self.writer.close()
        self.tidy()
        self.store.close()

    def tidy(self) -> None:
        """Leave nothing in the files of who was forgotten."""
        if self._untidy:
            self._untidy, self._tidied = False, time.monotonic()
            self.store.tidy()

    def live(self, room: str) -> Live:
        """A room in memory, its log folded at the first call.

        Raises:
            NoRoom: there is none.
        """
        found = self._rooms.get(room)
        if found is None:
            with self._opening:
                found = self._rooms.get(room) or self._load(room)
                self._rooms[room] = found
        if found.kept.expires_at <= self._clock():
            raise NoRoom
        return found

    def admission(self, secret: str) -> Admission | None:
        """What a secret of 128 bits opens, if anything."""
        digest = auth.digest(secret)
        found = self._admitted.get(digest) or self.store.admission(digest)
        if found is not None:
            self._admitted[digest] = found
        return found

    def state(self, room: str, learner: int) -> State:
        """What a room says to a learner."""
        live, now = self.live(room), self._clock()
        fold = live.fold
        # The server's loop doesn't wait for a board that is being made: it reads without the lock,
        # the number first, so that what is said is never older than its number.
        seq, said, person = fold.said_seq, fold.said, fold.people.get(learner)
        return State(
            seq=seq,
            line=said.line,
            timer_ends=None if said.timer_ends is None else said.timer_ends - now,
            open=[*said.open],
            solutions=said.solutions_from is not None and said.solutions_from <= now,
            board=live.boards + live.elsewhere,
            hand=person is not None and person.hand is not None,
            closed=fold.closed,
        )

    def upto(self, room: str, learner: int) -> int:
        """All of a learner's events up to this number are stored."""
        person = self.live(room).fold.people.get(learner)
        return 0 if person is None else person.upto

    async def take(self, room: str, learner: int, events: Iterable[Event]) -> None:
        """Store a learner's events; those that are there already are passed over."""
        some = [*events]

        def write(writing: Writing) -> None:
            for n, kind, data in some:
                writing.append_text(room, learner, n, kind, data)

        await asyncio.wrap_future(self.writer.submit(write))

    async def join_in(self, room: str, name: str, token: str) -> int:
        """A new learner's number.

        Raises:
            NoRoom: there is none any more.
        """
        digest = auth.digest(token)
        joined = self.writer.submit(lambda w: w.join(room, name, digest))
        number = await asyncio.wrap_future(joined)
        if number is None:
            raise NoRoom
        return number

    async def leave(self, room: str, learner: int, token: str, forget: bool) -> None:
        """A learner leaves: their token opens nothing any more, and all of theirs may go.

        What goes is deleted when this returns; from the files' free pages it is gone with `tidy`.
        """
        digest = auth.digest(token)

        def write(writing: Writing) -> None:
            writing.withdraw(digest)
            if forget:
                writing.forget(room, learner)
            else:
                writing.append(room, learner, None, "left", {})

        await asyncio.wrap_future(self.writer.submit(write))
        self._admitted.pop(digest, None)
        self._untidy = self._untidy or forget

    def catch_up(self, room: str) -> None:
        """Carry what another process wrote."""
        live = self._rooms.get(room)
        if live is not None:
            with live.lock:
                self._carry(live, self.store.entries(room, live.fold.seq))

    def refresh(self) -> None:
        """What is to be done every other second: look for what others wrote, and tidy up."""
        self.is_full = self.store.size() > MOST_KEPT
        if time.monotonic() - self._tidied >= TIDY:
            self.tidy()
        if time.monotonic() - self._asked >= RECALL and not self.store.is_sqlite:
            self._asked = time.monotonic()
            self._admitted.clear()  # another server may have withdrawn some
        seqs = self.store.seqs()
        for room, live in list(self._rooms.items()):
            if room not in seqs:
                self._drop(room)
            elif seqs[room] > live.fold.seq:
                self.catch_up(room)
            if not self.store.is_sqlite:
                self._share_boards(room, live)

    def _load(self, room: str) -> Live:
        kept = self.store.room(room)
        if kept is None:
            raise NoRoom
        fold = Fold(kept.title, self._content(kept.katas))
        return Live(kept, fold.take_all(self.store.entries(room)))

    def _committed(self, writing: Writing) -> None:
        for room, entries in writing.written.items():
            live = self._rooms.get(room)
            if live is None:
                continue
            with live.lock:
                if live.fold.seq == writing.began_after[room]:
                    self._carry(live, entries)
                else:
                    self._carry(live, self.store.entries(room, live.fold.seq))

    def _carry(self, live: Live, entries: Iterable[Entry]) -> None:
        for entry in entries:
            live.fold.take(entry)
            if entry.kind == FORGOTTEN and entry.learner is None:
                live.replay = live.snapshot = None
                gone = entry.data.get("learner"), live.kept.id
                for digest, known in list(self._admitted.items()):
                    if (known.learner, known.room) == gone:
                        self._admitted.pop(digest, None)
        self._wake(live)

    def _wake(self, live: Live) -> None:
        if self._loop is not None and not self._loop.is_closed() and live.waiting:
            self._loop.call_soon_threadsafe(_tell, live)

    def _drop(self, room: str) -> None:
        live = self._rooms.pop(room, None)
        for digest, known in list(self._admitted.items()):
            if known.room == room:
                self._admitted.pop(digest, None)
        if live is not None:
            self._wake(live)

    def _count_boards(self, room: str, change: int) -> None:
        live = self.live(room)
        live.boards = max(live.boards + change, 0)
        if not self.store.is_sqlite:
            boards = live.boards
            self.writer.submit(lambda w: w.note_boards(self.server, room, boards))

    def _share_boards(self, room: str, live: Live) -> None:
        boards = live.boards
        if boards:
            self.writer.submit(lambda w: w.note_boards(self.server, room, boards))
        total = self.store.boards(room, time.time() - HEARD)
        live.elsewhere = max(total - boards, 0)


def _tell(live: Live) -> None:
    for told in live.waiting:
        if not told.done():
            told.set_result(None)
