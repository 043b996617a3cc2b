"""Pages of the small experiments."""

from django.urls import path

from driehoek.experiments import views

app_name = "experiments"

urlpatterns = [
    path("", views.plans, name="plans"),
    path("plan/<slug:kind>/", views.begin, name="plan"),
    path("plan/<slug:kind>/calendar/", views.calendar, name="calendar"),
    path("<uuid:experiment_id>/", views.show, name="show"),
    path("<uuid:experiment_id>/stop/", views.stop, name="stop"),
    path("<uuid:experiment_id>/go-on/", views.go_on, name="go_on"),
    path("<uuid:experiment_id>/throw-away/", views.throw_away, name="throw_away"),
]
