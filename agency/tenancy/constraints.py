"""The database's side of tenancy, as Django constraints so that makemigrations sees every change.

`TenantPolicy` is row-level security that an index can serve and that knows no administrator. `TenantFK` is a second
foreign key `(agency_id, x_id)`: row-level security does not look at foreign keys, so without it a row could point at
another agency's row.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models
from django.db.backends.ddl_references import Statement
from django_rls_tenants import RLSConstraint, RLSProtectedModel

from .statement_keys import StatementKeys

TENANT = "agency"
SETTING = "rls.current_tenant"
LOGIN_FLAG = "rls.is_login_request"


class TenantPolicy(RLSConstraint):
    """Let a row be seen and written only while its agency is the transaction's tenant."""

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        quote = schema_editor.quote_name
        table = quote(model._meta.db_table)
        own = f"{quote(TENANT + '_id')} = (SELECT nullif(current_setting('{SETTING}', true), '')::bigint)"
        login = "".join(f" OR (SELECT current_setting('{flag}', true)) = 'true'" for flag in self.extra_bypass_flags)
        policy = quote(model._meta.db_table + "_tenant_isolation_policy")
        return Statement(
            "%(sql)s",
            sql=(
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
                f"CREATE POLICY {policy} ON {table} USING ({own}{login}) WITH CHECK ({own})"
            ),
        )


def rls(name: str = "%(app_label)s_%(class)s_rls", **options: Any) -> TenantPolicy:
    """Return the one policy every tenant table carries."""
    return TenantPolicy(field=TENANT, name=name, tenant_pk_type="bigint", **options)


class TenantFK(models.BaseConstraint):
    """Composite foreign key `(agency_id, field_id)` to the parent's `(agency_id, id)`, checked at commit."""

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        field, quote = model._meta.get_field(self.field), schema_editor.quote_name
        parent = field.remote_field.model._meta
        # Deferred to the end of the migration: every UNIQUE (agency_id, id) exists by then.
        schema_editor.deferred_sql.append(
            Statement(
                "%(sql)s",
                sql=(
                    f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} "
                    f"FOREIGN KEY ({TENANT}_id, {quote(field.column)}) REFERENCES {quote(parent.db_table)} "
                    f"({TENANT}_id, {quote(parent.pk.column)}) DEFERRABLE INITIALLY DEFERRED"
                ),
            )
        )

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        self.create_sql(model, schema_editor)
        return ""

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        quote = schema_editor.quote_name
        return Statement(
            "%(sql)s",
            sql=f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT IF EXISTS {quote(self.name)}",
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """Leave the answer to the database."""

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TenantFK) and (self.name, self.field) == (other.name, other.field)

    def __hash__(self) -> int:
        return hash(self.name)


def tenant_models() -> list[type[models.Model]]:
    """Return every concrete model whose rows belong to one agency."""
    return [m for m in apps.get_models() if issubclass(m, RLSProtectedModel) and not m._meta.proxy]


def add_tenant_constraints() -> None:
    """Give each tenant model UNIQUE (agency_id, id), and each key between two tenant models its composite twin.

    Keys among `StatementKeys` need none; nor does a model written with them need to be unique by what no twin names.
    """
    tenants = tenant_models()
    keys = {model: _twinned(model, tenants) for model in tenants}
    named = {field.remote_field.model for fields in keys.values() for field in fields}
    for model in tenants:
        meta = model._meta
        if model in named or not _statement_keys(model):
            unique = models.UniqueConstraint(fields=[TENANT, "id"], name=f"{meta.db_table}_tid_uq")
            meta.constraints = [*meta.constraints, unique]
        twins = [TenantFK(field=f.name, name=f"{meta.db_table}_{f.column}_tfk") for f in keys[model]]
        meta.constraints = [*meta.constraints, *twins]


def _twinned(model: type[models.Model], tenants: Sequence[type[models.Model]]) -> list[Any]:
    """Return the keys of a model to other tenant models that PostgreSQL looks up row by row."""
    by_statement = {name for keys in _statement_keys(model) for name in keys.fields}
    fields = [f for f in model._meta.local_fields if f.remote_field and f.remote_field.model in tenants]
    return [field for field in fields if field.name not in by_statement]


def _statement_keys(model: type[models.Model]) -> list[StatementKeys]:
    return [constraint for constraint in model._meta.constraints if isinstance(constraint, StatementKeys)]


@checks.register("tenancy")
def check_tenant_models(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Fail the start when a tenant model lacks its policy or uses an automatic many-to-many table.

    A child `class Meta` that does not inherit its parent's silently loses the constraints, and with them the policy.
    """
    problems: list[checks.CheckMessage] = []
    for model in tenant_models():
        if not any(isinstance(c, TenantPolicy) for c in model._meta.constraints):
            problems.append(
                checks.Error(
                    f"{model.__name__} has no tenant policy.",
                    hint="Let its Meta inherit TenantModel.Meta and extend, not replace, `constraints`.",
                    obj=model,
                    id="zhudian.E001",
                )
            )
        problems += [
            checks.Error(
                f"{model.__name__}.{field.name} makes a table without an agency.",
                hint="Write the through model, derived from TenantModel.",
                obj=model,
                id="zhudian.E002",
            )
            for field in model._meta.local_many_to_many
            if (through := field.remote_field.through) and through._meta.auto_created
        ]
    return problems
