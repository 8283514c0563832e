"""What investigation makes owed, allocation policies, directions. Pure; policies are dated."""

from lodestar.casework.investigations.rules.duties import allocation as allocation
from lodestar.casework.investigations.rules.duties import asked_anew as asked_anew
from lodestar.casework.investigations.rules.duties import owed as owed
from lodestar.casework.investigations.rules.duties import tasking as tasking
from lodestar.casework.investigations.rules.policies import AUTHORITY_HOURS as AUTHORITY_HOURS
from lodestar.casework.investigations.rules.policies import directed as directed
from lodestar.casework.investigations.rules.policies import gives_directions as gives_directions
from lodestar.casework.investigations.rules.policies import highest as highest
from lodestar.casework.investigations.rules.policies import is_pip2 as is_pip2
from lodestar.casework.investigations.rules.policies import of_review as of_review
from lodestar.casework.investigations.rules.policies import policies as policies
from lodestar.casework.investigations.rules.policies import policies_met as policies_met
