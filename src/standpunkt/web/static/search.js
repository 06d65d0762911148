// The search of a static site. The page works without it: it has all names in alphabetical order.
"use strict";

const MOST = 50;
const READ = 8; // words of a search that count

// Without accents and in lower case, `ä` as `a`: as `folded` of the server's search.
const folded = (text) =>
  text.toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "").replace(/([aou])e/g, "$1");
const words = (text) => folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

// How many letters differ, two in the wrong order counted as one; more than `most` is all the same.
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[other.length];
}

function likeness(wanted, there) {
  if (wanted === there) return 1;
  if (there.startsWith(wanted)) return 0.95;
  if (wanted.length > 2 && there.includes(wanted)) return 0.85;
  if (wanted.length < 4) return 0;
  const most = wanted.length < 8 ? 1 : 2;
  return distance(wanted, there, most) <= most ? 0.75 : 0;
}

function score(wanted, name) {
  if (wanted.join(" ") === name) return 3;
  const there = name.split(" ");
  const each = wanted.map((word) => Math.max(...there.map((other) => likeness(word, other))));
  if (Math.min(...each) === 0) return 0;
  return each.reduce((sum, one) => sum + one, 0) / each.length + wanted.length / Math.max(there.length, wanted.length);
}

function find(query) {
  const wanted = [...new Set(words(query))].slice(0, READ);
  if (wanted.length === 0) return [];
  return standpunktIndex
    .map(([label, kinds, href, ...names]) => ({ label, kinds, href, score: Math.max(0, ...names.map((name) => score(wanted, name))) }))
    .filter((hit) => hit.score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST);
}

function show(query) {
  const hits = find(query);
  document.getElementById("none").hidden = hits.length > 0;
  document.getElementById("hits").replaceChildren(
    ...hits.map((hit) => {
      const [item, link, kind] = ["li", "a", "span"].map((name) => document.createElement(name));
      link.href = hit.href;
      link.textContent = hit.label;
      kind.className = "kind";
      kind.textContent = hit.kinds;
      item.append(link, " ", kind);
      return item;
    }),
  );
}

const asked = (new URLSearchParams(location.search).get("q") ?? "").trim().slice(0, 200);
if (asked) {
  document.getElementById("q").value = asked;
  show(asked);
}
