# stderr:
# Neighbours confirmed on two branches: git joins them.
cp -R "$ROOT/content" "$ROOT/styles" .
lock=content/so-tay-nghi-quyet/edition.lock
file=content/so-tay-nghi-quyet/04-noi-dung.vi.md
"$SOTAY" check -q --accept all so-tay-nghi-quyet
git init -q . && git config user.name t && git config user.email t@example.org
git add -A content && git commit -qm one
git checkout -q -b other
sed -i 's/Tham mưu cho Đảng ủy/Luôn tham mưu cho Đảng ủy/' $file
"$SOTAY" check -q --accept n1.1 so-tay-nghi-quyet
git commit -qam two
git checkout -q -
sed -i 's/điều gì ở địa bàn ta mà cấp trên chưa biết/ở địa bàn ta điều gì mà cấp trên chưa biết/' $file
"$SOTAY" check -q --accept n1.2 so-tay-nghi-quyet
git commit -qam three
git merge -q other -m four
"$SOTAY" check -q --progress none so-tay-nghi-quyet
"$SOTAY" check -q --accept all so-tay-nghi-quyet
git diff --exit-code $lock
