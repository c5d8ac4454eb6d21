"""After each migration: what the application role may do, and a look whether every table is protected."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from .catalogue import unprotected_tables


def grant_application_role(sender: Any, **kwargs: Any) -> None:
    """Grant the application role its rights on every table, as the owner, and refuse an unprotected catalogue.

    Raises `CommandError` naming each unprotected table.
    """
    role = connection.ops.quote_name(settings.DATABASE_APP_ROLE)
    with connection.cursor() as cursor:
        cursor.execute(
            "select 1 from pg_roles where rolname = %s and rolname <> current_user", [settings.DATABASE_APP_ROLE]
        )
        if cursor.fetchone():
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    holes = unprotected_tables()
    if holes:
        lines = "\n".join(f"  {table}: {what}" for table, what in holes)
        raise CommandError(f"These tables are not walled off between agencies:\n{lines}")
