from django.urls import path

from driehoek.availability import views

app_name = "availability"
urlpatterns = [
    path("", views.hours, name="hours"),
    path("other-days/", views.other_days, name="other_days"),
    path("other-days/<uuid:part_id>/remove/", views.remove_other_days, name="remove_other_days"),
]
