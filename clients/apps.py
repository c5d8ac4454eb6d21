from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    name = "clients"

    def ready(self) -> None:
        from agency import navigation, palette
        from clients.assignments import scopes  # noqa: F401  (registers what specialists see)
        from clients.enterprises.finding import find

        navigation.register(
            navigation.Item(
                _("Clients"), "company", "clients:clients", group="business", permission="clients.client.view", order=10
            )
        )
        palette.register(palette.Finder("clients", _("Clients"), "company", "clients.client.view", find, order=20))
