"""What the pages know of rooms: the seam between those who show and what is kept.

Nothing here knows how a room is kept, nor how it is shown.
"""

from typing import Literal, Protocol

from dojo.room.acts import Act
from dojo.room.views import Board, Projection

Role = Literal["board", "projector"]


class Stopping(Exception):
    """The server ends: a stream ends with it."""


class NoRoom(Exception):
    """There is no such room, or it has expired."""


class Rooms(Protocol):
    """Rooms as pages see them. Every method but `role` raises `NoRoom` where there is none."""

    def board(self, room: str) -> Board:
        """Everything at this moment; cheap, since within a quarter of a second it is the same."""
        ...

    def board_at(self, room: str, at: float) -> Board:
        """Everything as it was; ``at`` in seconds of the room's clock. Folds the log anew."""
        ...

    def projection(self, room: str) -> Projection:
        """What everybody may see at this moment."""
        ...

    def span(self, room: str) -> tuple[float, float]:
        """The room's first and last moment, in seconds of its clock."""
        ...

    def role(self, secret: str) -> tuple[str, Role] | None:
        """Which room a secret opens, and as what; None: none."""
        ...

    def act(self, room: str, act: Act) -> None:
        """Store what the instructor does; it is in `board` when this returns.

        Raises:
            ValueError: the room has no such learner or kata; a sentence.
        """
        ...

    def board_opened(self, room: str) -> None:
        """Somebody looks at the board now; learners are told."""
        ...

    def board_closed(self, room: str) -> None:
        """One fewer looks at it."""
        ...

    async def changed(self, room: str, seq: int, timeout: float) -> int:
        """Wait for something newer than ``seq``, at most ``timeout`` seconds; the newest number.

        Raises:
            Stopping: the server ends.
        """
        ...
