"""Finding the sessions of one person, and a code in place of the name wherever it is stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from emotion_gui.core.candidate_names import person_key, without_name

# Every column that holds what a person typed, apart from the candidate's own.
_TEXTS = (("sessions", "note", "key"), ("events", "text", "session_key"), ("markers", "text", "session_key"))
_JSON = ("settings", "provenance")


def keys_of_person(connection: sqlite3.Connection, session_id: str) -> dict[int, str]:
    """Keys and ids of all sessions of the person of one session; of it alone where it has no name."""
    rows = connection.execute("SELECT key, session_id, candidate FROM sessions").fetchall()
    wanted = next((person_key(name) for _, each, name in rows if each == session_id), None)
    return {key: each for key, each, name in rows if each == session_id or (wanted and person_key(name) == wanted)}


def candidate_of(connection: sqlite3.Connection, key: int) -> str:
    """The name of a session's candidate, as typed."""
    return str(connection.execute("SELECT candidate FROM sessions WHERE key = ?", (key,)).fetchone()[0])


def replace_name(connection: sqlite3.Connection, key: int, code: str) -> None:
    """Put the code in place of the candidate's name in everything that is stored of one session."""
    name = candidate_of(connection, key)
    for table, column, owner in _TEXTS:
        texts = connection.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {owner} = ?", (key,)).fetchall()
        for (text,) in texts:
            changed = without_name(text, name, code)
            if changed != text:
                statement = f"UPDATE {table} SET {column} = ? WHERE {owner} = ? AND {column} = ?"
                connection.execute(statement, (changed, key, text))
    for column in _JSON:
        (text,) = connection.execute(f"SELECT {column} FROM sessions WHERE key = ?", (key,)).fetchone()
        changed = json.dumps(_replaced(json.loads(text), name, code))
        connection.execute(f"UPDATE sessions SET {column} = ? WHERE key = ?", (changed, key))
    connection.execute("UPDATE sessions SET candidate = ? WHERE key = ?", (code, key))


def forget_in_settings(connection: sqlite3.Connection, names: Sequence[str], code: str) -> None:
    """Take the names out of the settings of all sessions, which remember the candidate of the session before.

    Args:
        connection: In a transaction.
        names: As they were typed.
        code: What stands there instead; may be empty.
    """
    wanted = {person_key(name) for name in names} - {""}
    for key, text in connection.execute("SELECT key, settings FROM sessions").fetchall():
        settings = json.loads(text)
        if person_key(str(settings.get("candidate", ""))) in wanted:
            changed = json.dumps(settings | {"candidate": code})
            connection.execute("UPDATE sessions SET settings = ? WHERE key = ?", (changed, key))


def _replaced(value: Any, name: str, code: str) -> Any:
    """The same with the code in every text, however deep."""
    if isinstance(value, str):
        return without_name(value, name, code)
    if isinstance(value, dict):
        return {key: _replaced(each, name, code) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, name, code) for each in value]
    return value
