# stderr: cannot search for this: no word to look for
mkdir -p content
cat >content/ban.vi.md <<END
---
kind: handout
id: ban
date: 2026-11-05
number: 7
languages: [vi]
title: Bản tin thử
---

# Một

Đồn biên phòng Đa Lộc ở Hậu Lộc.
END
cat >content/lao.lo.md <<END
---
kind: handout
id: lao
date: 2025-01-02
languages: [lo]
title: ຊາຍແດນ
---

# ໜຶ່ງ

ເມື່ອທະຫານຮູ້ຈັກກັນ ຂ່າວກໍ່ແຈ້ງໄດ້ໄວ.
END
"$SOTAY" archive init
"$SOTAY" archive add ban lao -q
found() {
    "$SOTAY" archive search "$@" | cut -d: -f1 | sort | tr '\n' ';'
}
both='ban/7, ban.facilitator.pdf, page 1;ban/7, ban.pdf, page 1;'
test "$(found 'bien phong' id:ban/7)" = "$both"
test "$(found 'BIÊN PHÒNG')" = "$(found 'bien phong')"
test "$(found da loc)" = "$both"
test -z "$(found 'loc da')"
test "$(found loc da)" = "$both"
test "$(found kind:handout date:2026)" = 'ban/7;'
test "$(found lang:lo)" = 'lao;'
test "$(found ທະຫານ)" = 'lao, lao.facilitator.pdf, page 1;lao, lao.pdf, page 1;'
test -z "$(found ban lang:lo)"
"$SOTAY" archive search 'da loc' --message-format json | grep -q '"page": 1, "excerpt": ".*Đồn biên phòng Đa Lộc ở Hậu Lộc'
if "$SOTAY" archive search '...'; then exit 9; fi
