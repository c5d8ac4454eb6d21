"""The payslips before and after one in the usual order of its run's table."""

from django.db.models import Q

from payroll.models import Payslip


def neighbours(slip: Payslip) -> dict[str, int | None]:
    """Return the keys of the payslips beside this one by name, in two short walks."""
    rows = Payslip.objects.filter(run=slip.run_id)
    here = Q(name_pinyin=slip.name_pinyin)
    before = rows.filter(Q(name_pinyin__lt=slip.name_pinyin) | (here & Q(pk__lt=slip.pk)))
    after = rows.filter(Q(name_pinyin__gt=slip.name_pinyin) | (here & Q(pk__gt=slip.pk)))
    return {
        "previous": before.order_by("-name_pinyin", "-pk").values_list("pk", flat=True).first(),
        "following": after.order_by("name_pinyin", "pk").values_list("pk", flat=True).first(),
    }
