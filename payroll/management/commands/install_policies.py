from typing import Any

from django.core.management.base import BaseCommand

from agency.tenancy.context import tenant
from agency.tenancy.models import Agency
from payroll.policies.installing import install_policies


class Command(BaseCommand):
    help = "Bring the rules shipped with this version to every agency; an agency's own rules hold until it adopts them."

    def handle(self, *args: Any, **options: Any) -> None:
        for agency in Agency.objects.order_by("slug"):
            with tenant(agency):
                self.stdout.write(f"{agency.slug}: {install_policies()} new")
