from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

VIEW = "workers.worker.view"


class WorkersConfig(AppConfig):
    name = "workers"

    def ready(self) -> None:
        from agency import navigation, palette
        from clients.enterprises import headcount, tabs
        from workers.imports import kind  # noqa: F401  (registers the roster among the uploads)
        from workers.people import scopes  # noqa: F401  (registers what specialists see)
        from workers.people.finding import find
        from workers.placements import counting

        navigation.register(
            navigation.Item(
                _("Workers"), "people", "workers:workers", group="business", permission=VIEW, order=20, tab=3
            )
        )
        palette.register(palette.Finder("workers", _("Workers"), "person", VIEW, find, order=10))
        headcount.counted_by(counting.headcounts, counting.headcounts_by_site)
        tabs.register(tabs.Tab(_("Workers"), "workers:of_client", VIEW, order=20, count=counting.number_at))
