from django.urls import path

from driehoek.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.show, name="show"),
    path("renew/", views.renew, name="renew"),
    path("switch-off/", views.switch_off, name="switch_off"),
    path("<str:secret>.ics", views.feed, name="feed"),
]
