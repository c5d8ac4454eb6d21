from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register

register(
    Item(_("Trial calculator"), "sheet", "payroll:trial", group="business", permission="payroll.trial.use", order=35)
)
