"""How a contact rule is said, and what may be left on a voicemail. Pure."""

from collections.abc import Mapping

CHANNELS: Mapping[str, str] = {
    "ring": "Ring",
    "text": "Text only",
    "email": "E-mail only",
    "letter": "Letter only",
    "through": "Only through someone they named",
    "none": "Please do not contact me",
}
NO_CONTACT = "none"
NEUTRAL = "“Please ring back when you can.” Give a first name. Never say police, a case, or why."
VOICEMAIL = {True: f"Voicemail: only {NEUTRAL}", False: "No voicemail", None: "Voicemail not asked: leave none"}


def limits_words(channel: str, times: str, voicemail: bool | None, language: str) -> str:
    """What must be known before ringing or writing: the channel, the times, voicemail and language; never the way itself."""
    if channel == NO_CONTACT:
        return "They asked: please do not contact me"
    parts = [CHANNELS[channel], times.strip(), f"In {language.strip()}" if language.strip() else ""]
    parts += [VOICEMAIL[voicemail]] if channel == "ring" else []
    return ". ".join(part.rstrip(".") for part in parts if part)
