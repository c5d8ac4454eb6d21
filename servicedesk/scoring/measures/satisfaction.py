"""What workers and contacts say when they confirm a talk: three faces, drawn towards the team's mean."""

from fractions import Fraction

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from servicedesk.models import CommunicationLog, Confirmation
from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure
from servicedesk.scoring.measures.talks import talks_of
from servicedesk.scoring.shrinking import permille, prior_of, shrink

LOWEST, HIGHEST = Confirmation.Rating.BAD, Confirmation.Rating.GOOD


@measure(
    "satisfaction",
    says=_("%(ratings)d ratings: %(good)d very good, %(fair)d all right, %(bad)d not good."),
    absent=_("Too few ratings this month to judge by."),
    raises=_("Better ratings from those you talked with"),
)
def satisfaction(subject: Subject) -> Measured | None:
    """Average the ratings as a share between worst and best; fewer than `least` are left out."""
    logs = CommunicationLog.objects.of_period(subject.period).order_by().values("staff")
    sums = logs.annotate(sum=Sum("confirmations__rating"), count=Count("confirmations__rating")).filter(count__gt=0)
    share = {row["staff"]: (_share(row["sum"], row["count"]) * row["count"], row["count"]) for row in sums}
    good, count = share.get(subject.staff.pk, (Fraction(0), 0))
    if count < subject.params["least"]:
        return None
    prior = prior_of([share[staff] for staff in sorted(share)])
    own = Confirmation.objects.filter(log__in=talks_of(subject)).exclude(rating=None)
    tally = dict(own.order_by().values_list("rating").annotate(count=Count("pk")))
    low = own.filter(rating=LOWEST).select_related("log__client").order_by("log__day", "pk")
    return Measured(
        numerator=permille(shrink(good, count, prior)),
        denominator=1000,
        trials=count + prior.strength,
        facts={
            "ratings": count,
            "good": tally.get(3, 0),
            "fair": tally.get(2, 0),
            "bad": tally.get(1, 0),
            "team_permille": permille(prior.share),
            "team_weight": prior.strength,
        },
        evidence=[
            Evidence(
                "servicedesk:log",
                {"pk": answer.log_id},
                label=answer.log.client.short_name,
                day=str(answer.log.day),
                state="bad_rating",
            )
            for answer in low
        ],
    )


def _share(total: int, count: int) -> Fraction:
    return Fraction(total - LOWEST * count, (HIGHEST - LOWEST) * count)
