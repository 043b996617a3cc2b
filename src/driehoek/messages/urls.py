from django.urls import path

from driehoek.messages import views

app_name = "messages"
urlpatterns = [
    path("pair/", views.pair, name="pair"),
    path("pair/write/", views.write_pair, name="write_pair"),
    path("everyone/", views.everyone, name="everyone"),
    path("everyone/write/", views.write_everyone, name="write_everyone"),
]
