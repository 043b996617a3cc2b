from django.urls import path

from driehoek.reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.index, name="index"),
    path("at-work/", views.at_work, name="at_work"),
    path("change-agreement/", views.amend, name="amend"),
    path("after-going-live/", views.checks, name="checks"),
    path("after-going-live/<slug:review>/", views.check, name="check"),
    path("after-going-live/<slug:review>/conclusion/", views.conclusion, name="conclusion"),
    path("<slug:review>/", views.review, name="review"),
    path("<slug:review>/how-far/", views.along, name="along"),
]
