from tests.isolation.row import Row
from tests.payroll.files import stage
from tests.payroll.runs.stage import approved

MONTH = {"period": "2026-11"}


def run(c):
    return {"pk": approved(c).pk}


def batch(make):
    return lambda c: {"pk": make(c).pk}


def confirmed(c):
    return {"confirmed": "1"}


ROWS = {
    "payroll:files": Row(),
    "payroll:files_tax": Row(method="post", data=lambda c: MONTH | {"kind": "salary_tax"}),
    "payroll:files_insurance": Row(method="post", data=lambda c: MONTH | {"city": "苏州"}),
    "payroll:files_evidence": Row(args=lambda c: {"pk": c.client.pk}, method="post", data=lambda c: MONTH),
    "payroll:made_file": Row(args=batch(stage.ledger)),
    "payroll:run_files": Row(args=run),
    "payroll:run_batch": Row(args=run, method="post", data=lambda c: {"layout": stage.layout().pk}),
    "payroll:run_ledger": Row(args=run, method="post"),
    "payroll:run_wage_sheet": Row(args=run, method="post", data=lambda c: {"subtotals": "on"}),
    "payroll:run_pay": Row(args=run),
    "payroll:run_proof": Row(args=lambda c: {"pk": stage.outside(c).run_id}),
    "payroll:run_print": Row(args=run),
    "payroll:batch": Row(args=batch(stage.batch)),
    "payroll:batch_release": Row(args=batch(stage.batch), method="post", data=confirmed),
    "payroll:batch_drop": Row(args=batch(stage.batch), method="post", data=confirmed),
    "payroll:batch_paid": Row(args=batch(stage.released), method="post", data=confirmed),
    "payroll:batch_file": Row(args=batch(stage.released)),
    "payroll:batch_answer": Row(args=batch(stage.released)),
}
