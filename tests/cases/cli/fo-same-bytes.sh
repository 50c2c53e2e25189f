# stderr:
mkdir a b
cp "$CASES/one-page.fo" a
cp "$CASES/one-page.fo" b
(cd a && LC_ALL=C TZ=UTC "$SOTAY" fo one-page.fo -o one.pdf)
(cd b && LC_ALL=vi_VN.UTF-8 TZ=Asia/Bangkok "$SOTAY" fo one-page.fo -o two.pdf)
cmp a/one.pdf b/two.pdf
