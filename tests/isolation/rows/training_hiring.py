from tests.isolation.row import Row
from tests.training.making import make_candidate, scores
from training.hiring.rating import submit_rating
from training.models import Rating


def _candidate(c):
    return {"pk": make_candidate(c, by=c.administrator).pk}


def _decided(c):
    candidate = make_candidate(c, by=c.trainer)
    for rating in candidate.ratings.all():
        submit_rating(rating, scores(4))
    return {"pk": candidate.pk}


def _rating(c):
    others = [staff for staff in (c.manager, c.reviewer) if staff != c.visitor]
    raters = [c.visitor, others[0]] if c.visitor in (c.manager, c.reviewer, c.trainer) else others
    candidate = make_candidate(c, raters, by=c.administrator)
    return {"pk": (Rating.objects.filter(candidate=candidate, rater=c.visitor).first() or candidate.ratings.first()).pk}


ROWS = {
    "training:candidates": Row(),
    "training:candidate_new": Row(),
    "training:candidate": Row(args=_candidate),
    "training:candidate_phone": Row(args=_decided, method="post"),
    "training:rater_third": Row(args=_candidate),
    "training:rater_change": Row(args=_rating),
    "training:rate": Row(args=_rating),
    "training:fairness": Row(),
}
