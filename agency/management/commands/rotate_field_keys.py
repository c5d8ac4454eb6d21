from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agency.audit import record
from agency.models import Agency, PlatformEvent
from agency.privacy.crypto import key_ring
from agency.privacy.rotation import BATCH, encrypted_models, rotate
from agency.tenancy.context import tenant


class Command(BaseCommand):
    help = (
        "Encrypt every personal field with the first of FIELD_ENCRYPTION_KEYS. Put the new key first, keep "
        "the old one behind it, run this, and only then remove the old one. Can be stopped and run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", help="Code of one agency; default: all, suspended ones too.")
        parser.add_argument("--reason", required=True, help="Why, for the platform's and the agencies' records.")
        parser.add_argument("--by", default="command line", help="Who does it.")
        parser.add_argument("--reindex", action="store_true", help="New BLIND_INDEX_KEY: compute all indexes.")
        parser.add_argument("--batch", type=int, default=BATCH)

    def handle(self, *args: Any, **options: Any) -> None:
        agencies = Agency.objects.order_by("pk")
        if options["agency"]:
            agencies = agencies.filter(slug=options["agency"])
        # Suspended agencies too: without the old key nobody could read their rows again.
        PlatformEvent.objects.create(name="platform.keys_rotated", by=options["by"], reason=options["reason"])
        for owner in agencies:
            self.rotate_agency(owner, **options)

    def rotate_agency(self, owner: Agency, *, reason: str, reindex: bool, batch: int, **options: Any) -> None:
        counts: dict[str, int] = {}
        for model in encrypted_models():
            done = sum(rotate(model, owner.pk, reindex=reindex, batch=batch))
            if done:
                counts[model._meta.label] = done
                self.stdout.write(f"{owner.slug}: {model._meta.label} {done}")
        with tenant(owner):
            record("privacy.keys.rotated", key=key_ring().current, reason=reason, rows=counts, reindexed=reindex)
