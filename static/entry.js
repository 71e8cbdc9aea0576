// Leads from the entry page to an edition: to the one that the reader chose here before, else to the one that suits the
// languages of the browser. Whoever comes from a page of this site, or asks with ?choose, wants to choose and stays.
const KEY = 'edition'
const links = [...document.querySelectorAll('main a[hreflang]')]
const editions = new Map(links.map(link => [link.hreflang.toLowerCase(), link.href]).reverse())

const remembered = () => { try { return localStorage.getItem(KEY) } catch { return null } }
const remember = tag => { try { localStorage.setItem(KEY, tag) } catch { /* Storage may be switched off. */ } }

function script(language) {
  const [main, ...rest] = language.toLowerCase().split('-')
  if (main !== 'zh' && main !== 'yue') return null
  return rest.some(part => ['hant', 'tw', 'hk', 'mo'].includes(part)) ? 'zh-hant' : 'zh-hans'
}

function suiting(language) {
  const wanted = language.toLowerCase()
  const own = script(wanted)
  const region = wanted.split('-').slice(1).find(part => part.length === 2)
  const tags = [...editions.keys()]
  if (own) return [`${own}-${region}`, own].find(tag => editions.has(tag)) ?? tags.find(tag => tag.startsWith(own))
  const main = wanted.split('-')[0]
  return [wanted, main].find(tag => editions.has(tag)) ?? tags.find(tag => tag.split('-')[0] === main)
}

for (const link of links) link.addEventListener('click', () => remember(link.hreflang.toLowerCase()))

const isFromHere = document.referrer.startsWith(new URL('.', location.href).href)
if (!isFromHere && !new URLSearchParams(location.search).has('choose')) {
  const chosen = remembered()
  const tag = editions.has(chosen) ? chosen : navigator.languages.map(suiting).find(Boolean)
  if (tag) location.replace(editions.get(tag))
}
