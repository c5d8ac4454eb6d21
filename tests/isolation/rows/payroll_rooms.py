import datetime as dt
import io

from django.core.signing import dumps

from agency.periods import Period
from agency.uploads import vault
from payroll.balances.views import SALT as OPENINGS_SALT
from payroll.declarations.declaring import Declared, declare
from payroll.declarations.import_views import SALT as DECLARATIONS_SALT
from payroll.models import Advance, PayScheme, PolicyDraft, TaxDeclaration, WorkerItemAmount
from payroll.policies.drafts import latest_of, propose
from payroll.policies.installing import ensure_policies
from tests.isolation.row import Row
from tests.payroll.runs import stage
from tests.payroll.schemes import write_offs
from tests.payroll.schemes.scheme import with_items


def run(make):
    return lambda c: {"pk": make(c).pk}


def slip(make):
    return lambda c: {"pk": stage.slip_of(make(c), c.worker).pk}


def token(c):
    return {"token": stage.link_of(stage.published(c), c.worker)}


def confirmed(c):
    return {"confirmed": "1"}


def edition(c):
    ensure_policies()
    return latest_of("苏州")


def draft(c):
    base = edition(c)
    if found := PolicyDraft.objects.filter(city="苏州", state="proposed").first():
        return found
    return propose(
        base, base.book | {"notes": f"{base.edition} and a further note"}, "苏人社发〔2026〕99号", c.specialist
    )


def _scheme(c, of_item):
    if not PayScheme.objects.filter(client=c.client).exists():
        with_items(c, of_item)


def item(c):
    _scheme(c, ("补贴", "100元"))
    return {"pk": c.client.pk, "key": "item1"}


def agreed(c):
    _scheme(c, {"name": "岗位工资", "source": "per_worker"})
    return {"pk": c.client.pk, "key": "item1"}


def amount(c):
    agreed(c)
    start = dt.date(2026, 10, 1)
    found = {"worker": c.worker, "client": c.client, "item_key": "item1"}
    return WorkerItemAmount.objects.get_or_create(**found, defaults={"amount_fen": 400_00, "valid_from": start})[0]


def advance(c):
    paid = {"worker": c.worker, "client": c.client, "first_period": "2026-10", "paid_on": dt.date(2026, 10, 8)}
    return {"pk": Advance.objects.create(**paid, amount_fen=900_00, monthly_fen=300_00).pk}


def debt(c):
    return {"pk": write_offs.debt(c).pk}


def write_off(c):
    return {"pk": write_offs.waiting(c).pk}


def openings_marked(c):
    return {"token": dumps([c.agency.pk, vault.put(io.BytesIO(b"sheet"))], salt=OPENINGS_SALT)}


def declarations_marked(c):
    return {"token": dumps([c.agency.pk, vault.put(io.BytesIO(b"sheet"))], salt=DECLARATIONS_SALT)}


def declaration(c):
    row = TaxDeclaration.objects.filter(worker=c.worker).first()
    return {"pk": (row or declare(c.worker, Declared("elderly", Period(2026, 1), amount_fen=300_000), c.specialist)).pk}


ROWS = {
    "payroll:runs": Row(),
    "payroll:run_open": Row(),
    "payroll:run_template": Row(),
    "payroll:run_sheet": Row(args=run(stage.opened)),
    "payroll:run": Row(args=run(stage.computed)),
    "payroll:run_import": Row(args=run(stage.opened)),
    "payroll:run_import_commit": Row(args=run(stage.opened), method="post", data=lambda c: {"token": "?"}),
    "payroll:run_paste": Row(args=run(stage.opened)),
    "payroll:run_import_marked": Row(args=lambda c: {"pk": stage.opened(c).pk, "token": stage.marked(c)}),
    "payroll:run_checks": Row(args=run(stage.computed)),
    "payroll:limit": Row(args=lambda c: {"pk": c.client.pk}),
    "payroll:run_bonus": Row(args=run(stage.bonus)),
    "payroll:run_compute": Row(args=run(stage.computed), method="post"),
    "payroll:run_submit": Row(args=run(stage.computed), method="post", data=confirmed),
    "payroll:run_approve": Row(args=run(stage.submitted), method="post", data=confirmed),
    "payroll:run_return": Row(args=run(stage.submitted), method="post", data=lambda c: {"reason": "夜班少一次"}),
    "payroll:run_publish": Row(args=run(stage.approved), method="post", data=confirmed),
    "payroll:run_archive": Row(args=run(stage.approved), method="post"),
    "payroll:run_links": Row(args=run(stage.published)),
    "payroll:run_schedule": Row(args=run(stage.approved)),
    "payroll:run_recall": Row(args=run(stage.approved), method="post"),
    "payroll:disputes": Row(),
    "payroll:dispute": Row(args=lambda c: {"pk": stage.disputed(c).pk}),
    "payroll:run_export": Row(args=run(stage.computed)),
    "payroll:payslip": Row(args=slip(stage.computed)),
    "payroll:payslip_look": Row(args=slip(stage.computed), method="post"),
    "payroll:payslip_input": Row(args=slip(stage.computed)),
    "payroll:worker_payslips": Row(args=lambda c: {"pk": c.worker.pk}),
    "payroll:policies": Row(),
    "payroll:trial": Row(),
    "payroll:openings": Row(),
    "payroll:openings_template": Row(),
    "payroll:openings_marked": Row(args=openings_marked),
    "payroll:worker_opening": Row(args=lambda c: {"pk": c.worker.pk}),
    "payroll:worker_tax": Row(args=lambda c: {"pk": c.worker.pk}),
    "payroll:worker_tax_panel": Row(args=lambda c: {"pk": c.worker.pk}),
    "payroll:tax_year": Row(args=lambda c: {"pk": c.worker.pk}),
    "payroll:declaration_new": Row(args=lambda c: {"pk": c.worker.pk, "kind": "rent"}),
    "payroll:declaration_end": Row(args=declaration),
    "payroll:declaration_withdraw": Row(args=declaration, method="post"),
    "payroll:declarations": Row(),
    "payroll:declarations_template": Row(),
    "payroll:declarations_marked": Row(args=declarations_marked),
    "payroll:policy_rule": Row(args=lambda c: {"pk": edition(c).pk, "place": 0}),
    "payroll:policy_tax": Row(),
    "payroll:policy_draft": Row(args=lambda c: {"pk": draft(c).pk}),
    "payroll:policy_draft_approve": Row(args=lambda c: {"pk": draft(c).pk}, method="post", data=confirmed),
    "payroll:policy_draft_decline": Row(args=lambda c: {"pk": draft(c).pk}),
    "api:trial_payroll": Row(method="post"),
    "api:trial_contributions": Row(method="post"),
    "payroll:scheme": Row(args=lambda c: {"pk": c.client.pk}),
    "payroll:scheme_panel": Row(args=lambda c: {"pk": c.client.pk}),
    "payroll:scheme_terms": Row(args=lambda c: {"pk": c.client.pk}),
    "payroll:scheme_item_new": Row(args=lambda c: {"pk": c.client.pk}),
    "payroll:scheme_item": Row(args=item),
    "payroll:scheme_item_remove": Row(args=item, method="post"),
    "payroll:scheme_item_move": Row(args=item, method="post", data=lambda c: {"to": "up"}),
    "payroll:scheme_preview_new": Row(args=lambda c: {"pk": c.client.pk}, method="post"),
    "payroll:scheme_preview": Row(args=item, method="post"),
    "payroll:scheme_table_new": Row(args=lambda c: {"pk": c.client.pk}),
    "payroll:scheme_table": Row(args=lambda c: {"pk": c.client.pk, "name": "工龄表"}),
    "payroll:scheme_table_remove": Row(args=lambda c: {"pk": c.client.pk, "name": "工龄表"}, method="post"),
    "payroll:scheme_workers": Row(args=lambda c: {"pk": c.client.pk}),
    "payroll:scheme_amount_new": Row(args=agreed),
    "payroll:scheme_amount": Row(args=lambda c: {"pk": amount(c).pk}),
    "payroll:write_off_new": Row(args=debt),
    "payroll:write_off": Row(args=write_off),
    "payroll:write_off_approve": Row(args=write_off, method="post", data=lambda c: {"confirmed": "1"}),
    "payroll:write_off_decline": Row(args=write_off, method="post", data=lambda c: {"reason": "不对"}),
    "payroll:advance_new": Row(args=lambda c: {"pk": c.client.pk}),
    "payroll:advance": Row(args=advance),
    "payroll:advance_monthly": Row(args=advance),
    "payroll:advance_pause": Row(args=advance),
    "payroll:advance_repaid": Row(args=advance),
    "payroll:payslip_public": Row(args=token, public=True),
    "payroll:payslip_confirm": Row(args=token, method="post", public=True),
    "payroll:payslip_doubt": Row(args=token, public=True),
}
