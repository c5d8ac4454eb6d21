from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register

register(
    Item(_("Insurance match"), "layers", "payroll:matches", group="business", permission="payroll.match.view", order=34)
)
