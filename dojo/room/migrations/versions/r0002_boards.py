"""Which servers show a board, for rooms that are served by several processes."""

import sqlalchemy as sql
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "boards",
        sql.Column("server", sql.String(40), primary_key=True),
        sql.Column("room", sql.String(40), primary_key=True),
        sql.Column("open", sql.Integer, nullable=False),
        sql.Column("seen", sql.Double, nullable=False),
    )


def downgrade() -> None:
    """Nobody goes back."""
    raise NotImplementedError("a room is only carried forward")
