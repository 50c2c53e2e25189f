# stderr: ^\[1/1\] out/ban/ban.pdf$
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
"$SOTAY" build ban -o out/ban/ban.pdf
test "$(find out -type f)" = out/ban/ban.pdf
pdfinfo out/ban/ban.pdf >/dev/null
