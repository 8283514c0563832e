// Without this file one signs in with six digits, and the pages say so. With it a passkey can be made and used, where the
// browser has them and the page came over https (or from localhost).
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0))
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
const known = (row) => ({ ...row, id: toBytes(row.id) })

function read (options) {
  const told = { ...options, challenge: toBytes(options.challenge) }
  if (told.user) told.user = { ...told.user, id: toBytes(told.user.id) }
  for (const name of ["excludeCredentials", "allowCredentials"]) if (told[name]) told[name] = told[name].map(known)
  return told
}

function written (credential) {
  const response = {}
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name])
  }
  const { id, type } = credential
  return JSON.stringify({ id, rawId: toText(credential.rawId), type, response, clientExtensionResults: credential.getClientExtensionResults() })
}

function passkey (form) {
  const { ask, make } = form.dataset
  const say = (words) => { form.querySelector("[data-said]").textContent = words }

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.formAction.endsWith("/hide") || form.elements.credential.value) return
    event.preventDefault()
    say("")
    try {
      const answer = await window.fetch(ask, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } })
      const told = await answer.json()
      if (!answer.ok) return say(told.said)
      const options = { publicKey: read(told.publicKey) }
      const credential = make ? await navigator.credentials.create(options) : await navigator.credentials.get(options)
      form.elements.credential.value = written(credential)
      if (form.elements.proof) form.elements.proof.value = ""
      form.requestSubmit()
    } catch (error) {
      const had = error.name === "InvalidStateError"
      say(had ? "This device has a passkey of yours already." : "Nothing came of it. Try again, or use your six digits.")
    }
  })
}

export function offerPasskeys (document) {
  if (!window.isSecureContext || !window.PublicKeyCredential) return
  for (const form of document.querySelectorAll("form[data-ask]")) {
    passkey(form)
    form.hidden = false
    for (const instead of document.querySelectorAll("[data-without-passkeys]")) instead.hidden = true
  }
}
