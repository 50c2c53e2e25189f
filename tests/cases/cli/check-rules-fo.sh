# status: 1
# stderr: ^x\.fo:27:1: warning: page 1, 94\.2 × 72\.5 mm: kind of document: size 16 pt; nd30 asks: size 13–14 pt \[rule\]$
# stderr: ^x\.fo:27:1: note: nd30\.kind-size: Nghị định 30/2020/NĐ-CP, Phụ lục I; grade V, read in a full copy of the text$
# stderr: ^x\.fo:27:1: note: to mend it: set font-size to 13–14 pt$
# stderr: trang 1, 94\.2 × 72\.5 mm: tên loại văn bản: cỡ chữ 16 pt; nd30 yêu cầu: cỡ chữ 13–14
# stderr: "pack":"nd30","grade":"V","rule":"kind-size","clause":"Nghị định 30/2020/NĐ-CP, Phụ lục I","component":"kind","measure":"size","measured":"16 pt","asks":"size 13–14 pt","page":"1","page_index":1,"x_mm":94\.2,"y_mm":72\.5,"related":
# stdout:
# A document that others made: the same with role in place of s:component.
sed 's/<fo:block s:component="kind"/<fo:block s:component="kind" font-size="16pt"/' "$CASES/../rules/nd30.fo" | sed 's/s:component=/role=/g' >x.fo
"$SOTAY" check x.fo --rules nd30 && exit 9
LC_ALL=vi_VN.UTF-8 "$SOTAY" check x.fo --rules nd30 --message-format short && exit 9
"$SOTAY" check x.fo --rules nd30 --message-format json
