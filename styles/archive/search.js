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
  function phrases(q) {
    return (q.match(/"[^"]+"|[^\s"]+/g) || []).map(function (w) { return fold(w.replace(/"/g, '')).trim(); })
      .filter(function (w) { return w; });
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
  /* The text around the word that is found the fewest times: it says most. */
  function excerpt(p, wanted) {
    var best = wanted.map(function (w) { return [p.folded.split(w).length, -w.length, w]; })
      .sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; })[0][2];
    /* The folded text may be shorter than the text: walk both. */
    var at = p.folded.indexOf(best), seen = 0, i = 0;
    while (i < p.text.length && seen < at) { seen += fold(p.text[i]).length; i++; }
    return p.text.slice(Math.max(0, i - 60), i + 100).trim();
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
        all.forEach(function (p) { if (wanted.every(function (w) { return p.folded.indexOf(w) >= 0; })) hits.push(p); });
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
