"""The pages of a room: board, projector, replay; live, by keyboard, nothing inline.

Know a room through `dojo.room.rooms.Rooms` alone: not how it is stored, nor who may join. All text
of learners is escaped by the templates; who sees what follows from the secret, never from the
address, and nothing is filtered in the browser.
"""

from dojo.room.pages.routes import router as router
