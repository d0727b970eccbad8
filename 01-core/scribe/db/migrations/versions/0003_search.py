"""What search and lists need: word vectors by language, sort keys, and an index for every order."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# PostgreSQL's parser makes one token of and/or, peut-être, a.b@c.org or <b>; people search for their parts.
# The limit keeps the vector of the strangest text below PostgreSQL's megabyte.
WORDS = """
CREATE FUNCTION scribe_words(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(scribe_fold(left(value, 50000)), '-./@_:~+&<', '          ')
"""
# Stems come after the exact words, with weight D: phrases ask for A to C, and never run over into them.
DOCUMENT = """
CREATE FUNCTION scribe_document(value text, language varchar) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    words text := scribe_words(value);
    exact tsvector := setweight(to_tsvector('simple', words), 'A');
BEGIN
    RETURN CASE split_part(lower(language), '-', 1)
        WHEN 'fr' THEN exact || to_tsvector('french', words)
        WHEN 'en' THEN exact || to_tsvector('english', words)
        ELSE exact
    END;
END $$
"""
# Nobody says in which language a title is, so it is stemmed in both.
ABOUT = """
CREATE FUNCTION scribe_about(title varchar, tags varchar[], notes varchar) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    of_title text := scribe_words(title);
    of_tags text := scribe_words(array_to_string(tags, ' , '));
    of_notes text := scribe_words(notes);
    every text := concat_ws(' ', of_title, of_tags, of_notes);
BEGIN
    RETURN setweight(to_tsvector('simple', of_title), 'A')
        || setweight(to_tsvector('simple', of_tags), 'B')
        || setweight(to_tsvector('simple', of_notes), 'C')
        || to_tsvector('french', every)
        || to_tsvector('english', every);
END $$
"""
GENERATED = (
    ("search", postgresql.TSVECTOR(), "scribe_about(title, tags, notes)"),
    ("title_key", sa.String(100), "left(scribe_fold(title), 100)"),
    ("duration_key", sa.Float(), "coalesce(duration, 0)"),
    ("main_language", sa.String(35), "lower(split_part(coalesce(spoken_language, language), '-', 1))"),
)
ORDERS: tuple[tuple[str, list[str | sa.TextClause]], ...] = (
    ("title_key", ["title_key", "id"]),
    ("duration_key", ["duration_key", "id"]),
    ("project_title_key", ["project_id", "title_key", "id"]),
    ("project_duration_key", ["project_id", "duration_key", "id"]),
    ("language_newest", ["main_language", sa.text("created_at DESC"), sa.text("id DESC")]),
)
TOTALS = ["duration", "size", "processing_seconds"]


def upgrade() -> None:
    """Apply."""
    for function in (WORDS, DOCUMENT, ABOUT):
        op.execute(function)
    _change_segments()
    _change_meetings()


def _change_segments() -> None:
    """Rows are known by the segment's id in the document, so that an edit rewrites only what it changes."""
    op.drop_index("ix_segments_search", "segments")
    op.drop_index("uq_segments_position", "segments")
    op.drop_column("segments", "search")
    op.add_column("segments", sa.Column("segment_id", sa.Integer()))
    op.add_column("segments", sa.Column("language", sa.String(35), server_default="und", nullable=False))
    op.execute("UPDATE segments SET segment_id = position + 1")
    op.execute(
        "UPDATE segments SET language = meetings.spoken_language FROM meetings"
        " WHERE meetings.id = segments.meeting_id AND meetings.spoken_language IS NOT NULL"
    )
    op.alter_column("segments", "segment_id", nullable=False)
    op.alter_column("segments", "language", server_default=None)
    op.drop_constraint("pk_segments", "segments")
    op.drop_column("segments", "id")
    op.drop_column("segments", "position")
    op.create_primary_key("pk_segments", "segments", ["meeting_id", "segment_id"])
    computed = sa.Computed("scribe_document(text, language)", persisted=True)
    op.add_column("segments", sa.Column("search", postgresql.TSVECTOR(), computed, nullable=False))
    op.create_index("ix_segments_search", "segments", ["search"], postgresql_using="gin")


def _change_meetings() -> None:
    for name, kind, expression in GENERATED:
        nullable = name == "main_language"
        computed = sa.Computed(expression, persisted=True)
        op.add_column("meetings", sa.Column(name, kind, computed, nullable=nullable))
    op.create_index("ix_meetings_search", "meetings", ["search"], postgresql_using="gin")
    for name, columns in ORDERS:
        op.create_index(f"ix_meetings_{name}", "meetings", columns)
    _replace_totals([*TOTALS, "main_language"])


def _replace_totals(included: list[str]) -> None:
    op.drop_index("ix_meetings_totals", "meetings")
    op.create_index("ix_meetings_totals", "meetings", ["project_id", "status"], postgresql_include=included)


def downgrade() -> None:
    """Take back; the index of segments is rebuilt by ``python -m scribe.search``."""
    _replace_totals(TOTALS)
    for name, _ in ORDERS:
        op.drop_index(f"ix_meetings_{name}", "meetings")
    op.drop_index("ix_meetings_search", "meetings")
    for name, _, _ in GENERATED:
        op.drop_column("meetings", name)
    op.execute("DELETE FROM segments")
    op.drop_index("ix_segments_search", "segments")
    op.drop_column("segments", "search")
    op.drop_constraint("pk_segments", "segments")
    op.drop_column("segments", "segment_id")
    op.drop_column("segments", "language")
    op.add_column("segments", sa.Column("position", sa.Integer(), nullable=False))
    op.add_column("segments", sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True))
    op.create_primary_key("pk_segments", "segments", ["id"])
    plain = sa.Computed("to_tsvector('simple', scribe_fold(text))", persisted=True)
    op.add_column("segments", sa.Column("search", postgresql.TSVECTOR(), plain, nullable=False))
    op.create_index("uq_segments_position", "segments", ["meeting_id", "position"], unique=True)
    op.create_index("ix_segments_search", "segments", ["search"], postgresql_using="gin")
    for function in ("scribe_about(varchar, varchar[], varchar)", "scribe_document(text, varchar)"):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP FUNCTION scribe_words(text)")
