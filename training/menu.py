"""The app's places in the menu."""

from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register

register(
    Item(_("Training"), "book", "training:courses", group="team", permission="training.course.view", order=30),
    Item(_("Hiring"), "person-plus", "training:candidates", group="team", permission="hiring.candidate.rate", order=35),
)
