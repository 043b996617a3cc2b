from django.urls import path

from driehoek.files import views

app_name = "files"
urlpatterns = [
    path("pair/", views.pair, name="pair"),
    path("pair/add/", views.add_pair, name="add_pair"),
    path("pair/<uuid:file_id>/", views.fetch_pair, name="fetch_pair"),
    path("pair/<uuid:file_id>/take-away/", views.take_away_pair, name="take_away_pair"),
    path("everyone/", views.everyone, name="everyone"),
    path("everyone/add/", views.add_everyone, name="add_everyone"),
    path("everyone/<uuid:file_id>/", views.fetch_everyone, name="fetch_everyone"),
    path("everyone/<uuid:file_id>/take-away/", views.take_away_everyone, name="take_away_everyone"),
]
