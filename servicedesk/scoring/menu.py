from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register

register(
    Item(_("My score"), "score", "servicedesk:my_score", group="team", permission="scoring.own.view", order=10),
    Item(_("Appraisal"), "score", "servicedesk:scores", group="team", permission="scoring.all.view", order=11),
)
