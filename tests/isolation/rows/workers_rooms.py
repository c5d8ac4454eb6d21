from tests.isolation.row import Row


def _worker(c):
    return {"pk": c.worker.pk}


def _first(rows):
    return lambda c: {"pk": getattr(c.worker, rows).first().pk}


ROWS = {
    "workers:workers": Row(),
    "workers:worker_new": Row(),
    "workers:of_client": Row(args=lambda c: {"pk": c.client.pk}),
    "workers:worker": Row(args=_worker),
    "workers:worker_edit": Row(args=_worker, method="post", data=lambda c: {"name": "王海涛"}),
    "workers:identity_number": Row(args=_worker, method="post"),
    "workers:phone": Row(args=_worker, method="post"),
    "workers:account_new": Row(args=_worker),
    "workers:account_number": Row(args=_first("bank_accounts"), method="post"),
    "workers:contract_new": Row(args=_worker),
    "workers:contract_end": Row(
        args=_first("contracts"), method="post", data=lambda c: {"last_day": "2026-11-30", "reason": "本人辞职"}
    ),
    "workers:placement_new": Row(args=_worker),
    "workers:placement_return": Row(
        args=_first("placements"), method="post", data=lambda c: {"last_day": "2026-11-30", "reason": "resigned"}
    ),
    "workers:enrolment_new": Row(args=_worker),
    "workers:enrolment_stop": Row(args=_first("enrolments"), method="post", data=lambda c: {"last_month": "2026-12"}),
    "api:workers-list": Row(),
    "api:workers-detail": Row(args=_worker),
}
