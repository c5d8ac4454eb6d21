"""How true the month's talks were found, drawn towards the team's rate as far as few were checked.

A talk that differs in part counts half. Talks drawn more often weigh less (the inverse of their chance), so that
checking the unconfirmed harder does not make anybody look worse.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from servicedesk.review.models import SpotCheckItem
from servicedesk.review.sampling import weighted_share
from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure
from servicedesk.scoring.shrinking import permille, prior_of, shrink

Outcome = SpotCheckItem.Outcome


@measure(
    "spot_truth",
    says=_(
        "Of %(checked)d talks checked, %(true)d were true, %(partly)d differed in part, %(false)d were not true. "
        "With few checks the rate is drawn towards the team's."
    ),
    absent=_("None of the month's talks was spot-checked."),
    raises=_("All spot-checked talks true"),
)
def spot_truth(subject: Subject) -> Measured | None:
    items = SpotCheckItem.objects.answered().filter(check_of__period=str(subject.period))
    by_staff: dict[int, list[SpotCheckItem]] = defaultdict(list)
    for item in items.select_related("log__client").order_by("pk"):
        by_staff[item.staff_id].append(item)
    own = by_staff.get(subject.staff.pk)
    if not own:
        return None
    prior = prior_of([(truth(found) * len(found), len(found)) for _staff, found in sorted(by_staff.items())])
    count = {outcome: sum(item.outcome == outcome for item in own) for outcome in Outcome.values}
    return Measured(
        numerator=permille(shrink(truth(own) * len(own), len(own), prior)),
        denominator=1000,
        trials=len(own) + prior.strength,
        facts={
            "checked": len(own),
            "true": count[Outcome.TRUE],
            "partly": count[Outcome.PARTLY],
            "false": count[Outcome.FALSE],
            "team_permille": permille(prior.share),
            "team_weight": prior.strength,
        },
        evidence=[
            Evidence(
                "servicedesk:log",
                {"pk": item.log_id},
                label=item.log.client.short_name,
                day=str(item.log.day),
                state=f"spot_{item.outcome}",
            )
            for item in sorted(own, key=lambda item: (item.outcome == Outcome.TRUE, item.pk))
        ],
    )


def truth(items: Iterable[SpotCheckItem]) -> Fraction:
    """Estimate the share of truth among all talks that could be drawn; differing in part counts half."""
    found = list(items)
    any_fault = weighted_share((item.chance, item.outcome in SpotCheckItem.FAULTS) for item in found)
    false = weighted_share((item.chance, item.outcome == Outcome.FALSE) for item in found)
    return 1 - ((any_fault or Fraction(0)) + (false or Fraction(0))) / 2
