"""A request that ends before its length is no request: half a form is not recorded as a whole one."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError
from django.test import RequestFactory

from lodestar.web.middleware import whole_requests

BODY = b"narrative=He+said+that+he+sleeps+in+the+van"
PARTS = b'--x\r\nContent-Disposition: form-data; name="narrative"\r\n\r\nHe said that\r\n--x--\r\n'


KINDS = {"application/x-www-form-urlencoded": BODY, "multipart/form-data; boundary=x": PARTS}


@pytest.mark.parametrize(("kind", "body"), KINDS.items(), ids=["fields", "parts"])
def test_a_body_is_whole_or_refused(kind, body):
    fields = []
    application = whole_requests(lambda environ, _: [fields.append(WSGIRequest(environ).POST["narrative"])])
    environ = RequestFactory()._base_environ(REQUEST_METHOD="POST", CONTENT_TYPE=kind, CONTENT_LENGTH=str(len(body)))
    application({**environ, "wsgi.input": io.BytesIO(body)}, lambda *_: None)
    assert fields[0].startswith("He said that")
    for end in (0, 20, len(body) - 1):
        with pytest.raises(UnreadablePostError):
            application({**environ, "wsgi.input": io.BytesIO(body[:end])}, lambda *_: None)
