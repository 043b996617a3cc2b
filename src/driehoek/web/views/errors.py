"""Pages for what cannot be shown, and for forms that came too late."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.translation import gettext as _

from driehoek.web.middleware import keep, own_origin, sign_in_for, typist_of


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = ""
    if isinstance(exception, RequestDataTooBig):
        reason = _("This is more than can be sent at once: at most 12 MB. Go back, and send it in parts.")
    elif isinstance(exception, (TooManyFieldsSent, TooManyFilesSent)):
        reason = _("This form has more fields than can be sent at once. Go back, and send it in parts.")
    return render(request, "400.html", {"reason": reason}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Somebody with a place here who may not do this, or not now: the reason is theirs to know."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Without context: whatever broke may break again."""
    return HttpResponseServerError(loader.get_template("500.html").render())


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with an old token: mostly another tab, in which somebody signed in meanwhile."""
    person = typist_of(request) if own_origin(request) else None
    if person is None:
        words = _(
            "This form is too old, or it came from another site. Open the page again and send it once more."
        )
        return render(request, "403.html", {"reason": words}, status=403)
    kept = keep(request, person)  # a signed-in somebody else was turned away before this
    if request.user.is_authenticated:
        return redirect("kept", kept.pk)
    return sign_in_for(request, kept)
