from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AgencyConfig(AppConfig):
    name = "agency"

    def ready(self) -> None:
        from django.contrib.auth.models import update_last_login
        from django.contrib.auth.signals import user_logged_in

        from agency import lookups, menu, migration_state  # noqa: F401  (register a lookup and our pages)
        from agency.privacy import checks  # noqa: F401  (registers the check)
        from agency.progress import scope  # noqa: F401  (registers who sees which job)
        from agency.staff import backends  # noqa: F401  (connects its receiver)
        from agency.tenancy.constraints import add_tenant_constraints
        from agency.tenancy.roles import grant_application_role
        from agency.uploads import jobs  # noqa: F401  (registers the jobs)
        from agency.uploads import scope as uploads  # noqa: F401  (registers who sees which upload)

        migration_state.install()
        add_tenant_constraints()
        # Django's receiver would write before the agency is known; ours writes inside it.
        user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")
        post_migrate.connect(grant_application_role, sender=self, dispatch_uid="zhudian.grants")
