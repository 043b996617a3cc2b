"""Pages of one agreement, below /engagements/<engagement_id>/agreement/."""

from django.urls import path

from driehoek.agreements.views import draft, goals, read, sign

app_name = "agreements"
urlpatterns = [
    path("", read.index, name="index"),
    path("goals/", goals.goals, name="goals"),
    path("goals/<int:number>/", goals.goal, name="goal"),
    path("goals/<int:number>/remove/", goals.remove, name="remove_goal"),
    path("goals/<int:number>/criterion/", goals.criterion, name="criterion"),
    path("goals/<int:number>/criterion/<uuid:criterion_id>/", goals.criterion, name="criterion"),
    path(
        "goals/<int:number>/criterion/<uuid:criterion_id>/remove/", goals.remove_one, name="remove_criterion"
    ),
    path("draft/", draft.asked, name="draft"),
    path("practical/", draft.practical, name="practical"),
    path("otherwise/", draft.otherwise, name="otherwise"),
    path("who-sees-what/", draft.disclosure, name="disclosure"),
    path("stumbling-blocks/", draft.stumbling_blocks, name="stumbling_blocks"),
    path("meeting/", draft.meeting, name="meeting"),
    path("offer/", sign.offer, name="offer"),
    path("sign/", sign.sign, name="sign"),
    path("decline/", sign.decline, name="decline"),
    path("withdraw/", sign.withdraw, name="withdraw"),
    path("version/<int:number>/", read.version, name="version"),
    path("version/<int:number>/pdf/", read.pdf, name="pdf"),
]
