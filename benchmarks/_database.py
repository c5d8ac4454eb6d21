"""The benchmark's own database, as the role that owns the tables."""

from collections.abc import Iterable
from contextlib import closing

import psycopg2
from django.db import connection

from config.settings.base import env


def as_owner() -> psycopg2.extensions.connection:
    """Connect as the role that owns the tables."""
    owner = env.db("DATABASE_OWNER_URL")
    return psycopg2.connect(
        dbname=connection.settings_dict["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        host=owner["HOST"],
        port=owner["PORT"],
    )


def vacuum(tables: Iterable[str]) -> None:
    """Do what autovacuum and the checkpointer do on a server that has been up for a while."""
    with closing(as_owner()) as own:
        own.set_session(autocommit=True)
        with own.cursor() as cursor:
            for table in tables:
                cursor.execute(f"VACUUM ANALYZE {table}")
            cursor.execute("CHECKPOINT")
