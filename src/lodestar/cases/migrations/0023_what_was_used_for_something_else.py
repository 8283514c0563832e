"""What something about a person is used for, and that it was used outside the purpose for which it was recorded."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import AddConstraint, AddIndex, CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0022_addresses_told_stand_with_the_person'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name='Crossing',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('recorded_for', models.CharField(max_length=16)),
                ('used_for', models.CharField(max_length=16)),
                ('recipient', models.CharField(max_length=120)),
                ('power', models.CharField(max_length=120)),
                ('reason', lodestar.tenancy.fields.SealedTextField()),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='addresstelling',
            name='crossing',
            field=lodestar.tenancy.fields.SealedTextField(blank=True, default=b''),
        ),
        migrations.AddField(
            model_name='addresstelling',
            name='use',
            field=models.CharField(blank=True, db_default='', default='', max_length=16),
        ),
        AddConstraint(
            model_name='addresstelling',
            constraint=models.CheckConstraint(condition=models.Q(('use__in', ['', 'support', 'safeguarding', 'investigation', 'prosecution', 'immigration', 'other'])), name='address_telling_use_known'),
        ),
        migrations.AddField(
            model_name='crossing',
            name='person',
            field=lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.person'),
        ),
        migrations.AddField(
            model_name='crossing',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        AddIndex(
            model_name='crossing',
            index=models.Index(fields=['tenant', '-happened_at', '-id'], name='crossing_latest'),
        ),
        AddIndex(
            model_name='crossing',
            index=models.Index(fields=['tenant', 'person', '-happened_at'], name='crossing_person'),
        ),
        AddConstraint(
            model_name='crossing',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_for__in', ('support', 'safeguarding', 'law_enforcement')), ('used_for__in', ('support', 'safeguarding', 'investigation', 'prosecution', 'immigration', 'other'))), name='crossing_purposes_known'),
        ),
        AddConstraint(
            model_name='crossing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recipient', ''), _negated=True), models.Q(('power', ''), _negated=True)), name='crossing_says_to_whom_and_by_what'),
        ),
        Wall("Crossing", append_only=True),
    ]
