from django.urls import path

from driehoek.booking import views

app_name = "booking"
urlpatterns = [
    path("", views.hours, name="hours"),
    path("other-days/", views.other_days, name="other_days"),
    path("other-days/<uuid:part_id>/remove/", views.remove_other_days, name="remove_other_days"),
]
book_patterns = [
    path("", views.choose, name="choose"),
    path("clock/", views.own_clock, name="clock"),
    path("at/<str:at>/", views.confirm, name="confirm"),
    path("<int:number>/", views.choose_other, name="choose_other"),
    path("<int:number>/at/<str:at>/", views.confirm_move, name="confirm_move"),
]
