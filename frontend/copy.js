// Without this file a Copy link opens the plain text. With it, one tap puts that text on the clipboard.

/** A line that is read out, and not seen. */
export const heard = (page) => {
  const region = page.createElement("p")
  region.className = "govuk-visually-hidden"
  region.setAttribute("aria-live", "polite")
  page.body.append(region)
  return region
}

const copied = (link, region) => {
  const word = link.firstChild
  const before = word.textContent
  word.textContent = "Copied"
  region.textContent = `Copied${link.textContent.slice("Copied".length)}`
  window.setTimeout(() => { word.textContent = before }, 4000)
}

/** Turn every link with data-copy into a copy of the text that stands beside it in the same section. */
export const offerToCopy = (page) => {
  const links = page.querySelectorAll("a[data-copy]")
  if (!links.length || !navigator.clipboard) return
  const region = heard(page)
  for (const link of links) {
    link.addEventListener("click", (event) => {
      const boxes = [...link.closest("section").querySelectorAll(".lode-out")]
      if (!boxes.length) return
      event.preventDefault()
      navigator.clipboard.writeText(boxes.map((box) => box.textContent).join("\n"))
        .then(() => copied(link, region), () => { window.location.assign(link.href) })
    })
  }
}
