"""What the web server serves: nothing, if the wall between forces would not hold."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from lodestar.config import checks, memory
from lodestar.web.middleware import whole_requests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lodestar.config.settings")
application = whole_requests(get_wsgi_application())
_ = get_resolver().url_patterns  # reads every page's code now, or the first visitor of each process waits for it
checks.refuse_unfit()
memory.look_seldom()
