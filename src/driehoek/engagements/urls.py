from django.urls import path

from driehoek.engagements.views import index, invitations, leaving, members, parties

app_name = "engagements"
IN = "engagements/<uuid:engagement_id>/"
urlpatterns = [
    path("engagements/", index.index, name="index"),
    path("engagements/new/", index.new, name="new"),
    path(f"{IN}parties/", parties.parties, name="parties"),
    path(f"{IN}name/", parties.name, name="name"),
    path(f"{IN}parties/<uuid:party_id>/send-again/", parties.send_invitation_again, name="send_again"),
    path(f"{IN}parties/<uuid:party_id>/withdraw/", parties.withdraw, name="withdraw"),
    path(f"{IN}drop/", leaving.drop, name="drop"),
    path(f"{IN}looks/", parties.looks, name="looks"),
    path(
        "organisation/<uuid:organisation_id>/members/<uuid:member_id>/remove/",
        members.remove_member,
        name="remove_member",
    ),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("invitations/<uuid:party_id>/", invitations.answer, name="answer_invitation"),
    path("invitations/<uuid:party_id>/decline/", invitations.decline, name="decline_invitation"),
    path("invitations/<uuid:party_id>/step-out/", leaving.step_out, name="step_out"),
]
