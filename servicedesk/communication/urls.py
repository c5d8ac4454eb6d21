from django.urls import path

from . import public_views, reading_views, writing_views

urlpatterns = [
    path("talks/", reading_views.logs, name="logs"),
    path("talks/new/", writing_views.log_new, name="log_new"),
    path("talks/new/people/", writing_views.log_people, name="log_people"),
    path("talks/whom/", reading_views.whom, name="whom"),
    path("talks/doubts/", reading_views.doubts, name="doubts"),
    path("talks/<int:pk>/", reading_views.log, name="log"),
    path("talks/<int:pk>/saved/", writing_views.log_saved, name="log_saved"),
    path("talks/<int:pk>/answers/", writing_views.log_answers, name="log_answers"),
    path("talks/<int:pk>/words/", writing_views.log_amend, name="log_amend"),
    path("talks/<int:pk>/follow-up/", writing_views.log_followed_up, name="log_followed_up"),
    path("c/<str:token>/", public_views.confirm, name="confirm"),
    path("c/<str:token>/<str:grip>/", public_views.confirm_thanks, name="confirm_thanks"),
]
