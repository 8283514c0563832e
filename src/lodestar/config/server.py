"""What gunicorn is told besides its command line: an answer does not name it, and its log tells no words of a visitor's."""

from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http import wsgi

from lodestar.config.logs import WithoutWords

worker_connections = 300  # at once in each process: below the 1,024 files that a process may open
control_socket_disable = True  # nobody steers it but by signals, and it leaves no file in anyone's home


class _Nameless(wsgi.Response):
    def default_headers(self) -> list[str]:
        """The headers that the server adds, without its own name."""
        return [line for line in super().default_headers() if not line.startswith("Server:")]


class logger_class(Logger):  # its settings have small letters
    """Says that a request could not be read and from where, not what stood in it: that may be the end of a form."""

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """A warning, up to where a visitor's words begin."""
        if msg.startswith("Invalid request from ip="):
            msg = msg.partition(": ")[0]
        super().warning(msg, *args, **kwargs)

    def setup(self, cfg: Any) -> None:
        """Faults are told as in the log of the application."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(WithoutWords("%(asctime)s %(levelname)s gunicorn %(message)s"))


wsgi.Response = _Nameless
