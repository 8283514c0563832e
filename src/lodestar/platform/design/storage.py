"""Where `collectstatic` puts styles and scripts: under names made of their content, each with a gzipped twin."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class GzippedStaticFiles(CompressedManifestStaticFilesStorage):
    """Compresses when files are gathered, never while serving, and with gzip only.

    WhiteNoise would also use Brotli wherever something else installed it: a minute of work for a few kilobytes.
    """

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(**options | {"use_brotli": False})
