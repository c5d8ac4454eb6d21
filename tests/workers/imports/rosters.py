"""Rosters made on the fly, and the way from a file to the data without a browser."""

from __future__ import annotations

import io
from typing import Any

from agency.models import Upload
from agency.tenancy.context import tenant
from agency.uploads.checking import check_upload
from agency.uploads.committing import commit_upload
from agency.uploads.findings import Findings
from agency.uploads.jobs import start_commit
from agency.uploads.receiving import receive
from agency.uploads.telling import Teller
from tests.agency.spreadsheets.messy import xlsx
from tests.cast import Company, identity_number
from workers.imports.kind import ROSTER_UPLOAD
from workers.imports.roster_columns import ROSTER

HEADERS = [column.header for column in ROSTER.columns]
PERIOD = "2026-11"
TODAY = "2026-11-23 10:00+08:00"


def person(serial: int = 700, **said: Any) -> dict[str, Any]:
    """Return a row for somebody who is not on file yet; `said` changes or adds cells."""
    return {
        "name": "周建平",
        "identity_number": identity_number(serial),
        "client": "澄光电子",
        "post": "操作工",
        "contract_start": "2026-11-02",
        "contract_last_day": "2028-11-01",
        "placement_start": "2026-11-02",
        "insurance_city": "苏州",
        "insurance_base_fen": "4494",
        **said,
    }


def as_known(company: Company, **said: Any) -> dict[str, Any]:
    """Return the row of the company's worker just as they are on file."""
    with tenant(company.agency):
        account = company.worker.bank_accounts.get(valid_to=None).number
    row = {
        "name": "王海波",
        "employee_no": company.worker.employee_no,
        "identity_number": str(company.worker.identity_number),
        "phone": str(company.worker.phone),
        "client": "澄光电子（苏州）有限公司",
        "site": "一号车间",
        "post": "操作工",
        "contract_start": "2026-01-01",
        "contract_last_day": "2027-12-31",
        "placement_start": "2026-01-01",
        "insurance_city": "苏州",
        "insurance_base_fen": "5000",
        "fund_base_fen": "5000",
        "fund_percent": "5",
        "base_wage_fen": "3600",
        "bank_name": "工商银行",
        "bank_account": account,
    }
    return row | said


def roster(*rows: dict[str, Any], headers: list[str] | None = None) -> io.BytesIO:
    fields = [column.field for column in ROSTER.columns]
    return xlsx(headers or HEADERS, *([row.get(name, "") for name in fields] for row in rows))


def upload_of(company: Company, *rows: dict[str, Any], by: Any = None, file: Any = None) -> Upload:
    """Store a roster, sent by the specialist unless said otherwise."""
    with tenant(company.agency):
        sent = file or roster(*rows)
        return receive(ROSTER_UPLOAD, sent, "花名册.xlsx", by or company.specialist, {"period": PERIOD})


def checked(company: Company, *rows: dict[str, Any], **options: Any) -> Upload:
    upload = upload_of(company, *rows, **options)
    check_upload(upload.pk, company.agency.pk, Teller())
    return again(upload)


def committed(company: Company, *rows: dict[str, Any], **options: Any) -> Upload:
    """Check and import a roster; fails the test when it has errors."""
    upload = checked(company, *rows, **options)
    assert errors(upload) == []
    with tenant(company.agency):
        assert start_commit(upload, options.get("by") or company.specialist, "/")
    commit_upload(upload.pk, company.agency.pk, Teller())
    return again(upload)


def again(upload: Upload) -> Upload:
    with tenant(upload.agency_id):
        return Upload.objects.select_related("job").get(pk=upload.pk)


def found(upload: Upload, *, serious: bool = True) -> list[dict[str, Any]]:
    with tenant(upload.agency_id):
        return list(Findings(upload, serious=serious)[:])


def errors(upload: Upload) -> list[tuple[int, str, str]]:
    """Return row, header and sentence of each error."""
    return [(one["row"], one["header"], str(one["reason"])) for one in found(upload)]


def doubts(upload: Upload) -> list[tuple[int, str, str]]:
    return [(one["row"], one["header"], str(one["reason"])) for one in found(upload, serious=False)]


def notes(upload: Upload) -> list[str]:
    from agency.reasons import Reason

    return [str(Reason.from_json(note)) for note in upload.summary["notes"]]
