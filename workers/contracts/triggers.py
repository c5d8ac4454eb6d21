"""The span of employment on the worker's row follows the labour contracts, whoever writes them.

Lists of a hundred thousand workers sort and count by it; a trigger keeps it, so that bulk imports and raw SQL cannot
pass by.
"""

from agency.triggers import on_every_change

SPAN = """
    UPDATE workers_worker AS worker SET joined_on = span.first_day, left_on = span.end_day
    FROM (
        SELECT touched.worker_id, min(contract.valid_from) AS first_day,
               CASE WHEN bool_or(contract.id IS NOT NULL AND contract.valid_to IS NULL) THEN NULL
                    ELSE max(contract.valid_to) END AS end_day
        FROM ({touched}) AS touched
        LEFT JOIN workers_labourcontract AS contract ON contract.worker_id = touched.worker_id
        GROUP BY touched.worker_id
    ) AS span
    WHERE worker.id = span.worker_id
      AND (worker.joined_on, worker.left_on) IS DISTINCT FROM (span.first_day, span.end_day);
    RETURN NULL;
"""

EMPLOYMENT_SPAN = on_every_change("employment_span", SPAN, "worker_id")
