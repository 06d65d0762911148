// What can come next in a query: the terms of the ontology, the nodes of the dossier by name or by
// label, prefixes, the query's own variables, and the words of SPARQL.

import { syntaxTree } from "@codemirror/language"

const MOST = 50
const KEYWORDS = `
  ASK BASE BIND BOUND COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DESCRIBE DISTINCT EXISTS FILTER
  FROM GRAPH HAVING isIRI isLITERAL LANG LANGMATCHES LCASE LIMIT MAX MINUS NAMED OFFSET OPTIONAL PREFIX
  REGEX REPLACE sameTerm SELECT SEPARATOR STR STRENDS STRLEN STRSTARTS SUBSTR SUM UCASE UNDEF UNION
  VALUES WHERE YEAR AVG MIN GROUP_CONCAT`.trim().split(/\s+/)
// Strings and IRIs with an end; of what is left, a quote begins a string and `#` a comment.
const WHOLE = /<[^<>\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g
const PAIRS = ["GROUP BY", "ORDER BY", "NOT EXISTS"]

/** Give the source of completions; the terms are fetched when they are first needed. */
export function completions(address) {
  let loading
  const terms = () => (loading ??= fetch(address).then((reply) => reply.json()).then(prepared))
  return async (context) => {
    const { state, pos, explicit } = context
    const inside = syntaxTree(state).resolveInner(pos, -1).name
    if (["Comment", "String", "IriRef"].includes(inside)) return null
    const { from, text } = context.matchBefore(/[?$]?[\p{L}\p{N}_:.-]*/u) ?? { from: pos, text: "" }
    const before = state.sliceDoc(state.doc.lineAt(from).from, from)
    if ((!text && !explicit) || /["'#]/.test(before.replace(WHOLE, ""))) return null
    let options
    if (/^[?$]/.test(text)) {
      options = variables(state, from, text)
    } else {
      const known = await terms().catch(() => ({ prefixes: [], terms: [] }))
      options = /\bPREFIX\s+$/i.test(before)
        ? known.prefixes.filter((each) => each.label.startsWith(text))
        : [...named(known.terms, text), ...keywords(text)].slice(0, MOST)
    }
    const others = options.filter((each) => each.label !== text)
    return others.length ? { from, options: others, filter: false } : null
  }
}

function prepared({ prefixes, terms }) {
  return {
    prefixes: Object.entries(prefixes).map(([prefix, iri]) => ({
      label: `${prefix}:`,
      detail: iri,
      apply: `${prefix}: <${iri}>`,
    })),
    terms: terms.map(([name, label, other, info]) => ({
      option: { label: name, detail: label, info: info || undefined },
      name: folded(name),
      local: folded(name.slice(name.indexOf(":") + 1)),
      words: folded(`${label} ${other}`).split(/[^\p{L}\p{N}]+/u),
    })),
  }
}

// A short label goes before a long one; else the order of the server holds: ontology, nodes, others.
function named(terms, text) {
  const wanted = folded(text)
  const fits = ({ name, local, words }) => {
    if (name.startsWith(wanted) || local.startsWith(wanted)) return 3
    if (words.some((word) => word.startsWith(wanted))) return 1 + 1 / words.length
    return wanted.length > 2 && name.includes(wanted) ? 0.5 : 0
  }
  const found = terms.map((term) => [fits(term), term.option]).filter(([fit]) => fit)
  return found.sort(([one], [other]) => other - one).map(([, option]) => option)
}

function keywords(text) {
  const wanted = text.toUpperCase()
  return [...KEYWORDS, ...PAIRS]
    .filter((word) => text && word.toUpperCase().startsWith(wanted))
    .map((label) => ({ label }))
}

function variables(state, from, text) {
  const elsewhere = state.sliceDoc(0, from) + " " + state.sliceDoc(from + text.length)
  const found = new Set(elsewhere.match(/[?$][\p{L}\p{N}_]+/gu))
  return [...found].filter((each) => each.startsWith(text)).sort().map((label) => ({ label }))
}

// Without accents and in lower case, as the search of the site has it.
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss")
}
