"""What to send a worker with the payslip's link, by SMS or WeCom, to be copied by a person."""

from django.utils.translation import gettext as _

from payroll.models import Payslip
from payroll.templatetags.payroll_words import month_name


def words_for(slip: Payslip, link: str, agency_name: str) -> str:
    """Return the text for one worker: whose, which month, the link, and what to do."""
    words = _("%(name)s, your payslip of %(month)s: %(link)s Look at it and sign, or tell us what is wrong. %(agency)s")
    return words % {"name": slip.name, "month": month_name(slip.run.period), "link": link, "agency": agency_name}
