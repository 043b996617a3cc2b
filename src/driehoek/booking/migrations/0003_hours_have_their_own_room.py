"""When somebody can be booked is kept by the room of availability; the tables go there as they stand."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("booking", "0002_clock_of_a_person")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("bookable", "availability_bookable"),
                migrations.AlterModelTable("part", "availability_part"),
            ],
            state_operations=[migrations.DeleteModel("part"), migrations.DeleteModel("bookable")],
        )
    ]
