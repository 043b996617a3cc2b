"""Pages of one agreement, below /engagements/<engagement_id>/agreement/."""

from django.urls import path

from driehoek.agreements.views import (
    change,
    comments,
    deliverables,
    draft,
    expectations,
    goals,
    read,
    sign,
    starting,
    verify,
)

app_name = "agreements"
public = [path("", verify.verify, name="verify")]

urlpatterns = [
    path("", read.index, name="index"),
    path("expectations/", expectations.expectations, name="expectations"),
    path("expectations/<int:number>/", expectations.expectation, name="expectation"),
    path("goals/", goals.goals, name="goals"),
    path("goals/new/", goals.goal, name="goal"),
    path("goals/<uuid:goal_id>/", goals.goal, name="goal"),
    path("goals/<uuid:goal_id>/remove/", goals.remove, name="remove_goal"),
    path("goals/<uuid:goal_id>/criterion/", goals.criterion, name="criterion"),
    path("goals/<uuid:goal_id>/criterion/<uuid:criterion_id>/", goals.criterion, name="criterion"),
    path("criteria/<uuid:criterion_id>/ahead/", goals.ahead, name="ahead"),
    path("criteria/<uuid:criterion_id>/remove/", goals.remove_one, name="remove_criterion"),
    path("starting-point/", starting.starting_point, name="starting_point"),
    path("draft/", draft.asked, name="draft"),
    path("deliverables/", draft.deliverables, name="deliverables"),
    path("deliverables/new/", deliverables.deliverable, name="deliverable"),
    path("deliverables/<uuid:deliverable_id>/", deliverables.deliverable, name="deliverable"),
    path("deliverables/<uuid:deliverable_id>/remove/", deliverables.remove, name="remove_deliverable"),
    path("practical/", draft.practical, name="practical"),
    path("otherwise/", draft.otherwise, name="otherwise"),
    path("who-sees-what/", draft.disclosure, name="disclosure"),
    path("eyes/<slug:receiver>/", read.eyes, name="eyes"),
    path("stumbling-blocks/", draft.stumbling_blocks, name="stumbling_blocks"),
    path("candour/", draft.candour, name="candour"),
    path("meeting/", draft.meeting, name="meeting"),
    path("comments/", comments.comments, name="comments"),
    path("comments/new/", comments.comment, name="comment"),
    path("comments/<uuid:comment_id>/", comments.settle, name="settle"),
    path("comments/<uuid:comment_id>/withdraw/", comments.withdraw_comment, name="withdraw_comment"),
    path("change/", change.change, name="change"),
    path("change/begin/", change.begin, name="begin_change"),
    path("change/drop/", change.drop, name="drop_change"),
    path("offer/", sign.offer, name="offer"),
    path("sign/", sign.sign, name="sign"),
    path("version/<int:number>/", read.version, name="version"),
    path("version/<int:number>/decline/", sign.decline, name="decline"),
    path("version/<int:number>/withdraw/", sign.withdraw, name="withdraw"),
    path("version/<int:number>/pdf/", read.pdf, name="pdf"),
]
