# stdout: <edition 
# stdout: <fo:root 
# stdout: <areas 
mkdir -p content
cat >content/ban.vi.md <<END
---
kind: handout
id: ban
date: 2026-11-05
languages: [vi]
title: Bản
---
# Một

Chữ.
END
for form in edition fo areas; do "$SOTAY" build ban --emit=$form -o - --progress=none; done
"$SOTAY" build --emit=edition --progress=none
test -s out/ban/ban.edition.xml
