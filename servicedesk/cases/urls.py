from django.urls import path

from . import poster_views, public_views, views, writing_views

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/new/", writing_views.case_new, name="case_new"),
    path("cases/posters/", poster_views.case_posters, name="case_posters"),
    path("cases/posters/<int:pk>/", poster_views.case_poster, name="case_poster"),
    path("cases/of-worker/<int:pk>/", views.cases_of_worker, name="cases_of_worker"),
    path("cases/<int:pk>/", views.case, name="case"),
    path("cases/<int:pk>/answer/", views.case_answer, name="case_answer"),
    path("cases/<int:pk>/note/", views.case_note, name="case_note"),
    path("cases/<int:pk>/state/", views.case_move, name="case_move"),
    path("cases/<int:pk>/hand-over/", views.case_hand_over, name="case_hand_over"),
    path("cases/<int:pk>/head-office/", views.case_keep, name="case_keep"),
    path("cases/<int:pk>/join/", views.case_join, name="case_join"),
    path("cases/<int:pk>/phone/", views.case_phone, name="case_phone"),
    path("ask/<str:token>/", public_views.ask, name="ask"),
    path("tell/<str:token>/", public_views.ask_poster, name="ask_poster"),
    path("follow/<str:token>/", public_views.follow, name="follow"),
]
