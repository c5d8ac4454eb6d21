"""The demo agency 禾川人力: its five clients, who serves them, and every default an agency starts with."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from agency.models import StaffMember
from agency.tenancy.context import tenant
from agency.tenancy.models import Agency
from clients.models import Assignment, ClientContact, ClientEnterprise, DispatchAgreement, Post, Site
from payroll.models import PayScheme, SettlementTerms, VatStatus

from .people import employ_everybody

SLUG = "demo"
CLIENTS = Path(__file__).parent / "clients.json"
SINCE = dt.date(2026, 1, 1)
NATURES = {"临时性": Post.Nature.TEMPORARY, "辅助性": Post.Nature.AUXILIARY, "替代性": Post.Nature.SUBSTITUTE}


def ensure_agency() -> Agency:
    """Return the demo agency with its people, clients and defaults; create what is missing, change nothing else."""
    agency, _created = Agency.objects.get_or_create(
        slug=SLUG, defaults={"name": "禾川人力资源（苏州）有限公司", "short_name": "禾川人力", "phone": "0512-00000000"}
    )
    with tenant(agency):
        staff = employ_everybody()
        for place, client in enumerate(json.loads(CLIENTS.read_text(encoding="utf-8")), 1):
            _ensure_client(client, place, {person.name: person for person in staff.values()})
        if not VatStatus.objects.exists():
            VatStatus.objects.create(regime=VatStatus.Regime.GENERAL_DIFFERENCE, valid_from=SINCE)
        install_defaults()
    return agency


def install_defaults() -> None:
    """Install what every agency starts with: procedure, forms, topics, case categories, scorecard, questions."""
    from payroll.files.installing import ensure_layouts
    from payroll.policies.installing import install_policies
    from servicedesk.cases.installing import install_default_categories
    from servicedesk.communication.topics import install_default_topics
    from servicedesk.forms.installing import install_default_forms
    from servicedesk.review.checks import install_default_policy
    from servicedesk.scoring.cards import install_default_scorecard
    from servicedesk.workflow.procedure import install_default_template

    for install in (
        install_default_template,
        install_default_topics,
        install_default_categories,
        install_default_forms,
        install_default_policy,
        install_default_scorecard,
        install_policies,
        ensure_layouts,
    ):
        install()


def _ensure_client(data: dict[str, Any], place: int, staff: dict[str, StaffMember]) -> None:
    client, created = ClientEnterprise.objects.get_or_create(
        credit_code=data["credit_code"],
        defaults={
            "name": data["full_name"],
            "short_name": data["name"],
            "city": "苏州",
            "industry": data["industry"],
            "own_staff": data["own_staff"],
            "pay_day": data["pay_day"],
            "colour": place,
            "started_on": SINCE,
        },
    )
    if not created:
        return
    sites = {name: Site.objects.create(client=client, name=name, kind=kind) for name, kind in data["sites"]}
    for name, nature in data["posts"]:
        Post.objects.create(client=client, name=name, nature=NATURES[nature])
    for number, (name, title, kind) in enumerate(data["contacts"], 1):
        ClientContact.objects.create(
            client=client, name=name, title=title, kind=kind, phone=f"1370002{place:02d}{number:02d}",
            site=next(iter(sites.values())) if kind == ClientContact.Kind.LINE else None,
        )  # fmt: skip
    agreement = DispatchAgreement.objects.create(
        client=client, number=f"HC-2026-{place:02d}", signed_on=SINCE, valid_from=SINCE, valid_to=dt.date(2028, 1, 1)
    )
    PayScheme.objects.create(
        client=client, valid_from=SINCE, night_shift_fen=2_000, injury_rate=data["injury_rate"],
        minimum_wage_fen=249_000, source="demo: injury class and minimum wage to be checked with the bureau",
    )  # fmt: skip
    Assignment.objects.create(client=client, staff=staff[data["specialist"]], valid_from=SINCE)
    _agree_on_fee(agreement, data)


def _agree_on_fee(agreement: DispatchAgreement, data: dict[str, Any]) -> None:
    model, value = data["fee"]
    field = {"percentage": "rate", "tiered": "tiers"}.get(model, "amount_fen")
    SettlementTerms.objects.create(
        agreement=agreement, valid_from=SINCE, model=model, money_first=data.get("money_first", False), **{field: value}
    )
