// The look of the editor. Its colours are the page's, light and dark: custom properties reach into a
// shadow root.

import { HighlightStyle } from "@codemirror/language"
import { EditorView } from "@codemirror/view"
import { styleTags, tags } from "@lezer/highlight"
import { SparqlLanguage } from "codemirror-lang-sparql"

/** SPARQL, with a tag also for the names that the package leaves plain. */
export const language = SparqlLanguage.configure({
  props: [styleTags({ Comment: tags.comment, A_predicate: tags.keyword, "Pname_ns Pname_ln": tags.typeName })],
})

export const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.typeName, color: "var(--ink)" },
  { tag: tags.variableName, color: "var(--open)" },
  { tag: [tags.string, tags.integer, tags.float, tags.bool], color: "var(--pro)" },
  { tag: [tags.url, tags.namespace], color: "var(--soft)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
])

export const look = EditorView.theme({
  "&": {
    background: "var(--raised)",
    border: "1px solid var(--soft)",
    borderRadius: "6px",
    color: "var(--ink)",
    fontSize: "var(--code)",
  },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", maxHeight: "60vh", minHeight: "13rem" },
  ".cm-content": { caretColor: "var(--ink)", paddingBlock: "0.6rem" },
  ".cm-gutters": { background: "none", border: "none", color: "var(--soft)", paddingInlineStart: "0.3rem" },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--accent)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "var(--contra-wash)" },
  ".cm-lintRange-error": {
    background: "var(--contra-wash)",
    textDecoration: "underline wavy var(--contra)",
    textUnderlineOffset: "0.2em",
  },
  ".cm-lintPoint::after": { borderBottomColor: "var(--contra)" },
  ".cm-specialChar": { color: "var(--contra)" },
  ".cm-tooltip": {
    background: "var(--raised)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
    boxShadow: "0 4px 16px rgb(0 0 0 / 0.2)",
    color: "var(--ink)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxWidth: "min(44rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.2rem 0.6rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionDetail": { color: "var(--soft)", fontFamily: "var(--sans)", fontStyle: "normal", marginInlineStart: "0.8rem" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "none" },
  ".cm-tooltip.cm-completionInfo": { fontFamily: "var(--sans)", maxWidth: "22rem", padding: "0.6rem 0.8rem" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", padding: "0.4rem 0.7rem" },
  ".cm-diagnostic-error": { borderInlineStart: "4px solid var(--contra)" },
})
