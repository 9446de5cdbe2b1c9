"""Alembic's folder; `grade migrate` runs what is in `versions`."""
