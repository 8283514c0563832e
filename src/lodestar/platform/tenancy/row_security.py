"""The migration operations that put a table behind the wall: composite keys, row-level security, and its indexes."""

from typing import Any

from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.models import ForeignKey

from lodestar.platform.tenancy.roles import AGGREGATE, APP, FINDER, READER

VISIBLE = "tenant = (select nullif(current_setting('lodestar.tenant', true), ''))"


def _composite_keys(model: Any) -> list[tuple[str, str, str]]:
    """(column, table referred to, constraint name) of each reference to another row of the same tenant."""
    keys = []
    for field in model._meta.local_fields:
        if not isinstance(field, ForeignKey):
            continue
        other = field.remote_field.model
        if any(f.name == "tenant" for f in other._meta.local_fields):
            keys.append((field.column, other._meta.db_table, f"{model._meta.db_table}_{field.column}_same_tenant"[:63]))
    return keys


def wall_sql(model: Any, *, also_visible: str = "") -> list[str]:
    """The statements that put `model`'s table behind the wall."""
    table = model._meta.db_table
    visible = f"({VISIBLE} or {also_visible})" if also_visible else VISIBLE
    statements = [
        f'alter table "{table}" add constraint "{table}_tenant_id_key" unique (tenant, id)',
        f'alter table "{table}" add constraint "{table}_tenant_exists" foreign key (tenant) references tenancy_tenant (slug)',
    ]
    statements += [
        f'alter table "{table}" add constraint "{name}" foreign key (tenant, "{column}")'
        f' references "{other}" (tenant, id) deferrable initially deferred'
        for column, other, name in _composite_keys(model)
    ]
    return [
        *statements,
        f'alter table "{table}" enable row level security',
        f'alter table "{table}" force row level security',
        f'create policy "{table}_wall" on "{table}" for all to {APP}, {READER} using ({visible}) with check ({VISIBLE})',
        # The owner migrates rows of every tenant; it serves nobody.
        f'create policy "{table}_owner" on "{table}" for all to current_user using (true) with check (true)',
        f'grant select on "{table}" to {FINDER}, {READER}',
    ]


class Wall(Operation):
    """Puts a new model's table behind the wall. Every model with a tenant needs one (an architecture test looks).

    `rights` are what the application may do with its rows, in SQL's words (`select, insert, update (state)`); without
    them it may do anything. `append_only` rows are read and added, never changed or removed.
    """

    reduces_to_sql = True
    reversible = False
    category = OperationCategory.SQL

    def __init__(self, model_name: str, *, also_visible: str = "", append_only: bool = False, rights: str = "") -> None:
        self.model_name = model_name
        self.also_visible = also_visible
        self.append_only = append_only
        self.rights = "select, insert" if append_only else rights

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The wall changes nothing that Django knows of."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for statement in wall_sql(model, also_visible=self.also_visible):
            schema_editor.execute(statement)
        if self.rights:
            table = model._meta.db_table
            schema_editor.execute(f'revoke all on "{table}" from {APP}')
            schema_editor.execute(f'grant {self.rights} on "{table}" to {APP}')


class ShownToPolicingBody(Operation):
    """Lets the local policing body's role read these columns of a table, of its tenant alone; with `adds` it adds rows to it."""

    reduces_to_sql = True
    reversible = False
    category = OperationCategory.SQL

    def __init__(self, table: str, columns: str = "", *, adds: bool = False) -> None:
        self.table, self.columns, self.adds = table, columns, adds

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Changes nothing that Django knows of."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(
            f'create policy "{self.table}_aggregate" on "{self.table}" for all to {AGGREGATE}'
            f" using ({VISIBLE}) with check ({VISIBLE})"
        )
        if self.columns:
            schema_editor.execute(f'grant select ({self.columns}) on "{self.table}" to {AGGREGATE}')
        if self.adds:
            schema_editor.execute(f'grant insert on "{self.table}" to {AGGREGATE}')
