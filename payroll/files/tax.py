"""What goes to the tax client (自然人电子税务局扣缴端): the month's wages and the people they were paid to.

Columns: `rules/formats.md` 1 and 2. The month is the month of payment (61号 art. 6); one person is one row, however
many runs paid them.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum

from agency.money import yuan
from agency.periods import Period
from agency.reasons import Reason, _, reason
from payroll.calculation.apart import ApartKind
from payroll.calculation.severance import EXEMPT_YEARS
from payroll.calculation.withholding import BasicMethod
from payroll.models import Payslip
from workers.models import Worker

IDENTITY_CARD = "居民身份证"
STUDENT = "实习学生（全日制学历教育）"
CONTINUOUS = "其他连续劳务报酬所得"
_SUMS = (
    "gross_fen", "employee_pension_fen", "employee_medical_fen", "employee_maternity_fen",
    "employee_unemployment_fen", "employee_injury_fen", "employee_housing_fund_fen",
    "employee_supplementary_fund_fen", "employee_adjustment_fen", "tax_fen",
)  # fmt: skip
Record = dict[str, Any]


def slips_of(month: Period) -> QuerySet[Payslip]:
    """Return the payslips whose wages are taxed in a month: of approved runs, without those not computed."""
    return Payslip.objects.final().filter(tax_year=month.year, tax_month=month.month, errors=0)


def wage_slips(month: Period) -> QuerySet[Payslip]:
    """Return those that are wages: what is taxed apart has forms of its own; a bonus merged into the year is wages.

    A student's pay for an internship is pay for services, declared in another form.
    """
    slips = slips_of(month).filter(inputs__student__isnull=True)
    return slips.filter(Q(inputs__apart_kind__isnull=True) | Q(inputs__apart_kind=0))


def student_slips(month: Period) -> QuerySet[Payslip]:
    """Return the payslips of students on internship taxed in a month."""
    return slips_of(month).filter(inputs__student=1)


def taxed_apart(month: Period, kind: ApartKind) -> Iterator[Record]:
    """Yield one record a person for 全年一次性奖金收入 or 解除劳动合同一次性补偿金, by name.

    The exempt part of a severance is three local average yearly wages (财税〔2018〕164号 art. 5); a bonus has none.
    """
    slips = slips_of(month).filter(inputs__apart_kind=int(kind)).order_by("name_pinyin", "worker_id", "pk")
    people = _people(slips)
    for worker_id, of_one in groupby(slips.values_list("worker_id", "inputs"), key=itemgetter(0)):
        amounts = [(inputs["one_time_fen"], inputs.get("average_wage_fen", 0)) for _worker, inputs in of_one]
        exempt = sum(min(amount, EXEMPT_YEARS * average) for amount, average in amounts)
        yield people[worker_id] | {
            "income_fen": sum(amount for amount, _average in amounts),
            "exempt_fen": exempt or None,
        }


def students(month: Period) -> Iterator[Record]:
    """Yield one record a student on internship for 劳务报酬所得, by name; income of the month in fen, before the 20 %.

    Full-time students are withheld cumulatively (公告2020年第13号 art. 2): continuous services, not single payments.
    """
    slips = student_slips(month)
    people = _people(slips)
    sums = slips.values("worker_id").annotate(income=Sum("gross_fen"), pinyin=Max("name_pinyin"))
    for row in sums.order_by("pinyin", "worker_id").iterator(chunk_size=2000):
        yield people[row["worker_id"]] | {"income_item": CONTINUOUS, "income_fen": row["income"]}


def forms_beside(month: Period) -> tuple[bool, set[ApartKind]]:
    """Return whether students are taxed in a month of payment, and which kinds of pay are taxed apart."""
    rows = slips_of(month).filter(Q(inputs__apart_kind__gt=0) | Q(inputs__student=1)).order_by()
    found = set(rows.values_list("inputs__apart_kind", "inputs__student").distinct())
    return any(student for _kind, student in found), {ApartKind(kind) for kind, _student in found if kind}


def wages(month: Period) -> Iterator[Record]:
    """Yield one record a person for 正常工资薪金所得, by name.

    Income and contributions are of the month, `private_pension_fen` is to date; the six special additional deductions
    stay empty, since the tax client fills them in from the workers' own declarations. A difference of earlier months
    (补差) stands with the pension, as a remark says: the file has no column for it.
    """
    people = _people(wage_slips(month))
    sums = (
        wage_slips(month)
        .values("worker_id")
        .annotate(
            pension_to_date=Max("pension_to_date_fen"), pinyin=Max("name_pinyin"), **{f"sum_{n}": Sum(n) for n in _SUMS}
        )
    )
    for row in sums.order_by("pinyin", "worker_id").iterator(chunk_size=2000):
        difference = row["sum_employee_adjustment_fen"]
        yield people[row["worker_id"]] | {
            "income_fen": row["sum_gross_fen"],
            "pension_fen": row["sum_employee_pension_fen"] + difference,
            "medical_fen": row["sum_employee_medical_fen"] + row["sum_employee_maternity_fen"],
            "unemployment_fen": row["sum_employee_unemployment_fen"] + row["sum_employee_injury_fen"],
            "fund_fen": row["sum_employee_housing_fund_fen"] + row["sum_employee_supplementary_fund_fen"],
            "private_pension_fen": row["pension_to_date"] or None,
            "remark": f"养老保险费含补差{yuan(difference, symbol='')}" if difference else "",
        }


def unfit_for_tax(records: list[Record]) -> Iterator[Reason]:
    """Yield what the tax client would refuse: a negative amount, by the person's name."""
    for record in records:
        if any(isinstance(value, int) and value < 0 for value in record.values()):
            yield reason(_("%(name)s: an amount is below zero. Correct it in a run of its own first."), **_who(record))


def withheld_fen(month: Period) -> int:
    """Return the tax withheld from a month's wages, to compare with what the tax client computes."""
    return wage_slips(month).aggregate(tax=Sum("tax_fen"))["tax"] or 0


def people(month: Period) -> Iterator[Record]:
    """Yield one record a person for 人员信息采集; what the agency does not need to know stays empty."""
    slips = slips_of(month)
    first_job = set(
        slips.filter(inputs__basic_method=BasicMethod.FIRST_JOB_OF_YEAR).values_list("worker_id", flat=True)
    )
    interns = set(student_slips(month).values_list("worker_id", flat=True))
    rows = Worker.objects.filter(pk__in=slips.values("worker")).order_by("name_pinyin", "pk")
    for worker in rows.iterator(chunk_size=2000):
        left = worker.left_on if worker.left_on and worker.left_on <= month.end else None
        yield _identity(worker) | {
            "nationality": "中国",
            "sex": "男" if worker.sex == Worker.Sex.MALE else "女",
            "born_on": worker.birth_date.isoformat(),
            "employment_type": STUDENT if worker.pk in interns else "雇员",
            "first_year": "当年首次入职其他人员" if worker.pk in first_job else "",
            "phone": worker.phone,
            "joined_on": worker.joined_on.isoformat() if worker.joined_on else "",
            "left_on": last_day_before(left),
            "basic_deduction": "是",
        }


def last_day_before(end: dt.date | None) -> str:
    """Write the last day of a half-open validity, or nothing while it is open."""
    return (end - dt.timedelta(days=1)).isoformat() if end else ""


def _people(slips: QuerySet[Payslip]) -> dict[int, Record]:
    rows = Worker.objects.filter(pk__in=slips.values("worker")).only("name", "employee_no", "identity_number", "agency")
    return {worker.pk: _identity(worker) for worker in rows.iterator(chunk_size=2000)}


def _identity(worker: Worker) -> Record:
    return {
        "employee_no": worker.employee_no,
        "name": worker.name,
        "document_type": IDENTITY_CARD,
        "document_number": worker.identity_number,
    }


def _who(record: Record) -> dict[str, str]:
    return {"name": record["name"]}
