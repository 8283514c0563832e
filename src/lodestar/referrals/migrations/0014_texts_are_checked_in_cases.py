"""What may stay in a text is decided for every text that leaves (`cases.RedactionDecision`), no longer place by place."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("referrals", "0013_states_of_a_team"), ("cases", "0033_texts_checked_before_they_leave")]

    operations = [migrations.DeleteModel("Stays")]
