"""What stands when nothing else does: no template, no session, no list of styles. The style is there if files are served."""

from datetime import datetime

from lodestar.design.when import clock

FAULT = """<!DOCTYPE html>
<html lang="en-GB" class="govuk-template">
<head>
<meta charset="utf-8">
<title>Something went wrong here - Lodestar</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/design/built/style.css">
</head>
<body class="govuk-template__body">
<header>
<div class="lode-mark-line"><div class="govuk-width-container"><p>OFFICIAL</p></div></div>
</header>
<div class="lode-bar" role="region" aria-label="Lodestar and quick hide"><div class="govuk-width-container">
<a class="lode-brand" href="/">Lodestar</a> <a class="lode-hide" href="/hide" rel="nofollow">Hide</a>
</div></div>
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main">
<h1 class="govuk-heading-l lode-h1">Something went wrong here</h1>
<p class="govuk-body">The fault is in Lodestar, not in what you did. If you had sent a form, look in My work when Lodestar
stands again: what you typed is kept there wherever it could be.</p>
<p class="govuk-body"><b>If someone needs help now, do not wait for this page.</b> In danger, ring
<a class="govuk-link" href="tel:999">999</a>. <a class="govuk-link" href="/ring">Who to ring</a></p>
<p class="govuk-body"><a class="govuk-link" href="/">Go to the start</a></p>
</main>
</div>
</body>
</html>
"""


def bare_clock(now: datetime) -> str:
    """A clock with nothing of Lodestar's in it, for whoever hides while Lodestar has failed."""
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Clock</title></head><body><main><h1>{clock(now)}</h1></main></body></html>
"""
