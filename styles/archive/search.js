/* Searching the web site of an archive: words and "phrases", folded as
 * `sotay archive search` does it: no marks, đ as d.  data.js holds the pages. */
'use strict';
(function () {
  function fold(s) {
    return s.normalize('NFD').replace(/\p{Mn}/gu, function (m) { return /[\u0e80-\u0eff]/.test(m) ? m : ''; })
      .toLowerCase().replace(/đ/g, 'd');
  }
  var box = document.getElementById('q'), list = document.getElementById('hits'), said = document.getElementById('said');
  var pages = SOTAY.pages.map(function (p) { return {doc: SOTAY.docs[p[0]], file: p[1], page: p[2], text: p[3], folded: fold(p[3])}; });
  function phrases(q) {
    return (q.match(/"[^"]+"|[^\s"]+/g) || []).map(function (w) { return fold(w.replace(/"/g, '')).trim(); })
      .filter(function (w) { return w; });
  }
  function excerpt(p, w) {
    /* The folded text may be shorter than the text: walk both. */
    var at = p.folded.indexOf(w), seen = 0, i = 0;
    while (i < p.text.length && seen < at) { seen += fold(p.text[i]).length; i++; }
    return p.text.slice(Math.max(0, i - 60), i + 100).replace(/\s+/g, ' ').trim();
  }
  function search() {
    var wanted = phrases(box.value);
    list.textContent = '';
    if (!wanted.length) { said.textContent = ''; return; }
    var hits = pages.filter(function (p) { return wanted.every(function (w) { return p.folded.indexOf(w) >= 0; }); });
    said.textContent = hits.length ? hits.length + ' ' + said.dataset.found : said.dataset.none;
    hits.slice(0, 50).forEach(function (p) {
      var li = document.createElement('li'), a = document.createElement('a'), q = document.createElement('p');
      a.href = SOTAY_BASE + (p.file ? 'd/' + p.doc[0] + '/pdf/' + encodeURIComponent(p.file) + '#page=' + p.page : SOTAY_DOCS + p.doc[0] + '/' + SOTAY_INDEX);
      a.textContent = p.doc[1] + (p.page ? ', ' + said.dataset.page + ' ' + p.page : '');
      q.textContent = excerpt(p, wanted[0]);
      li.appendChild(a); li.appendChild(q); list.appendChild(li);
    });
  }
  box.addEventListener('input', search);
  box.value = decodeURIComponent((location.hash.match(/^#q=(.*)/) || ['', ''])[1]);
  document.getElementById('search').hidden = false;
  search();
})();
