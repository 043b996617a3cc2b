from django.urls import path

from driehoek.aids import views

app_name = "aids"
urlpatterns = [
    path("scales/", views.scales, name="scales"),
    path("scales/new/", views.scale, name="scale"),
    path("scales/<uuid:scale_id>/", views.scale, name="scale"),
    path("scales/<uuid:scale_id>/remove/", views.remove_scale, name="remove_scale"),
    path("people/", views.people_map, name="map"),
    path("people/new/", views.stakeholder, name="stakeholder"),
    path("people/<uuid:stakeholder_id>/", views.stakeholder, name="stakeholder"),
    path("people/<uuid:stakeholder_id>/remove/", views.remove_stakeholder, name="remove_stakeholder"),
]
