"""The first tables: rooms, what admits to them, and their logs."""

import sqlalchemy as sql
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "rooms",
        sql.Column("id", sql.String(40), primary_key=True),
        sql.Column("title", sql.Text, nullable=False),
        sql.Column("katas", sql.Text, nullable=False),
        sql.Column("opened_at", sql.Double, nullable=False),
        sql.Column("expires_at", sql.Double, nullable=False),
        sql.Column("seq", sql.BigInteger, nullable=False),
        sql.Column("at", sql.Double, nullable=False),
        sql.Column("learners", sql.Integer, nullable=False),
    )
    op.create_table(
        "secrets",
        sql.Column("digest", sql.String(200), primary_key=True),
        sql.Column("room", sql.String(40), nullable=False, index=True),
        sql.Column("role", sql.String(20), nullable=False),
        sql.Column("learner", sql.Integer),
        sql.Column("until", sql.Double),
    )
    op.create_table(
        "entries",
        sql.Column("room", sql.String(40), primary_key=True),
        sql.Column("seq", sql.BigInteger, primary_key=True, autoincrement=False),
        sql.Column("at", sql.Double, nullable=False),
        sql.Column("learner", sql.Integer),
        sql.Column("n", sql.BigInteger),
        sql.Column("kind", sql.String(40), nullable=False),
        sql.Column("data", sql.Text, nullable=False),
        sql.UniqueConstraint("room", "learner", "n", name="entries_once"),
    )


def downgrade() -> None:
    """Nobody goes back."""
    raise NotImplementedError("a room is only carried forward")
