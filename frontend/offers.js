// Without this file a search box is a plain box. With it, it offers words of the thesaurus and titles while somebody types.
// The whole list is fetched once, as the box is first gone into; what is typed is compared here, and goes nowhere.

const MOST = 8

/** What of the list goes on as the words typed do: the whole of them first, else their last word. */
export const fitting = (typed, offers) => {
  const words = typed.toLowerCase().trimStart()
  const last = words.slice(words.lastIndexOf(" ") + 1)
  const before = typed.slice(0, typed.length - last.length)
  const found = words.length > 1 ? offers.filter((one) => one.toLowerCase().startsWith(words)) : []
  const more = last.length > 1 ? offers.filter((one) => one.toLowerCase().split(/\s+/).some((word) => word.startsWith(last))) : []
  return [...new Set([...found, ...more.map((one) => before + one)])].filter((one) => one !== typed).slice(0, MOST)
}

/** Gives every box with data-offers a list, filled as it is typed into. */
export const offerWords = (page) => {
  for (const box of page.querySelectorAll("input[data-offers]")) {
    const list = page.createElement("datalist")
    list.id = `${box.id}-offers`
    box.after(list)
    box.setAttribute("list", list.id)
    let offers = []
    const fill = () => {
      list.replaceChildren(...fitting(box.value, offers).map((words) => {
        const option = page.createElement("option")
        option.value = words
        return option
      }))
    }
    box.addEventListener("focus", () => {
      window.fetch(box.dataset.offers, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : { offers: [] }))
        .then((told) => { offers = told.offers; fill() }, () => { offers = [] })
    }, { once: true })
    box.addEventListener("input", fill)
  }
}
