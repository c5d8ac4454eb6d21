"""Composite foreign keys looked up once a statement, for all its rows together (docs/decisions/payslip-keys.md).

PostgreSQL's own looks up each row, which for twenty thousand payslips takes as long as writing them. What it promises
is the same: nobody names a parent that is not there or another agency's, and a parent with children stays.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.ddl_references import Statement

# For the keys of a model that are looked up once a statement: PostgreSQL's own and their indexes would say it twice.
BARE: dict[str, Any] = {"db_constraint": False, "db_index": False}
# Both sides take one lock of the agency, children together and parents alone, and then look: who comes second sees what
# the first has written. An older snapshot would not, so the newest is asked for. How to join is chosen anew for each
# statement, which has one row or twenty thousand.
OF_CHILD = """
CREATE FUNCTION {name}_child() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    strange boolean;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'rows of {table} are written in READ COMMITTED only' USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('{name}', agency_id))
        FROM (SELECT DISTINCT agency_id FROM new_rows ORDER BY agency_id) AS named;
    EXECUTE 'SELECT EXISTS (SELECT FROM new_rows AS child {joins} WHERE {missing})' INTO strange;
    IF strange THEN
        RAISE EXCEPTION 'a row of {table} names a row that its agency does not have ({columns})'
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
CREATE FUNCTION {of_parent}_parent() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER {of_parent}_delete AFTER DELETE ON {parent} FOR EACH ROW EXECUTE FUNCTION {of_parent}_parent();
CREATE TRIGGER {of_parent}_move AFTER UPDATE ON {parent} FOR EACH ROW
    WHEN (OLD.agency_id <> NEW.agency_id OR OLD.id <> NEW.id) EXECUTE FUNCTION {of_parent}_parent();
"""
CHILD_REMOVED = """
DROP TRIGGER IF EXISTS {name}_insert ON {table};
DROP TRIGGER IF EXISTS {name}_update ON {table};
DROP FUNCTION IF EXISTS {name}_child();
"""
PARENT_REMOVED = """
DROP TRIGGER IF EXISTS {of_parent}_delete ON {parent};
DROP TRIGGER IF EXISTS {of_parent}_move ON {parent};
DROP FUNCTION IF EXISTS {of_parent}_parent();
"""


class StatementKeys(models.BaseConstraint):
    """Stand for the `TenantFK`s of a model; `fields` are their names on it, an empty key names nobody."""

    def __init__(self, *, fields: Sequence[str], name: str) -> None:
        super().__init__(name=name)
        self.fields = tuple(fields)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        schema_editor.deferred_sql.append(Statement("%(sql)s", sql=self._written(OF_CHILD, OF_PARENT, model)))

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        self.create_sql(model, schema_editor)
        return ""

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement("%(sql)s", sql=self._written(CHILD_REMOVED, PARENT_REMOVED, model))

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """Leave the answer to the database."""

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "fields": self.fields}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatementKeys) and (self.name, self.fields) == (other.name, other.fields)

    def __hash__(self) -> int:
        return hash((self.name, self.fields))

    def triggers(self, model: Any) -> set[tuple[str, str]]:
        """Return its triggers as (table, name)."""
        child = {(model._meta.db_table, f"{self.name}_{what}") for what in ("insert", "update")}
        keys = self._keys(model)
        return child | {
            (parent, f"{self._of(column)}_{what}") for column, parent in keys for what in ("delete", "move")
        }

    def _keys(self, model: Any) -> list[tuple[str, str]]:
        fields = [model._meta.get_field(name) for name in self.fields]
        return [(field.column, field.remote_field.model._meta.db_table) for field in fields]

    def _of(self, column: str) -> str:
        return f"{self.name}_{column}" if len(self.fields) > 1 else str(self.name)

    def _written(self, of_child: str, of_parent: str, model: Any) -> str:
        keys = self._keys(model)
        joins = [
            f"LEFT JOIN {parent} AS of_{column} ON of_{column}.agency_id = child.agency_id "
            f"AND of_{column}.id = child.{column}"
            for column, parent in keys
        ]
        missing = [f"(child.{column} IS NOT NULL AND of_{column}.id IS NULL)" for column, _parent in keys]
        names = {
            "name": str(self.name),
            "table": model._meta.db_table,
            "joins": " ".join(joins),
            "missing": " OR ".join(missing),
            "columns": ", ".join(column for column, _parent in keys),
        }
        parts = [_filled(of_child, names)]
        for column, parent in keys:
            parts.append(
                _filled(of_parent, names | {"column": column, "parent": parent, "of_parent": self._of(column)})
            )
        return "".join(parts)


def _filled(sql: str, names: dict[str, str]) -> str:
    for word, value in names.items():
        sql = sql.replace("{" + word + "}", value)
    return sql
