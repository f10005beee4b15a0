"""The layout of the session database, as numbered steps on `PRAGMA user_version`."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from emotion_gui.core.errors import StorageError
from emotion_gui.core.translation import _

# A step that was shipped is never edited: a change is a new step at the end. Step n leads to user_version n.
# Rows of a session lie together (WITHOUT ROWID, key first), so that loading and deleting one reads one stretch.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE sessions (
            key INTEGER PRIMARY KEY,
            session_id TEXT NOT NULL UNIQUE,
            candidate TEXT NOT NULL,
            note TEXT NOT NULL,
            started_at TEXT NOT NULL,
            ended_at TEXT NOT NULL,
            state TEXT NOT NULL,
            rule TEXT NOT NULL,
            provenance TEXT NOT NULL,
            settings TEXT NOT NULL,
            frames INTEGER NOT NULL DEFAULT 0,
            frames_with_face INTEGER NOT NULL DEFAULT 0,
            duration_s REAL NOT NULL DEFAULT 0,
            face_duration_s REAL NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX sessions_by_start ON sessions (started_at)",
        """CREATE TABLE emotion_totals (
            session_key INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            emotion TEXT NOT NULL,
            results INTEGER NOT NULL,
            seconds REAL NOT NULL,
            PRIMARY KEY (session_key, emotion)
        ) WITHOUT ROWID""",
        """CREATE TABLE frames (
            session_key INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            position INTEGER NOT NULL,
            frame INTEGER NOT NULL,
            time_s REAL NOT NULL,
            duration_s REAL NOT NULL,
            PRIMARY KEY (session_key, position)
        ) WITHOUT ROWID""",
        """CREATE TABLE faces (
            session_key INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            position INTEGER NOT NULL,
            face INTEGER NOT NULL,
            x REAL NOT NULL,
            y REAL NOT NULL,
            width REAL NOT NULL,
            height REAL NOT NULL,
            detector_score REAL NOT NULL,
            angry REAL NOT NULL,
            disgust REAL NOT NULL,
            fear REAL NOT NULL,
            happy REAL NOT NULL,
            sad REAL NOT NULL,
            surprise REAL NOT NULL,
            neutral REAL NOT NULL,
            PRIMARY KEY (session_key, position, face)
        ) WITHOUT ROWID""",
        """CREATE TABLE events (
            key INTEGER PRIMARY KEY,
            session_key INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            time_s REAL NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL
        )""",
        "CREATE INDEX events_by_session ON events (session_key)",
    ),
    (
        "ALTER TABLE sessions ADD COLUMN purpose TEXT NOT NULL DEFAULT 'other'",
        # Empty where nobody was asked.
        "ALTER TABLE sessions ADD COLUMN consent TEXT NOT NULL DEFAULT ''",
        # Kept until then whatever the settings say; empty for as long as they say.
        "ALTER TABLE sessions ADD COLUMN keep_until TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE sessions ADD COLUMN seen_duration_s REAL NOT NULL DEFAULT 0",
        "UPDATE sessions SET seen_duration_s = face_duration_s",
        """CREATE TABLE problem_totals (
            session_key INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            problem TEXT NOT NULL,
            seconds REAL NOT NULL,
            PRIMARY KEY (session_key, problem)
        ) WITHOUT ROWID""",
        "ALTER TABLE faces ADD COLUMN track INTEGER NOT NULL DEFAULT 0",
        # Seven float32, little-endian, in the order of EMOTIONS; NULL where the same as the seven columns.
        "ALTER TABLE faces ADD COLUMN raw BLOB",
        "ALTER TABLE faces ADD COLUMN smoothed BLOB",
        "ALTER TABLE faces ADD COLUMN side_px REAL",
        "ALTER TABLE faces ADD COLUMN light REAL",
        "ALTER TABLE faces ADD COLUMN sharpness REAL",
        "ALTER TABLE faces ADD COLUMN turn REAL",
        "ALTER TABLE faces ADD COLUMN problem TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE faces ADD COLUMN watched INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE faces ADD COLUMN candidate INTEGER NOT NULL DEFAULT 0",
        # The course of a session, kept so that it need not be added up from every frame to be shown.
        """CREATE TABLE steps (
            session_key INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            step INTEGER NOT NULL,
            duration_s REAL NOT NULL,
            face_s REAL NOT NULL,
            label_s BLOB NOT NULL,
            probability_s BLOB NOT NULL,
            PRIMARY KEY (session_key, step)
        ) WITHOUT ROWID""",
        """CREATE TABLE markers (
            session_key INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            marker_id TEXT NOT NULL,
            time_s REAL NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (session_key, marker_id)
        ) WITHOUT ROWID""",
        """CREATE TABLE baselines (
            key INTEGER PRIMARY KEY,
            session_key INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            time_s REAL NOT NULL,
            baseline TEXT NOT NULL
        )""",
        "CREATE INDEX baselines_by_session ON baselines (session_key)",
        """CREATE TABLE brief_changes (
            key INTEGER PRIMARY KEY,
            session_key INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            time_s REAL NOT NULL,
            duration_s REAL NOT NULL,
            emotion TEXT NOT NULL,
            strength REAL NOT NULL
        )""",
        "CREATE INDEX brief_changes_by_session ON brief_changes (session_key)",
        """CREATE TABLE corrections (
            session_key INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            correction_id TEXT NOT NULL,
            time_s REAL NOT NULL,
            shown TEXT NOT NULL,
            right_label TEXT NOT NULL,
            made_at TEXT NOT NULL,
            crop TEXT NOT NULL,
            PRIMARY KEY (session_key, correction_id)
        ) WITHOUT ROWID""",
    ),
)


def known_version(connection: sqlite3.Connection) -> int:
    """The version of a database's layout, 0 for an empty one.

    Raises:
        StorageError: A newer version of the program wrote the database.
        sqlite3.Error: The database cannot be read.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise StorageError(
            _("Your sessions were saved by a newer version of this program."),
            _("Install the newest version to open them; nothing was changed."),
        )
    return version


def has_its_tables(connection: sqlite3.Connection, version: int) -> bool:
    """Whether a database has all tables, columns and indexes of its version."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for statements in MIGRATIONS[:version]:
            for statement in statements:
                fresh.execute(statement)
        return _schema(fresh) <= _schema(connection)


def _schema(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    return set(connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the newest layout; call it inside a transaction.

    Raises:
        StorageError: A newer version of the program wrote the database.
        sqlite3.Error: A step failed; the transaction must be rolled back.
    """
    for statements in MIGRATIONS[known_version(connection) :]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
