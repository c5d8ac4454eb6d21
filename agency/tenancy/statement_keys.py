"""A composite foreign key looked up once a statement, for all its rows together (docs/decisions/payslip-keys.md).

PostgreSQL's own looks up each row, which for twenty thousand payslips takes as long as writing them. What it promises
is the same: nobody names a parent that is not there or another agency's, and a parent with children stays.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.ddl_references import Statement

TENANT = "agency"
# Both sides take one lock of the agency, children together and parents alone, and then look: who comes second sees what
# the first has written. An older snapshot would not, so the newest is asked for.
OF_CHILD = """
CREATE FUNCTION {name}_child() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'rows of {table} are written in READ COMMITTED only' USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('{name}', agency_id))
        FROM (SELECT DISTINCT agency_id FROM new_rows ORDER BY agency_id) AS named;
    IF EXISTS (
        SELECT FROM new_rows WHERE NOT EXISTS (
            SELECT FROM {parent} AS parent
            WHERE parent.agency_id = new_rows.agency_id AND parent.id = new_rows.{column}
        )
    ) THEN
        RAISE EXCEPTION '{table} names a row of {parent} that its agency does not have'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {name}_insert AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {name}_child();
CREATE TRIGGER {name}_update AFTER UPDATE ON {table}
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {name}_child();
"""
OF_PARENT = """
CREATE FUNCTION {name}_parent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'rows of {parent} go in READ COMMITTED only' USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('{name}', OLD.agency_id));
    IF EXISTS (SELECT FROM {table} WHERE agency_id = OLD.agency_id AND {column} = OLD.id) THEN
        RAISE EXCEPTION 'a row of {table} names this row of {parent}'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {name}_delete AFTER DELETE ON {parent} FOR EACH ROW EXECUTE FUNCTION {name}_parent();
CREATE TRIGGER {name}_move AFTER UPDATE ON {parent} FOR EACH ROW
    WHEN (OLD.agency_id <> NEW.agency_id OR OLD.id <> NEW.id) EXECUTE FUNCTION {name}_parent();
"""
REMOVED = """
DROP TRIGGER IF EXISTS {name}_insert ON {table};
DROP TRIGGER IF EXISTS {name}_update ON {table};
DROP TRIGGER IF EXISTS {name}_delete ON {parent};
DROP TRIGGER IF EXISTS {name}_move ON {parent};
DROP FUNCTION IF EXISTS {name}_child();
DROP FUNCTION IF EXISTS {name}_parent();
"""


class StatementKey(models.BaseConstraint):
    """Stand for `TenantFK` on a column that is never null; `field` is the key's name on the model."""

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        schema_editor.deferred_sql.append(Statement("%(sql)s", sql=self._written(OF_CHILD + OF_PARENT, model)))

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        self.create_sql(model, schema_editor)
        return ""

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement("%(sql)s", sql=self._written(REMOVED, model))

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """Leave the answer to the database."""

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatementKey) and (self.name, self.field) == (other.name, other.field)

    def __hash__(self) -> int:
        return hash((self.name, self.field))

    def triggers(self, model: Any) -> set[tuple[str, str]]:
        """Return its triggers as (table, name)."""
        child, parent = model._meta.db_table, model._meta.get_field(self.field).remote_field.model._meta.db_table
        sides = {"insert": child, "update": child, "delete": parent, "move": parent}
        return {(table, f"{self.name}_{what}") for what, table in sides.items()}

    def _written(self, sql: str, model: Any) -> str:
        field = model._meta.get_field(self.field)
        names = {
            "name": self.name,
            "table": model._meta.db_table,
            "column": field.column,
            "parent": field.remote_field.model._meta.db_table,
        }
        for word, value in names.items():
            sql = sql.replace("{" + word + "}", value)
        return sql
