# status: 1
# stderr: content/x/publication.yaml:5:3: error: a kit has no part “slide” \[unknown-part\]
# stderr: content/x/publication.yaml:5:3: note: did you mean “slides”\?
# stderr: content/x/publication.yaml:6:20: error: the value of “versions” must be a number from 1 to 99
# stderr: content/y/a.vi.md:5:4: error: quiz: no choice is marked
mkdir -p content/x content/y
cat >content/x/publication.yaml <<END
kind: handout
title: X
parts: [a]
kit:
  slide:
  quiz: {versions: 0}
END
printf 'kind: handout\ntitle: Y\nparts: [a]\nkit: {quiz: {versions: 2}}\n' >content/y/publication.yaml
printf '# Một\n' >content/x/a.vi.md
printf '# Một\n\n```quiz\n1. Câu?\n   - [ ] a\n   - [ ] b\n```\n' >content/y/a.vi.md
sed 's/versions: 0/versions: 1000/' content/x/publication.yaml >z
"$SOTAY" build --progress=none --keep-going && exit 9
test ! -e out/x
test ! -e out/y
mv z content/x/publication.yaml
"$SOTAY" kit x --progress=none 2>&1 | grep -q 'publication.yaml:6:20: error: the value of “versions”'
"$SOTAY" kit y --progress=none
