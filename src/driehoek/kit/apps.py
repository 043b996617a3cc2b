from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "driehoek.kit"

    def ready(self) -> None:
        """An empty field says what to do, also in a form that has no sentence of its own for it.

        The framework's "This field is required." tells nobody that. Each kind of field inherits from these.
        """
        forms.Field.default_error_messages = {"required": _("Type something here.")}
        for field, words in (
            (forms.ChoiceField, _("Choose one of these.")),
            (forms.MultipleChoiceField, _("Choose at least one of these.")),
            (forms.BooleanField, _("Tick this to go on.")),
            (forms.DateField, _("Choose a day.")),
            (forms.TimeField, _("Write a time, such as 10:30.")),
            (forms.DecimalField, _("Write a number in figures, such as 12.5.")),
            (forms.IntegerField, _("Write a whole number in figures.")),
            (forms.FileField, _("Choose a file.")),
        ):
            own = field.__dict__.get("default_error_messages", {})
            field.default_error_messages = {**own, "required": words}
