# stdout: ^hd05 .*05-HD/VPTW
# stdout: ^ +\d+ rules; for: resolution minutes plan report$
# stdout: ^hd36 
# stdout: ^ +\d+ rules; only where named$
# stdout: ^nd30\.motto-size: size 13–14 pt$
# stdout: ^ +\[V\] Nghị định 30/2020/NĐ-CP, Phụ lục I; motto, size$
# stderr:
"$SOTAY" rules
"$SOTAY" rules nd30
