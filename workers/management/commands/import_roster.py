import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agency.calendar import today
from agency.models import Agency, StaffMember, Upload
from agency.periods import Period, PeriodError
from agency.permissions import can
from agency.privacy.fields import matching
from agency.progress.reporting import JobFailed
from agency.reasons import Reason
from agency.spreadsheets.refusals import Refused
from agency.tenancy.context import tenant
from agency.uploads.checking import check_upload
from agency.uploads.committing import commit_upload
from agency.uploads.findings import Findings
from agency.uploads.models import State
from agency.uploads.receiving import receive, unlock
from agency.uploads.storing import discard
from agency.uploads.telling import Teller
from workers.imports.kind import ROSTER_UPLOAD


class Command(BaseCommand):
    help = "Import a roster: print every bad cell, or import the whole table."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--agency", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="PHONE", help="Who imports.")
        parser.add_argument("--period", default="", metavar="2026-11", help="The roster's month (default: this one).")
        parser.add_argument("--dry-run", action="store_true", help="Only check.")

    def handle(self, *args: Any, **options: Any) -> None:
        agency = Agency.objects.filter(slug=options["agency"]).first()
        if agency is None:
            raise CommandError(f"No agency has the slug {options['agency']!r}.")
        upload = self.received(agency, options)
        check_upload(upload.pk, agency.pk, Teller())
        with tenant(agency):
            upload.refresh_from_db()
            self.report(upload)
            clean = upload.is_clean
            if clean and not options["dry_run"]:
                Upload.objects.filter(pk=upload.pk).update(state=State.COMMITTING, committed_by=upload.uploaded_by)
            else:
                discard(upload)
        if not clean:
            raise CommandError("Nothing was imported.")
        if not options["dry_run"]:
            self.commit(upload)

    def received(self, agency: Agency, options: dict[str, Any]) -> Upload:
        with tenant(agency):
            staff = StaffMember.objects.active().filter(matching(StaffMember, "phone", options["by"])).first()
            if staff is None or not can(staff, ROSTER_UPLOAD.permission):
                raise CommandError(f"Nobody with the phone {options['by']} may import rosters there.")
            try:
                period = Period.parse(options["period"]) if options["period"] else Period.of(today())
                with options["file"].open("rb") as file:
                    upload = receive(ROSTER_UPLOAD, file, options["file"].name, staff, {"period": str(period)})
                if upload.state == State.PASSWORD:
                    unlock(upload, getpass.getpass("Password of the file: "))
            except (Refused, PeriodError, OSError) as wrong:
                raise CommandError(str(wrong)) from None
        return upload

    def report(self, upload: Upload) -> None:
        for problem in upload.summary.get("problems", []):
            self.stderr.write(str(Reason.from_json(problem)))
        for serious, mark in ((True, "!"), (False, "?")):
            for finding in list(Findings(upload, serious=serious)[:]):
                where = f"{finding['column']}{finding['row']}"
                self.stdout.write(f"{mark} {where}\t{finding['header']}\t{finding['value']}\t{finding['reason']}")
        self.stdout.write(f"{upload.rows} rows, {upload.good_rows} fine, {upload.error_count} cells to mend.")

    def commit(self, upload: Upload) -> None:
        try:
            commit_upload(upload.pk, upload.agency_id, Teller())
        except JobFailed as failed:
            raise CommandError(str(failed)) from None
        with tenant(upload.agency_id):
            upload.refresh_from_db()
        for note in upload.summary["notes"]:
            self.stdout.write(str(Reason.from_json(note)))
