"""Section 45 of the Modern Slavery Act 2015 as its pages show it."""

from lodestar.section45.presenters.offences import codes_of as codes_of
from lodestar.section45.presenters.offences import listed as listed
from lodestar.section45.presenters.offences import theirs as theirs
from lodestar.section45.presenters.question import acts as acts
from lodestar.section45.presenters.question import earlier as earlier
from lodestar.section45.presenters.question import told_words as told_words
from lodestar.section45.presenters.records import about as about
from lodestar.section45.presenters.records import shown_record as shown_record
from lodestar.section45.presenters.records import status as status
from lodestar.section45.presenters.records import turns as turns
