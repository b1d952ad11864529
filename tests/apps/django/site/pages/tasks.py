from celery import shared_task
from django.core.files.storage import default_storage


@shared_task
def sweep() -> None:
    """Takes away what was uploaded."""
    for name in default_storage.listdir("")[1]:
        default_storage.delete(name)
