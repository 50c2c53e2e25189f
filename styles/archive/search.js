/* Searching the web site of an archive: words and "phrases", folded as
 * `sotay archive search` does it: no marks, đ as d.  data.js names the documents;
 * data/PART.js holds pages of a year: the newest first, until there are enough. */
'use strict';
(function () {
  var ENOUGH = 50;
  function fold(s) {
    return s.normalize('NFD').replace(/\p{Mn}/gu, function (m) { return /[\u0e80-\u0eff]/.test(m) ? m : ''; })
      .toLowerCase().replace(/đ/g, 'd');
  }
  var box = document.getElementById('q'), list = document.getElementById('hits'), said = document.getElementById('said'),
    more = document.getElementById('more'), folded = {}, run = 0;
  /* What finds a word or phrase, whole; Lao has no blanks between its words. */
  function finder(w) {
    var plain = w.replace(/[.*+?^${}()|[\]\\\/-]/g, '\\$&');
    return new RegExp(/[\u0e80-\u0eff]/.test(w) ? plain : '(?<![\\p{L}\\p{N}])' + plain + '(?![\\p{L}\\p{N}])', 'gu');
  }
  function phrases(q) {
    return (q.match(/"[^"]+"|[^\s"]+/g) || []).map(function (w) { return fold(w.replace(/"/g, '')).replace(/\s+/g, ' ').trim(); })
      .filter(function (w) { return /[\p{L}\p{N}]/u.test(w); }).map(finder);
  }
  /* The pages of a part, which may have to be read first (a script: that works from a disk too). */
  function pages(part, then) {
    if (folded[part]) { then(folded[part]); return; }
    var s = document.createElement('script');
    s.src = SOTAY_BASE + 'data/' + part + '.js';
    s.onload = function () {
      if (!folded[part])
        folded[part] = SOTAY.pages[part].map(function (p) {
          var text = p[3].replace(/\s+/g, ' '); /* a phrase may go over the end of a line */
          return {doc: SOTAY.docs[p[0]], file: p[1], page: p[2], text: text, folded: fold(text)};
        });
      then(folded[part]);
    };
    s.onerror = function () { then([]); };
    document.head.appendChild(s);
  }
  /* The text around what is found the fewest times: it says most. */
  function excerpt(p, wanted) {
    var best = wanted.map(function (re) { return [p.folded.match(re).length, p.folded.search(re)]; })
      .sort(function (a, b) { return a[0] - b[0]; })[0][1], seen = 0, i = 0, from, to;
    /* The folded text may be shorter than the text: walk both. */
    while (i < p.text.length && seen < best) { seen += fold(p.text[i]).length; i++; }
    from = i > 60 ? p.text.indexOf(' ', i - 60) + 1 : 0;
    to = i + 100 < p.text.length ? p.text.lastIndexOf(' ', i + 100) : p.text.length;
    return p.text.slice(Math.min(from, i), Math.max(to, i + 40)).trim();
  }
  function show(p, wanted) {
    var li = document.createElement('li'), a = document.createElement('a'), q = document.createElement('p');
    a.href = SOTAY_BASE + (p.file ? 'd/' + p.doc[0] + '/pdf/' + encodeURIComponent(p.file) + '#page=' + p.page : SOTAY_DOCS + p.doc[0] + '/' + SOTAY_INDEX);
    a.textContent = p.doc[1] + (p.page ? ', ' + said.dataset.page + ' ' + p.page : '');
    q.textContent = excerpt(p, wanted);
    li.appendChild(a); li.appendChild(q); list.appendChild(li);
  }
  function search() {
    var wanted = phrases(box.value), mine = ++run, at = 0, hits = [], shown = 0, enough = ENOUGH;
    list.textContent = said.textContent = '';
    more.hidden = true;
    if (!wanted.length) return;
    function next() {
      while (shown < hits.length && shown < enough) show(hits[shown++], wanted);
      if (at === SOTAY.parts.length || hits.length >= enough) {
        said.textContent = hits.length ? hits.length + ' ' + said.dataset.found : said.dataset.none;
        more.hidden = at === SOTAY.parts.length && shown === hits.length;
        return;
      }
      pages(SOTAY.parts[at++], function (all) {
        if (mine !== run) return;
        all.forEach(function (p) { if (wanted.every(function (re) { return p.folded.search(re) >= 0; })) hits.push(p); });
        next();
      });
    }
    more.onclick = function () { enough += ENOUGH; next(); };
    next();
  }
  box.addEventListener('input', search);
  box.value = decodeURIComponent((location.hash.match(/^#q=(.*)/) || ['', ''])[1]);
  document.getElementById('search').hidden = false;
  search();
})();
