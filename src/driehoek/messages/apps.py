from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "driehoek.messages"
    label = "threads"  # Django has an app called messages
