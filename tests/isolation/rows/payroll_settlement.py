from tests.isolation.row import Row
from tests.payroll.runs.stage import approved
from tests.payroll.settlement import stage


def bill(make):
    return lambda c: {"pk": make(c).pk}


def client(c):
    stage.terms(c)
    return {"pk": c.client.pk}


def token(c):
    return {"token": stage.link(c)}


def confirmed(c):
    return {"confirmed": "1"}


ROWS = {
    "payroll:bills": Row(),
    "payroll:bill_make": Row(args=client, method="post", data=lambda c: {"period": "2026-10"}),
    "payroll:bill": Row(args=bill(stage.sent)),
    "payroll:bill_line": Row(args=bill(stage.drafted)),
    "payroll:bill_line_remove": Row(args=bill(stage.by_hand), method="post"),
    "payroll:bill_send": Row(args=bill(stage.drafted), method="post", data=confirmed),
    "payroll:bill_revise": Row(args=bill(stage.objected), method="post"),
    "payroll:bill_void": Row(args=bill(stage.drafted), method="post", data=confirmed),
    "payroll:bill_invoice": Row(args=bill(stage.agreed)),
    "payroll:own_money": Row(args=bill(stage.sent)),
    "payroll:payout_consent": Row(args=bill(approved)),
    "payroll:receivables": Row(),
    "payroll:receipt_new": Row(),
    "payroll:vat_status": Row(),
    "payroll:settlement_terms": Row(args=client),
    "payroll:terms_new": Row(args=client),
    "payroll:bill_public": Row(args=token, public=True),
    "payroll:bill_confirm": Row(args=token, method="post", data=lambda c: {"name": "周经理"}, public=True),
    "payroll:bill_dispute": Row(args=token, public=True),
}
