# stderr: ^\[1/22\] out/buoi/buoi\.pdf$
# stderr: ^\[12/12\] out/buoi/buoi\.vi\.slides\.facilitator\.pdf$
# stdout: ^0 built, 22 unchanged$
# stdout: ^0 built, 12 unchanged$
cp -R "$ROOT/tests/cases/kit/session/content" .
"$SOTAY" kit buoi
test "$(ls out/buoi | wc -l)" = 22
# the parts that "kit:" names are built too
"$SOTAY" plan >plan.txt
test "$(wc -l <plan.txt)" = 12
grep -q '"variant":"quiz.3"' plan.txt
"$SOTAY" build
"$SOTAY" kit buoi 2>&1
"$SOTAY" build 2>&1
