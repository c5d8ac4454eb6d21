import pytest
from django.urls import reverse

from agency.models import BusinessEvent
from agency.tenancy.context import tenant
from tests.training.making import make_candidate, scores
from training.hiring.models import Candidate, Rating
from training.hiring.rating import submit_rating


@pytest.fixture
def candidate(cast):
    with tenant(cast.ours.agency):
        return make_candidate(cast.ours)


def rating_of(cast, role):
    with tenant(cast.ours.agency):
        return Rating.objects.get(rater=cast.ours.staff[role])


def test_the_trainer_enters_a_candidate(cast, sign_in):
    data = {
        "name": "顾晓", "phone": "13812345678", "education": "junior_college", "gender": "unsaid",
        "applied_on": "2026-11-20", "raters": [cast.ours.manager.pk, cast.ours.reviewer.pk],
    }  # fmt: skip
    browser = sign_in(cast.ours.trainer)
    assert (
        "选 2 个不同的人"
        in browser.post(reverse("training:candidate_new"), data | {"raters": [cast.ours.manager.pk]}).content.decode()
    )
    assert browser.post(reverse("training:candidate_new"), data).status_code == 302
    assert "顾晓" in browser.get(reverse("training:candidates")).content.decode()


def test_less_than_junior_college_cannot_be_entered(cast, sign_in):
    page = sign_in(cast.ours.trainer).get(reverse("training:candidate_new")).content.decode()
    assert 'value="junior_college"' in page and "高中" not in page
    answer = sign_in(cast.ours.trainer).post(reverse("training:candidate_new"), {"education": "high_school"})
    assert answer.status_code == 422


def test_the_rating_form_shows_anchors_and_preselects_nothing(cast, candidate, sign_in):
    page = (
        sign_in(cast.ours.reviewer)
        .get(reverse("training:rate", args=[rating_of(cast, "reviewer").pk]))
        .content.decode()
    )
    assert page.count('type="radio"') >= 25 and "打官腔" in page
    main = page[page.index('<form class="stack rating-form"') : page.index("</form>", page.index("rating-form"))]
    assert "checked" not in main


def test_rating_over_http_and_then_seeing_the_other(cast, candidate, sign_in):
    with tenant(cast.ours.agency):
        submit_rating(rating_of(cast, "manager"), scores(5), "三句话讲明白了")
    url = reverse("training:rate", args=[rating_of(cast, "reviewer").pk])
    browser = sign_in(cast.ours.reviewer)
    assert "三句话讲明白了" not in browser.get(url).content.decode()
    assert browser.post(url, scores(4)).status_code == 422
    assert browser.post(url, scores(4) | {"remarks": "讲得清楚"}).status_code == 302
    assert "三句话讲明白了" in browser.get(url).content.decode()


def test_a_rating_of_somebody_else_is_not_there(cast, candidate, sign_in):
    assert (
        sign_in(cast.ours.manager).get(reverse("training:rate", args=[rating_of(cast, "reviewer").pk])).status_code
        == 404
    )


def test_the_outcome_page_shows_figures_and_the_rule(cast, candidate, sign_in):
    with tenant(cast.ours.agency):
        for rating in candidate.ratings.all():
            submit_rating(rating, scores(2, 4, 4, 4, 5))
    page = sign_in(cast.ours.manager).get(reverse("training:candidate", args=[candidate.pk])).content.decode()
    assert "不合适" in page and "低于底线" in page and "规则 2026-1" in page and "3.8" in page
    assert "女" not in page[page.index("<main") :]


def test_until_the_outcome_the_page_shows_no_rating(cast, candidate, sign_in):
    with tenant(cast.ours.agency):
        submit_rating(rating_of(cast, "manager"), scores(5), "三句话讲明白了")
    page = sign_in(cast.ours.trainer).get(reverse("training:candidate", args=[candidate.pk])).content.decode()
    assert "三句话讲明白了" not in page and "两份评分都交了才出结果" in page


def test_a_third_rater_is_asked_over_http(cast, sign_in):
    with tenant(cast.ours.agency):
        candidate = make_candidate(cast.ours, by=cast.ours.administrator)
        for rating, value in zip(candidate.ratings.order_by("pk"), (2, 4), strict=True):
            submit_rating(rating, scores(value))
    browser = sign_in(cast.ours.trainer)
    assert "请第三个人评" in browser.get(reverse("training:candidate", args=[candidate.pk])).content.decode()
    url = reverse("training:rater_third", args=[candidate.pk])
    assert browser.post(url, {"rater": cast.ours.trainer.pk}).status_code == 302
    with tenant(cast.ours.agency):
        assert candidate.ratings.count() == 3


def test_the_list_takes_few_queries_however_many_candidates(cast, sign_in, django_assert_max_num_queries):
    with tenant(cast.ours.agency):
        for _ in range(12):
            make_candidate(cast.ours)
        assert Candidate.objects.count() == 12
    browser = sign_in(cast.ours.trainer)
    browser.get(reverse("training:candidates"))
    with django_assert_max_num_queries(22):
        browser.get(reverse("training:candidates"))


def test_the_phone_is_masked_and_looking_is_kept(cast, candidate, sign_in):
    browser = sign_in(cast.ours.trainer)
    page = browser.get(reverse("training:candidate", args=[candidate.pk])).content.decode()
    assert "138****5678" in page and "13812345678" not in page
    url = reverse("training:candidate_phone", args=[candidate.pk])
    assert "13812345678" in browser.post(url).content.decode()
    with tenant(cast.ours.agency):
        assert BusinessEvent.objects.filter(name="privacy.candidate_phone.revealed").count() == 1
    assert sign_in(cast.ours.manager).post(url).status_code == 404
