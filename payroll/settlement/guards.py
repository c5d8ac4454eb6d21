"""What the database itself holds to: bills add up, sent bills stay, money is matched once."""

import pgtrigger

from agency.triggers import on_every_change

_SENT = """
    IF EXISTS (
        SELECT 1 FROM ({touched}) AS touched JOIN payroll_bill AS bill ON bill.id = touched.bill_id
        WHERE bill.state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'bill was sent: its lines cannot change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


DRAFT_ONLY = on_every_change("draft_only", _SENT, "bill_id")

ADDS_UP = pgtrigger.Trigger(
    name="lines_add_up",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(new__state="sent") & ~pgtrigger.Q(old__state="sent"),
    func="""
        IF NEW.total_fen <> (SELECT coalesce(sum(amount_fen), 0) FROM payroll_billline WHERE bill_id = NEW.id) THEN
            RAISE EXCEPTION 'bill does not add up with its lines' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    """,
)

FIGURES_STAY = pgtrigger.Trigger(
    name="figures_stay",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        IF OLD.state <> 'draft' AND OLD.total_fen <> NEW.total_fen THEN
            RAISE EXCEPTION 'bill was sent: its total cannot change' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

NO_MORE_THAN_THERE_IS = pgtrigger.Trigger(
    name="no_more_than_there_is",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="new_rows"),
    func="""
        IF EXISTS (
            SELECT 1 FROM payroll_receipt AS receipt WHERE receipt.id IN (SELECT receipt_id FROM new_rows)
            AND receipt.amount_fen < (SELECT sum(amount_fen) FROM payroll_allocation WHERE receipt_id = receipt.id)
        ) OR EXISTS (
            SELECT 1 FROM payroll_bill AS bill WHERE bill.id IN (SELECT bill_id FROM new_rows)
            AND bill.total_fen < (SELECT sum(amount_fen) FROM payroll_allocation WHERE bill_id = bill.id)
        ) THEN
            RAISE EXCEPTION 'more was matched than there is' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    """,
)
