// The editor of the SPARQL page, in place of its text area: colours, completion, where a mistake is.
//
// The text area stays in the form and is what is sent, so that the page works the same without this.
// The editor lives in a shadow root, where CodeMirror's styles are adopted style sheets: a `style`
// element would need `unsafe-inline` in the Content-Security-Policy.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { bracketMatching, syntaxHighlighting } from "@codemirror/language"
import { setDiagnostics } from "@codemirror/lint"
import { EditorState } from "@codemirror/state"
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view"

import { completions } from "./completion.js"
import { colours, language, look } from "./look.js"

const PHRASES = {
  de: {
    "Completions": "Vorschläge",
    "Control character": "Steuerzeichen",
    "Selection deleted": "Auswahl gelöscht",
  },
}

const area = document.querySelector("textarea#query")
if (area) replace(area)

function replace(area) {
  const label = area.labels[0]
  const host = document.createElement("div")
  host.className = "code"
  const root = host.attachShadow({ mode: "open" })
  const keys = document.getElementById("keys")
  const described = keys.cloneNode(true)
  keys.hidden = false
  area.before(host)
  area.hidden = true
  const send = () => (area.form.requestSubmit(), true)
  const view = new EditorView({
    root,
    parent: root,
    doc: area.value,
    extensions: [
      // The first that takes a key wins: sending goes before a new line, completion before both.
      keymap.of([{ key: "Mod-Enter", run: send }]),
      autocompletion({ override: [completions(area.dataset.terms)], icons: false }),
      keymap.of([...completionKeymap, ...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorState.phrases.of(PHRASES[document.documentElement.lang] ?? {}),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        "aria-label": label.textContent,
        "aria-describedby": described.id,
        "aria-invalid": area.getAttribute("aria-invalid") ?? "false",
        autocapitalize: "off",
        spellcheck: "false",
        tabindex: "0", // as it is anyway; axe sees that the keyboard scrolls
      }),
      EditorView.domEventHandlers({ beforeinput: overwrite }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) area.value = update.state.doc.toString()
      }),
      bracketMatching(),
      closeBrackets(),
      highlightSpecialChars(),
      history(),
      language,
      lineNumbers(),
      look,
      syntaxHighlighting(colours),
    ],
  })
  root.append(described)
  label.addEventListener("click", () => view.focus())
  showMistake(view, area.dataset)
}

// Types over a selection. Chromium would do it with an inline style, so that what is new looks like
// what was there, and the Content-Security-Policy reports that.
function overwrite(event, view) {
  const { from, to } = view.state.selection.main
  if (event.inputType !== "insertText" || !event.data || from === to || view.composing) return false
  event.preventDefault()
  const insert = () =>
    view.state.update(view.state.replaceSelection(event.data), {
      scrollIntoView: true,
      userEvent: "input.type",
    })
  const handlers = view.state.facet(EditorView.inputHandler)
  if (!handlers.some((handle) => handle(view, from, to, event.data, insert))) view.dispatch(insert())
  return true
}

// Marks the word at which the server could not go on, and puts the cursor behind it. Lines count
// from 1, characters from 0, and a character is a code point, which may be two units of a string.
function showMistake(view, { line, from, to }) {
  if (!line) return
  const { from: start, text } = view.state.doc.line(Math.min(Number(line), view.state.doc.lines))
  const offset = (characters) => start + [...text].slice(0, Number(characters)).join("").length
  const mark = { from: offset(from), to: offset(to), severity: "error" }
  const message = document.querySelector("#mistake .reason").textContent
  view.dispatch(setDiagnostics(view.state, [{ ...mark, message }]), {
    selection: { anchor: mark.to },
    scrollIntoView: true,
  })
  view.focus()
}
