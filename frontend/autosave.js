// Without this file a section is saved when its button is pressed. With it each answer is also saved as it is left and when its
// writer pauses, under the same rules: with its author, and never over what a colleague wrote meanwhile.
import { heard } from "./copy.js"

const PAUSE = 4000 // milliseconds without a key
const AGAIN = 15000 // milliseconds until what could not be saved is tried again
const LIGHT = 60000 // bytes that a browser still sends while its page is left
const FIXED = ["csrfmiddlewaretoken", "form_of", "seen"]

const OUT = "Not saved yet: you are signed out. What you typed stays here. Sign in in another window and it is saved."
const OTHER = "Not saved: someone else is signed in here now. What you typed stays here: copy it."
const AWAY = "Not saved yet: Lodestar cannot be reached. What you typed stays here, and is tried again."

class Saver {
  constructor (form) {
    this.form = form
    this.address = form.dataset.saves
    this.region = heard(form.ownerDocument)
    this.keys = {} // of what is not saved yet: the same is sent again under the same key
    this.waiting = new Set()
    this.failed = new Set()
    this.stood = this.values()
    this.busy = Promise.resolve()
    this.listen()
  }

  listen () {
    const named = (event) => FIXED.includes(event.target.name) ? "" : event.target.name
    this.form.addEventListener("input", (event) => {
      if (!named(event) || !event.target.matches("textarea, input[type=text]")) return
      window.clearTimeout(this.pause)
      this.pause = window.setTimeout(() => this.want(named(event)), PAUSE)
    })
    this.form.addEventListener("change", (event) => { if (named(event)) this.want(named(event)) })
    this.form.addEventListener("submit", (event) => this.waitFor(event))
    window.addEventListener("focus", () => this.again())
    window.addEventListener("beforeunload", (event) => { if (this.failed.size && !this.leaving) event.preventDefault() })
    window.addEventListener("pagehide", () => { if (!this.leaving) for (const name of this.changed()) this.send(name).catch(() => {}) })
  }

  values () {
    const found = {}
    for (const [name, value] of new FormData(this.form)) (found[name] ||= []).push(value)
    return Object.fromEntries(Object.entries(found).map(([name, all]) => [name, all.join("\n")]))
  }

  changed () {
    const now = this.values()
    const names = [...this.form.elements].filter((one) => one.name && one.matches("textarea, select, input:not([type=hidden])"))
    return [...new Set(names.map((one) => one.name))].filter((name) => (now[name] || "") !== (this.stood[name] || ""))
  }

  want (name) {
    window.clearTimeout(this.pause)
    this.waiting.add(name)
    this.open = (this.open || 0) + 1
    this.busy = this.busy.then(() => this.saveAll()).finally(() => { this.open -= 1 })
  }

  async saveAll () {
    for (const name of [...this.waiting]) {
      if (this.waiting.delete(name) && this.changed().includes(name)) await this.save(name)
    }
  }

  async save (name) {
    const value = this.values()[name] || ""
    try {
      const answer = await this.send(name)
      const told = (answer.headers.get("Content-Type") || "").startsWith("application/json") ? await answer.json() : null
      if (told && answer.url.includes("?draft=")) delete this.keys[name] // sent before, with less in it
      else if (told && answer.ok) return this.saved(name, value, told)
      else if (told) return this.say(name, told.said)
      this.later(name, OUT)
    } catch {
      this.later(name, AWAY)
    }
  }

  send (name) {
    const body = new FormData()
    for (const one of FIXED) body.set(one, this.form.elements[one].value)
    body.set("submission_key", this.keys[name] ||= crypto.randomUUID())
    body.set("form_path", this.address + name)
    for (const value of new FormData(this.form).getAll(name)) body.append(name, value)
    const keepalive = (this.values()[name] || "").length * 4 < LIGHT
    return window.fetch(this.address + name, { method: "POST", body, keepalive, headers: { Accept: "application/json" } })
  }

  saved (name, value, told) {
    delete this.keys[name]
    this.failed.delete(name)
    this.stood[name] = value
    const number = told.seen.split(":")[0]
    const others = this.form.elements.seen.value.split(".").filter((mark) => mark && mark.split(":")[0] !== number)
    this.form.elements.seen.value = [...others, told.seen].join(".")
    this.say(name, told.said)
  }

  later (name, words) {
    this.failed.add(name)
    this.say(name, words)
    window.clearTimeout(this.next)
    this.next = window.setTimeout(() => this.again(), AGAIN)
  }

  /** Tries again what could not be saved, with the key of whoever is signed in now, if that is the same person. */
  async again () {
    const [name] = this.failed
    if (!name) return
    try {
      const told = await (await window.fetch(this.address + name, { headers: { Accept: "application/json" } })).json()
      if (told.form_of !== this.form.elements.form_of.value) return this.say(name, OTHER)
      this.form.elements.csrfmiddlewaretoken.value = told.token
      for (const one of this.failed) this.want(one)
    } catch {
      this.later(name, this.shown[name] || OUT)
    }
  }

  say (name, words) {
    const field = this.form.elements[name]
    const control = field instanceof RadioNodeList ? field[0] : field
    const group = control.closest(".govuk-form-group")
    let line = group.querySelector(":scope > .lode-saved")
    if (!line) {
      line = this.form.ownerDocument.createElement("p")
      line.className = "lode-meta lode-saved"
      group.append(line)
    }
    (this.shown ||= {})[name] = line.textContent = words
    const label = group.querySelector("legend, label")
    this.region.textContent = `${label ? label.textContent.trim() : ""}: ${words}`
  }

  /** What is being saved is let through first, so that the page knows what stands before all of it is sent. */
  waitFor (event) {
    if (event.submitter?.hasAttribute("formaction")) return // Hide waits for nothing
    this.leaving = true
    this.waiting.clear()
    if (!this.open) return
    event.preventDefault()
    this.busy.then(() => this.form.requestSubmit(event.submitter))
  }
}

/** Saves each answer of a form that says where (data-saves). */
export const saveAsTyped = (page) => {
  const form = page.querySelector("form[data-saves]")
  if (form && window.crypto.randomUUID) new Saver(form)
}
