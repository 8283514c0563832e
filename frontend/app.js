// What a browser with JavaScript gets on top. Every page is whole without this file.
import { Button, Checkboxes, createAll, ErrorSummary, SkipLink } from "govuk-frontend"
import "htmx.org"
import { saveAsTyped } from "./autosave.js"
import { offerToCopy } from "./copy.js"

document.body.classList.add("js-enabled", "govuk-frontend-supported")
createAll(Button, { preventDoubleClick: true })
createAll(Checkboxes)
createAll(ErrorSummary)
createAll(SkipLink)
offerToCopy(document)
saveAsTyped(document)

// A page kept in the browser's memory must not come back after Hide: ask the server, which shows the clock.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload()
})
