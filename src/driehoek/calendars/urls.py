from django.urls import path

from driehoek.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.show, name="show"),
    path("renew/", views.renew, name="renew"),
    path("switch-off/", views.switch_off, name="switch_off"),
    path("connect/", views.connect, name="connect"),
    path("choose/", views.choose, name="choose"),
    path("password/", views.password, name="password"),
    path("look/", views.look, name="look"),
    path("disconnect/", views.disconnect, name="disconnect"),
    path("<str:secret>.ics", views.feed, name="feed"),
]
