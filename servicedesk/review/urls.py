from django.urls import path

from . import views

urlpatterns = [
    path("spot-checks/", views.spot_checks, name="spot_checks"),
    path("spot-checks/draw/", views.spot_check_draw, name="spot_check_draw"),
    path("spot-checks/<int:pk>/", views.spot_check, name="spot_check"),
    path("spot-checks/<int:pk>/proof/", views.spot_check_proof, name="spot_check_proof"),
    path("findings/<int:pk>/", views.finding, name="finding"),
]
