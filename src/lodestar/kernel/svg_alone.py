"""A drawing (SVG) without what programs wrote into it, what runs, and what would be fetched from elsewhere."""

import base64
import re
from collections.abc import Callable
from typing import Any

from lxml import etree

_SVG, _HREF = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_SPACES = frozenset({"", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"})
_GONE = frozenset({"metadata", "title", "desc", "script", "foreignObject", "handler", "listener", "iframe", "audio", "video",
                   "set", "animate", "animateTransform", "animateMotion"})  # fmt: skip
_FETCHES = re.compile(r"@import\b[^;]*;?|url\((?!\s{0,9}[\"']?#)[^)]*\)?|image-set\([^)]*\)?", re.IGNORECASE)
_WITHIN = re.compile(r"data:(image/(?:png|jpe?g|gif));base64,", re.IGNORECASE)


def drawing(found: bytes, picture: Callable[[bytes], bytes]) -> bytes:
    """The drawing as it is seen. `picture`: cleans one that stands in it. Raises ValueError, or what lxml raises."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    tree = etree.fromstring(found, parser)
    types = tree.getroottree().docinfo.internalDTD
    if tree.tag != f"{_SVG}svg" or (types is not None and next(iter(types.iterentities()), None) is not None):
        raise ValueError("no plain drawing")
    gone = [each for each in tree.iter() if not _is_drawn(each)]
    for each in gone:
        each.tag = f"{_SVG}metadata"
    etree.strip_elements(tree, f"{_SVG}metadata", with_tail=False)
    for each in tree.iter():
        for name, value in each.attrib.items():
            _attribute(each, name, value, picture)
        if each.tag == f"{_SVG}style":
            each.text = _at_home(each.text or "")
    etree.cleanup_namespaces(tree)
    return etree.tostring(tree, with_tail=False, encoding="UTF-8", xml_declaration=True)


def _is_drawn(each: Any) -> bool:
    tag = each.tag
    return isinstance(tag, str) and tag.startswith(_SVG) and tag.removeprefix(_SVG) not in _GONE


def _attribute(each: Any, name: str, value: str, picture: Callable[[bytes], bytes]) -> None:
    """Leaves an attribute that says how something looks, and takes off one of a program."""
    place = etree.QName(name)
    if (place.namespace or "") not in _SPACES or place.localname.lower().startswith(("on", "data-", "aria-")):
        del each.attrib[name]
    elif place.localname == "href" and (within := _WITHIN.match(value)):
        clean = picture(base64.b64decode(value[within.end() :]))
        each.set(name, f"data:{within[1].lower()};base64,{base64.b64encode(clean).decode()}")
    elif place.localname in ("href", "src", "base") and not value.startswith("#"):
        del each.attrib[name]
    elif "url(" in value.lower() or "\\" in value:
        each.set(name, _at_home(value))


def _at_home(look: str) -> str:
    """How something looks, without what is fetched for it. Raises ValueError where that cannot be told."""
    if "\\" in look or "/*" in look:  # what stands behind a stroke, or goes on behind a remark, may be anything
        raise ValueError("it may fetch something")
    return _FETCHES.sub("none", look)
