"""What the web server serves: nothing, if the wall between forces would not hold."""

import os

from django.core.wsgi import get_wsgi_application

from lodestar.config import checks, memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lodestar.config.settings")
application = get_wsgi_application()
checks.refuse_unfit()
memory.look_seldom()
