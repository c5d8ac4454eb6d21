"""Ask the database itself what it protects, whoever created the table."""

from typing import Any

from django.db import connection

from .constraints import tenant_models
from .statement_keys import StatementKeys

QUERY = """
with t as (select c.oid, c.relname, c.relrowsecurity rls, c.relforcerowsecurity force,
                  exists(select from pg_attribute a where a.attrelid = c.oid and a.attname = 'agency_id'
                         and not a.attisdropped) has
           from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace),
 pol as (select polrelid, count(*) n,
                bool_and(pg_get_expr(polqual, polrelid) like '%%agency_id = ( SELECT%%') good,
                bool_and(pg_get_expr(polwithcheck, polrelid) like '(agency_id = ( SELECT%%'
                         and pg_get_expr(polwithcheck, polrelid) not like '%% OR %%') closed
         from pg_policy group by 1),
 fk as (select conrelid, confrelid, conkey, conname from pg_constraint where contype = 'f')
select relname, 'row-level security is not enabled and forced' from t where has and not (rls and force)
union all
select relname, 'does not have exactly the one expected policy' from t left join pol on polrelid = oid
 where has and (n is distinct from 1 or not good or not closed)
union all
select relname, 'links tenant tables but has neither agency_id nor row-level security' from t
 where not has and not rls
   and exists(select from fk join t r on r.oid = fk.confrelid and r.has where fk.conrelid = t.oid)
union all
select t.relname, 'foreign key without its composite twin: ' || fk.conname
  from fk join t on t.oid = fk.conrelid and t.has join t r on r.oid = fk.confrelid and r.has
 where cardinality(fk.conkey) = 1
   and not exists(select from fk k where k.conrelid = fk.conrelid and k.confrelid = fk.confrelid
                  and cardinality(k.conkey) = 2 and k.conkey @> fk.conkey)
order by 1, 2
"""


def unprotected_tables() -> list[tuple[str, str]]:
    """Return `(table, what is missing)` for every hole in the tenants' walls; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY.replace("%%", "%"))
        return cursor.fetchall() + _keys_without_triggers(cursor)


def _keys_without_triggers(cursor: Any) -> list[tuple[str, str]]:
    keys = ((model, key) for model in tenant_models() for key in model._meta.constraints)
    wanted = {one for model, key in keys if isinstance(key, StatementKeys) for one in key.triggers(model)}
    cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
    return [(table, f"key without its trigger: {name}") for table, name in sorted(wanted - {*cursor.fetchall()})]
