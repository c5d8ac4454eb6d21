import datetime as dt

from clients.enterprises.headcount import Headcount, headcounts, headcounts_by_site
from tests.cast import hire
from workers.models import Placement


def test_who_is_there_who_came_and_who_went_this_month(ours):
    second, third, fourth = (hire(name, 40 + n, ours.client, ours.site, ours.post) for n, name in enumerate("甲乙丙"))
    Placement.objects.filter(worker=second).update(valid_from=dt.date(2026, 11, 2))
    Placement.objects.filter(worker=third).update(valid_to=dt.date(2026, 11, 11))
    Placement.objects.filter(worker=fourth).update(valid_from=dt.date(2026, 12, 1))
    on = dt.date(2026, 11, 23)
    assert headcounts([ours.client.pk, ours.other_client.pk], on) == {
        ours.client.pk: Headcount(now=2, came=1, went=1),
        ours.other_client.pk: Headcount(now=1, came=0, went=0),
    }
    assert headcounts_by_site(ours.client.pk, on) == {ours.site.pk: 2}
