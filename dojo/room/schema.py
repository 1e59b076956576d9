"""The tables of a room's database as they are today; how older ones come here: migrations/."""

import sqlalchemy as sql

META = sql.MetaData()

ROOMS = sql.Table(
    "rooms",
    META,
    sql.Column("id", sql.String(40), primary_key=True),
    sql.Column("title", sql.Text, nullable=False),
    sql.Column("katas", sql.Text, nullable=False),  # slugs, separated by blanks
    sql.Column("opened_at", sql.Double, nullable=False),
    sql.Column("expires_at", sql.Double, nullable=False),
    sql.Column("seq", sql.BigInteger, nullable=False),  # of the last entry
    sql.Column("at", sql.Double, nullable=False),  # of the last entry
    sql.Column("learners", sql.Integer, nullable=False),  # the highest number that was given
)
# Of what admits somebody only its digest is kept.
SECRETS = sql.Table(
    "secrets",
    META,
    sql.Column("digest", sql.String(200), primary_key=True),
    sql.Column("room", sql.String(40), nullable=False, index=True),
    sql.Column("role", sql.String(20), nullable=False),  # board, projector, code, learner
    sql.Column("learner", sql.Integer),
    sql.Column("until", sql.Double),
)
ENTRIES = sql.Table(
    "entries",
    META,
    sql.Column("room", sql.String(40), primary_key=True),
    sql.Column("seq", sql.BigInteger, primary_key=True, autoincrement=False),
    sql.Column("at", sql.Double, nullable=False),
    sql.Column("learner", sql.Integer),
    sql.Column("n", sql.BigInteger),
    sql.Column("kind", sql.String(40), nullable=False),
    sql.Column("data", sql.Text, nullable=False),  # JSON
    sql.UniqueConstraint("room", "learner", "n", name="entries_once"),
)
# Which servers show a board just now, for rooms that several serve.
BOARDS = sql.Table(
    "boards",
    META,
    sql.Column("server", sql.String(40), primary_key=True),
    sql.Column("room", sql.String(40), primary_key=True),
    sql.Column("open", sql.Integer, nullable=False),
    sql.Column("seen", sql.Double, nullable=False),
)
