"""What is sent to the library: a manifest, a document with what is said of it, a step of a version, words."""

from lodestar.guidance.forms.manifest import Manifest, NotAManifest, Row, read_manifest
from lodestar.guidance.forms.rows import Rows

__all__ = ["Manifest", "NotAManifest", "Row", "Rows", "read_manifest"]
