from django.urls import path

from driehoek.booking.views import choosing, meetings

app_name = "book"
urlpatterns = [
    path("", choosing.choose, name="choose"),
    path("clock/", choosing.own_clock, name="clock"),
    path("at/<str:at>/", choosing.confirm, name="confirm"),
    path("<int:number>/", choosing.choose_other, name="choose_other"),
    path("<int:number>/at/<str:at>/", choosing.confirm_move, name="confirm_move"),
    path("meeting/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("acquaintance/", meetings.choose_acquaintance, name="choose_acquaintance"),
    path("acquaintance/at/<str:at>/", meetings.confirm_acquaintance, name="confirm_acquaintance"),
    path("acquaintance/cancel/", meetings.cancel_acquaintance, name="cancel_acquaintance"),
    path("three-way/", meetings.three_way, name="three_way"),
    path("three-way/moments/", meetings.choose_three_way, name="choose_three_way"),
    path("three-way/at/<str:at>/", meetings.confirm_three_way, name="confirm_three_way"),
    path("three-way/cancel/", meetings.cancel_three_way, name="cancel_three_way"),
]
