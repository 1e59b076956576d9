"""How a database of an older version becomes one of today's; Alembic's files.

Knows tables as they were, never as they are: dojo.room.schema says that.
"""
