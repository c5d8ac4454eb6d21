"""Bureaus' lists as they are sent, and the way from a file to the match without a browser."""

from typing import Any, BinaryIO

from agency.models import Upload
from agency.tenancy.context import tenant
from agency.uploads.checking import check_upload
from agency.uploads.committing import commit_upload
from agency.uploads.jobs import start_commit
from agency.uploads.receiving import receive
from agency.uploads.telling import Teller
from payroll.matching.importing import BUREAU_UPLOAD
from tests.agency.spreadsheets.biff import xls
from tests.agency.spreadsheets.messy import xlsx
from tests.cast import Company

TITLE = ["苏州市社会保险单位职工参保缴费明细表"]
UPPER = ["序号", "姓名", "证件号码", "参保情况", "应缴金额", ""]
LOWER = ["", "", "", "", "单位应缴", "个人应缴"]


def rows_of(*people: tuple[Any, ...]) -> list[list[Any]]:
    """Write people under a title and a head on two lines: name, number, state, employer's and worker's part."""
    return [TITLE, UPPER, LOWER, *([number, *person] for number, person in enumerate(people, 1))]


def as_xls(*people: tuple[Any, ...]) -> BinaryIO:
    """Return the list as bureaus' old systems write it: an .xls whose title and head are merged."""
    merged = [(0, 0, 0, 5), (1, 2, 0, 0), (1, 2, 1, 1), (1, 2, 2, 2), (1, 2, 3, 3), (1, 1, 4, 5)]
    return xls(*rows_of(*people), sheet="缴费明细", merged=merged)


def uploaded(
    company: Company,
    *people: tuple[Any, ...],
    period: str = "2026-10",
    file: BinaryIO | None = None,
    city: str = "苏州市",
) -> Upload:
    """Upload a list and check it; call outside any agency."""
    with tenant(company.agency):
        context = {"period": period, "city": city}
        file = file or xlsx(*rows_of(*people))
        upload = receive(BUREAU_UPLOAD, file, "参保明细", company.specialist, context)
    check_upload(upload.pk, company.agency.pk, Teller())
    with tenant(company.agency):
        upload.refresh_from_db()
    return upload


def received(company: Company) -> Upload:
    """Upload a list of the company's worker without checking it; call inside the agency."""
    context = {"period": "2026-10", "city": "苏州"}
    return receive(BUREAU_UPLOAD, xlsx(*rows_of(known(company))), "参保明细.xlsx", company.specialist, context)


def imported(
    company: Company,
    *people: tuple[Any, ...],
    period: str = "2026-10",
    file: BinaryIO | None = None,
    city: str = "苏州市",
) -> Upload:
    """Upload a list (or the file given), check and import it."""
    upload = uploaded(company, *people, period=period, file=file, city=city)
    with tenant(company.agency):
        assert start_commit(upload, company.specialist, "/")
    commit_upload(upload.pk, company.agency.pk, Teller())
    with tenant(company.agency):
        upload.refresh_from_db()
    return upload


def known(
    company: Company, state: str = "正常参保", employer: str = "1250.00", employee: str = "525.00"
) -> tuple[Any, ...]:
    """Return the row of the company's worker."""
    return (company.worker.name, str(company.worker.identity_number), state, employer, employee)
