from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "driehoek.kit"
