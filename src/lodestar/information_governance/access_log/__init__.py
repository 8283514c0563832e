"""The log, searched by a person, a case or an officer: who has seen this, and what has this officer seen."""
