"""A payslip names a policy of its own agency: checked once a statement, for all its rows together.

A composite key would look it up for each of twenty thousand rows. Policies are never changed or deleted (their table's
own trigger), so nothing can break the reference later.
"""

from typing import Any

import pgtrigger

FUNCTION = """
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT agency_id, policy_id FROM new_rows WHERE policy_id IS NOT NULL) AS used
        LEFT JOIN payroll_contributionpolicy AS policy
            ON policy.id = used.policy_id AND policy.agency_id = used.agency_id
        WHERE policy.id IS NULL
    ) THEN
        RAISE EXCEPTION 'a payslip names a policy of its own agency' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
"""


def _own_policy(name: str, operation: Any) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"own_policy_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=FUNCTION,
    )


OF_ONE_AGENCY = [_own_policy("insert", pgtrigger.Insert), _own_policy("update", pgtrigger.Update)]
